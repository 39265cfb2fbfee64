"""Pages of care: what has to be looked at again, and for whom practices are missing."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, ClassVar

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from api.deps import PagesDep, ServiceDep
from api.desk.service import Desk
from api.desk.session import DeskDep, SessionDep
from api.desk.views import Line, Option, state_name
from api.state import Service
from corpus.desk.care import Gap, Gaps, gaps
from corpus.desk.content import Content
from corpus.desk.rows import Item
from corpus.errors import CorpusError
from corpus.messages import spoken
from corpus.model import Practice
from corpus.parts import Method
from corpus.snapshot import Snapshot
from corpus.vocab import TargetGroup, Theme
from corpus.vocab.labels import label
from corpus.vocab.places import country_name
from matcher.errors import MatcherError

router = APIRouter(prefix="/{language}/desk", include_in_schema=False)


@dataclass(frozen=True, slots=True)
class DueLine(Line):
    """A record that is due, and since when."""

    themes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DuePage:
    """What has to be looked at again."""

    template: ClassVar[str] = "desk/due.html"

    lines: list[DueLine]
    all: int
    country: str
    theme: str
    countries: list[Option]
    themes: list[Option]


def due_page(desk: Desk, account: int, country: str, theme: str) -> DuePage:
    """Public records past their date, the longest overdue first; of one country or theme."""
    texts = {item.id: content for item, content in desk.items.published()}
    lines = [_line(item, texts.get(item.id, {}), account) for item in desk.items.due(desk.clock())]
    codes = sorted({line.item.scope.country for line in lines if line.item.scope.country})
    themes = [known for known in Theme if any(known.value in line.themes for line in lines)]
    return DuePage(
        lines=[x for x in lines if country in ("", x.item.scope.country) and (not theme or theme in x.themes)],
        all=len(lines),
        country=country,
        theme=theme,
        countries=[Option(code, country_name(code, spoken())) for code in codes],
        themes=[Option(known.value, label(known, spoken())) for known in themes],
    )


def _line(item: Item, content: Content, account: int) -> DueLine:
    themes = tuple(str(code) for code in content.get("themes") or ())
    return DueLine(item, state_name(item.standing.state), item.scope.owner == account, themes)


@dataclass(frozen=True, slots=True)
class Missing:
    """An entry with fewer practices than aimed at, and where a record for it begins."""

    name: str
    there: int
    aim: int
    begin: str


@dataclass(frozen=True, slots=True)
class GapsPage:
    """For whom practices are missing."""

    template: ClassVar[str] = "desk/gaps.html"

    built: bool
    """Whether there is a collection to look at."""
    countries: list[Missing]
    themes: list[Missing]
    groups: list[Missing]


_kept: dict[str, Gaps] = {}


def _gaps_of(snapshot: Snapshot) -> Gaps:
    """Gaps among the practices that people wrote: lists of funded projects that were crawled close none."""
    key = snapshot.manifest.hash
    if key not in _kept:
        records = (snapshot.get(name) for name in snapshot.ids("practice"))
        found = gaps(record for record in records if isinstance(record, Practice) and _by_people(record))
        _kept.clear()
        _kept[key] = found
    return _kept[key]


def _by_people(practice: Practice) -> bool:
    return any(source.method is Method.CURATED for source in practice.sources)


def gaps_page(service: Service) -> GapsPage:
    """What the collection in use has too little of."""
    try:
        snapshot = service.matcher().snapshot
    except (CorpusError, MatcherError):
        return GapsPage(False, [], [], [])
    found = _gaps_of(snapshot)
    countries = [_missing(gap, country_name(gap.code, spoken()), "country") for gap in found.countries]
    return GapsPage(
        True, countries, _of_list(found.themes, Theme, "theme"), _of_list(found.groups, TargetGroup, "group")
    )


def _of_list(found: tuple[Gap, ...], kind: type[StrEnum], name: str) -> list[Missing]:
    return [_missing(gap, label(kind(gap.code), spoken()), name) for gap in found]


def _missing(gap: Gap, name: str, field: str) -> Missing:
    return Missing(name, gap.there, gap.aim, f"/desk/new?{field}={gap.code}")


Word = Annotated[str, Query(max_length=64)]


@router.get("/due")
def due(
    request: Request, pages: PagesDep, desk: DeskDep, session: SessionDep, country: Word = "", theme: Word = ""
) -> Response:
    """What has to be looked at again."""
    return pages.render(request, due_page(desk, session.account.id, country, theme))


@router.get("/gaps")
def missing(request: Request, pages: PagesDep, service: ServiceDep, session: SessionDep) -> Response:  # noqa: ARG001  only lets
    """For whom practices are missing."""
    return pages.render(request, gaps_page(service))
