"""Write the pages that follow from the code: `settings.md`, `sources.md` and `timetables.md`.

Run it with `python -m docs.generate` in the root of the repository. `tests/test_docs.py` fails when a page and
the code have parted.
"""

import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args, get_origin

from babel import Locale
from pydantic import SecretStr
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings

from api.settings import ApiSettings, OidcSettings
from corpus.build import load_curated
from corpus.coverage import FUNDS, PLACES, SHARED, Cell, coverage
from corpus.curated import DATA
from corpus.raw import Cover
from corpus.settings import CorpusSettings, MailSettings
from corpus.snapshot import SourceState
from corpus.vocab.places import country_name
from crawler.metadata import Selector, SourceConfig
from crawler.registry import families, load_sources
from crawler.settings import CrawlSettings
from docs.generate_timetables import timetables_page
from matcher.settings import MatcherSettings

DOCS = Path(__file__).parent
CLASSES: tuple[type[BaseSettings], ...] = (
    CorpusSettings,
    MatcherSettings,
    CrawlSettings,
    ApiSettings,
    OidcSettings,
    MailSettings,
)

_BOUNDS = {"ge": "at least", "gt": "more than", "le": "at most", "lt": "less than"}

_SETTINGS = """\
# Settings

*Written by `python -m docs.generate` from the settings classes; do not edit.*

Every setting is a variable of the environment. **The environment is read once, when a command starts**: the values
are checked, put into immutable objects and passed down, and a change takes effect at the next start. A value that
cannot be is refused with the name of its variable. Nothing has to be set to try Isopolis on one machine.

| variable | default | meaning | read by |
|---|---|---|---|
{rows}

Passwords belong neither into these variables nor into files of the repository: PostgreSQL's own variable for a
password, or its password file, is honoured ([operations](operations.md)).
"""

_SOURCES = """\
# Sources

*Written by `python -m docs.generate` from `crawler/sources/*/source.yml`; do not edit.*

What `isopolis crawl` reads. Curated records have sources of their own, named in each file of `corpus/data/`.

## Coverage: country by fund

Each cell says where calls of a fund in a country come from: the source and how sure it is, sources of planned calls,
and how many calls people entered. `isopolis status` says the same of one installation, with the day of the last good
crawl. Only funds that member states manage have a row for each country.

{coverage}

## The sources

| source | publisher | tried | how often | records of a healthy run |
|---|---|---|---|---|
{rows}

`untested-live` means: written from documented facts and captured answers, and not yet run against the live site.
Besides these there are [timetables of planned calls](timetables.md), one source for each authority.

{sections}
To add one, see [adding a source](adding-a-source.md).
"""


@dataclass(frozen=True, slots=True)
class Setting:
    """One variable: what it is called, what it is when nobody sets it, and what it means."""

    variable: str
    default: str
    meaning: str


def _default(value: object) -> str:
    if value is None or value in ("", SecretStr("")):
        return "empty"
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    return f"`{value:g}`" if isinstance(value, float) else f"`{value}`"


def _limits(field: FieldInfo) -> Iterator[str]:
    """What values may be, in words."""
    if get_origin(field.annotation) is Literal:
        yield "one of " + ", ".join(f"`{word}`" for word in get_args(field.annotation))
    for rule in field.metadata:
        for name, words in _BOUNDS.items():
            if hasattr(rule, name):
                yield f"{words} {getattr(rule, name)}"
        pattern = getattr(rule, "pattern", None)
        if pattern:
            yield "one of " + ", ".join(f"`{word}`" for word in pattern.strip("^$()").split("|"))


def _settings_of(kind: type[BaseSettings]) -> Iterator[Setting]:
    prefix = kind.model_config.get("env_prefix", "")
    for name, field in kind.model_fields.items():
        if not field.description:
            raise ValueError(f"{kind.__name__}.{name} has no description")
        limits = ", ".join(_limits(field))
        meaning = field.description + (f" ({limits})" if limits else "")
        yield Setting(f"{prefix}{name}".upper(), _default(field.default), meaning)


def settings() -> dict[Setting, list[str]]:
    """Every setting, with the packages that read it.

    Raises:
        ValueError: two packages describe one variable differently.
    """
    found: dict[Setting, list[str]] = {}
    for kind in CLASSES:
        for setting in _settings_of(kind):
            found.setdefault(setting, []).append(kind.__module__.split(".")[0])
    names = [setting.variable for setting in found]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ValueError(f"described differently by two packages: {', '.join(twice)}")
    return found


def settings_page() -> str:
    """The page on settings."""
    rows = [f"| `{s.variable}` | {s.default} | {s.meaning} | {', '.join(who)} |" for s, who in settings().items()]
    return _SETTINGS.format(rows="\n".join(rows))


def _coded(config: SourceConfig) -> str:
    """Coded lists that a source fills."""
    lists = sorted({mapping.to for mapping in config.mappings.values() if mapping.to != "text"})
    return ", ".join(f"`{name}`" for name in lists) or "none"


_REUSE = {"texts": "texts may be republished with attribution", "facts": "facts and links only"}


def _section(config: SourceConfig) -> str:
    ignored = sum(len(fields) for fields in config.ignored.values())
    facts = [
        f"Asked: {', '.join(f'`{host}`' for host in config.hosts)}; start at <{config.homepage}>.",
        f"Covers {'; '.join(map(_covered, config.covers))}.",
        f"Licence: {config.licence}. Reuse: {_REUSE[config.reuse]}.",
        f"Believed in place {config.rank} of 100 where sources disagree (the lower, the earlier).",
        f"Gives words of the coded lists {_coded(config)}.",
        f"Fields that are known and left out, each with its reason in `source.yml`: {ignored}.",
    ]
    parts = [f"## {config.title} (`{config.id}`)", _bullets(facts), *_quirks(config), *_probe(config)]
    return "\n\n".join(parts) + "\n"


def _bullets(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def _covered(cover: Cover) -> str:
    places = ", ".join("the EU level" if place == "EU" else country_name(place) for place in cover.countries)
    return f"{cover.what} of {', '.join(cover.funds)} ({places})"


def _quirks(config: SourceConfig) -> Iterator[str]:
    if config.quirks:
        yield from ("Known quirks:", _bullets(config.quirks))


def _probe(config: SourceConfig) -> Iterator[str]:
    """What is inferred and must be seen on the live site."""
    if config.probe is None:
        return
    fields = ", ".join(f"`{path}`" for path in config.probe.fields)
    language = Locale.parse("en").languages[config.probe.language]
    selectors = [f"{_sought(wanted)}: {wanted.why}" for wanted in config.probe.selectors]
    yield f"`isopolis probe {config.id}` expects {language} texts and the fields {fields}" + (
        "; further:" if selectors else "."
    )
    if selectors:
        yield _bullets(selectors)
    if config.probe.by_eye:
        yield from ("A person looks at:", _bullets(config.probe.by_eye))


def _sought(wanted: Selector) -> str:
    number = f"{wanted.at_least} of " if wanted.at_least > 1 else ""
    return f"in a {wanted.page} {number}`{wanted.css or wanted.json_path}`"


def sources_page() -> str:
    """The page on sources; families of many are counted, and have pages of their own."""
    everything = load_sources()
    many = {name for members in families().values() for name in members}
    configs = [config for config in everything if config.id not in many]
    return _SOURCES.format(
        rows="\n".join(map(_row, configs)),
        sections="\n".join(map(_section, configs)),
        coverage="\n".join(_coverage(everything)),
    )


def _coverage(configs: Sequence[SourceConfig]) -> Iterator[str]:
    """The table of what is covered, as the repository alone knows it."""
    table = coverage(map(_never_crawled, configs), load_curated(DATA).values())
    yield "| | " + " | ".join(SHARED) + " |"
    yield "|---|" + "---|" * len(SHARED)
    for place in PLACES:
        name = "EU level" if place == "EU" else country_name(place)
        yield f"| {name} | " + " | ".join(_cell(table[place, fund]) for fund in SHARED) + " |"
    yield ""
    for fund in FUNDS:
        if fund not in SHARED:
            yield f"- {fund}: {_cell(table['EU', fund])}"


def _never_crawled(config: SourceConfig) -> SourceState:
    meta = config.meta()
    return SourceState(
        id=meta.id, title=meta.title, licence=meta.licence, confidence=meta.confidence,
        last_good_run=None, last_status="never", records=0, covers=meta.covers,
    )  # fmt: skip


def _cell(cell: Cell) -> str:
    said = [f"`{told.source}` ({told.confidence})" for told in cell.calls if told.what == "calls"]
    planned = [told for told in cell.calls if told.what == "planned calls"]
    if planned:
        sure = ", ".join(sorted({told.confidence for told in planned}))
        said.append(f"{len(planned)} timetable{'s' if len(planned) > 1 else ''} of planned calls ({sure})")
    if cell.curated:
        said.append(f"{cell.curated} curated")
    return "; ".join(said) or "not covered"


def _row(config: SourceConfig) -> str:
    healthy = f"{config.expect.min} to {config.expect.max}"
    return f"| `{config.id}` | {config.publisher} | {config.confidence} | {config.cadence} | {healthy} |"


def pages() -> dict[Path, str]:
    """Every generated page with the text that it should have."""
    return {
        DOCS / "settings.md": settings_page(),
        DOCS / "sources.md": sources_page(),
        DOCS / "timetables.md": timetables_page(),
    }


def main() -> None:
    """Write the pages and say which of them changed."""
    for path, text in pages().items():
        old = path.read_text(encoding="utf-8") if path.exists() else None
        path.write_text(text, encoding="utf-8")
        sys.stdout.write(f"{path.name}: {'unchanged' if old == text else 'written'}\n")


if __name__ == "__main__":
    main()
