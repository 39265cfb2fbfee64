"""What is taken away of lists and records: files and feeds of the same rows, by the same query as the page."""

import datetime as dt
import hashlib
from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from api.deps import PagesDep, ServiceDep
from api.errors import NotFoundError
from api.files.answering import FEED_MOST, Ending, File, check_size, list_file, paper_file
from api.files.as_ics import MEDIA as ICS
from api.files.as_ics import as_ics
from api.files.columns import call_columns, choose, practice_columns
from api.files.feeds import ATOM, JSON_FEED, as_atom, as_json_feed
from api.files.records import call_paper, practice_paper
from api.files.table import About
from api.lookup import call_answer, practice_answer
from api.rows import CallRow, PracticeRow, RowBase, call_row, practice_row
from api.schemas import WhoAsks
from api.site import home_address
from api.state import Service
from corpus.messages import gettext as _
from corpus.messages import spoken
from corpus.model import Call, Practice

router = APIRouter(prefix="/{language}", include_in_schema=False)

Columns = Annotated[str, Query(description="keys of columns with commas; empty: all")]
_METHODS = ["GET", "HEAD"]


@router.api_route("/calls.{ending}", methods=_METHODS)
def calls(request: Request, ending: str, _pages: PagesDep, service: ServiceDep, columns: Columns = "") -> Response:
    """Calls of a search as a file or feed."""
    kind, rows = _ending(ending), _call_rows(service)
    about = _about(request, service, _("Calls"), "/calls")
    if kind is Ending.ICS:
        check_size(kind, len(rows))
        return respond(request, File(as_ics(about, rows), ICS), "calls.ics")
    if kind in (Ending.ATOM, Ending.JSON):
        return respond(request, _feed(kind, about, rows, request), "")
    return respond(request, list_file(kind, about, choose(call_columns(), columns), rows), f"calls.{kind}")


@router.api_route("/practices.{ending}", methods=_METHODS)
def practices(request: Request, ending: str, _pages: PagesDep, service: ServiceDep, columns: Columns = "") -> Response:
    """Practices of a search as a file or feed."""
    kind = _ending(ending, frozenset({Ending.ICS}))
    rows, about = _practice_rows(service), _about(request, service, _("Good practices"), "/practices")
    if kind in (Ending.ATOM, Ending.JSON):
        return respond(request, _feed(kind, about, rows, request), "")
    return respond(request, list_file(kind, about, choose(practice_columns(), columns), rows), f"practices.{kind}")


@router.api_route("/calls/{call_id}.ics", methods=_METHODS)
def call_calendar(request: Request, call_id: str, _pages: PagesDep, service: ServiceDep) -> Response:
    """The cut-offs of one call."""
    answer = call_answer(service, call_id, WhoAsks())
    row = call_row(answer.call, service.clock(), spoken())
    about = _about(request, service, row.title, f"/calls/{call_id}")
    return respond(request, File(as_ics(about, [row]), ICS), "call.ics")


def _call_paper(
    request: Request, call_id: str, who: Annotated[WhoAsks, Query()], _pages: PagesDep, service: ServiceDep
) -> Response:
    """One call as a paper, judged for the applicant of the query."""
    answer = call_answer(service, call_id, who)
    row = call_row(answer.call, service.clock(), spoken())
    paper = call_paper(_about(request, service, row.title, f"/calls/{call_id}"), answer, row)
    ending = Ending(request.url.path.rpartition(".")[2])
    return respond(request, paper_file(ending, paper), f"call.{ending}")


def _practice_paper(request: Request, practice_id: str, _pages: PagesDep, service: ServiceDep) -> Response:
    """One practice as a paper."""
    practice = practice_answer(service, practice_id).practice
    row = practice_row(practice, spoken())
    paper = practice_paper(_about(request, service, row.title, f"/practices/{practice_id}"), practice, row)
    ending = Ending(request.url.path.rpartition(".")[2])
    return respond(request, paper_file(ending, paper), f"practice.{ending}")


for _kind in (Ending.DOCX, Ending.PDF):
    router.add_api_route(f"/calls/{{call_id}}.{_kind}", _call_paper, methods=_METHODS)
    router.add_api_route(f"/practices/{{practice_id}}.{_kind}", _practice_paper, methods=_METHODS)


def respond(request: Request, file: File, name: str) -> Response:
    """A file under a name, or that the reader's copy is still good (RFC 9110, 13.1.2)."""
    tag = f'"{hashlib.sha256(file.data).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    if name:
        headers["Content-Disposition"] = f'attachment; filename="isopolis-{name}"'
    return Response(file.data, media_type=file.media, headers=headers)


def _ending(text: str, without: frozenset[Ending] = frozenset()) -> Ending:
    known = {ending.value: ending for ending in Ending if ending not in without}
    if text not in known:
        raise NotFoundError(_("there is no such file; there are: {names}", names=", ".join(known)))
    return known[text]


def _about(request: Request, service: Service, title: str, path: str) -> About:
    home, query = home_address(request), request.url.query
    built = service.snapshot().manifest.built_at
    page = f"{home}{path}" + (f"?{query}" if query else "")
    return About(title, (), _day(service.clock(), built), page, home)


def _day(now: dt.datetime, built: dt.datetime) -> dt.datetime:
    """The moment of a file: today, at the time of the data, so that within a day equal rows make equal bytes."""
    return dt.datetime.combine(now.astimezone(dt.UTC).date(), built.astimezone(dt.UTC).time(), tzinfo=dt.UTC)


def _feed(kind: Ending, about: About, rows: Sequence[RowBase], request: Request) -> File:
    query = f"?{request.url.query}" if request.url.query else ""
    address = f"{about.home}{request.url.path[3:]}{query}"
    if kind is Ending.ATOM:
        return File(as_atom(about, rows[:FEED_MOST], address), ATOM)
    return File(as_json_feed(about, rows[:FEED_MOST], address), JSON_FEED)


def _call_rows(service: Service) -> list[CallRow]:
    snapshot, now = service.snapshot(), service.clock()
    found = (snapshot.get(record_id) for record_id in snapshot.ids("call"))
    return [call_row(call, now, spoken()) for call in found if isinstance(call, Call)]


def _practice_rows(service: Service) -> list[PracticeRow]:
    snapshot = service.snapshot()
    found = (snapshot.get(record_id) for record_id in snapshot.ids("practice"))
    return [practice_row(practice, spoken()) for practice in found if isinstance(practice, Practice)]
