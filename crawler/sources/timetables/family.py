"""Which timetables are read: every file of `authorities/` is a source of its own."""

from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from corpus.raw import Cover
from corpus.vocab import Language
from crawler.config_files import blaming, line_of, read_model
from crawler.errors import MetadataError
from crawler.metadata import Probe
from crawler.sources.timetables.model import Columns, FamilyConfig, Timetable, TimetableConfig, Words

PREFIX = "timetable_"


def members(folder: Path) -> list[str]:
    """Names of the sources: `timetable_` and the name of the authority's file."""
    return sorted(PREFIX + path.stem for path in (folder / "authorities").glob("*.yml"))


def load_member(folder: Path, source: str) -> TimetableConfig:
    """Metadata of one timetable.

    Raises:
        MetadataError: its file, or one that it rests on, breaks a rule; the text names file, line and field.
    """
    return load_authority(folder / "authorities" / f"{source.removeprefix(PREFIX)}.yml", source, folder)


def load_authority(path: Path, source: str, folder: Path) -> TimetableConfig:
    """Make a source of the file of an authority."""
    timetable = read_model(path, Timetable)
    words = load_words(folder, timetable.language)
    shared = _shared(folder)
    _check_columns(path, timetable, words)
    hosts = {name for host in (_host(timetable), *timetable.hosts) for name in _with_www(host)}
    with blaming(path, TimetableConfig, urls="page", homepage="page"):
        return TimetableConfig(
            id=source,
            title=timetable.title,
            publisher=timetable.publisher,
            homepage=timetable.address,
            licence=timetable.licence or shared.licence,
            confidence=timetable.confidence,
            rank=shared.rank,
            cadence=shared.cadence,
            hosts=tuple(sorted(hosts)),
            urls={"list": timetable.address},
            mappings=shared.mappings,
            ignored={"columns": shared.ignored | timetable.ignored},
            expect=timetable.expect,
            reuse=shared.reuse,
            covers=(Cover(countries=(timetable.country,), funds=timetable.funds, what="planned calls"),),
            probe=Probe(language=timetable.language, fields=("title", "timeline.opens"), by_eye=shared.by_eye),
            quirks=(*shared.quirks, *((timetable.note,) if timetable.note else ())),
            timetable=timetable,
            words=words,
            told_at=_told_at(path),
        )


def _host(timetable: Timetable) -> str:
    return urlsplit(timetable.address).hostname or ""


def _with_www(host: str) -> tuple[str, str]:
    """A host and its other common name: authorities redirect from one to the other."""
    bare = host.removeprefix("www.")
    return bare, f"www.{bare}"


@cache
def _shared(folder: Path) -> FamilyConfig:
    return read_model(folder / "family.yml", FamilyConfig)


@cache
def load_words(folder: Path, language: Language) -> Words:
    """Words of a language.

    Raises:
        MetadataError: nobody has written them yet, or the file breaks a rule.
    """
    path = folder / "languages" / f"{language}.yml"
    if not path.exists():
        raise MetadataError(f"{path}: there are no words of this language yet; copy another file and translate it")
    return read_model(path, Words)


def _told_at(path: Path) -> dict[str, str]:
    """File and line of the fields of a timetable, for messages."""
    name = f"timetables/authorities/{path.name}"
    places = {"": (), "links": ("links",), "formats": ("formats",), "dates": ("dates",), "sheets": ("sheets",)}
    columns = {f"columns.{column}": ("columns", column) for column in Columns.model_fields}
    return {field: f"{name}:{line_of(path, place)}" for field, place in (places | columns).items()}


def _check_columns(path: Path, timetable: Timetable, words: Words) -> None:
    """Every column that the file builds on must have a spelling somewhere."""
    for column in (*timetable.key, *timetable.skip, *timetable.optional):
        if not getattr(timetable.columns, column) and not getattr(words.columns, column):
            place = "key" if column in timetable.key else "skip" if column in timetable.skip else "optional"
            line = line_of(path, (place,))
            raise MetadataError(
                f"{path}:{line}: {place}: no spelling of the column {column} is known; add it to columns"
            )
