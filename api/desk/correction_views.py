"""What the pages of corrections show: the fields of a record, the form of one, and what a correction changes."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import ClassVar

from babel import Locale

from api.desk.correction_form import CorrectionForm, form_of_value
from api.desk.service import Desk
from api.desk.session import Session
from api.desk.values import EU27, Words, country, in_words, label_of
from api.errors import NotFoundError
from api.state import Service
from corpus.desk.content import Content, ItemKind
from corpus.desk.deciding import correction_at
from corpus.desk.fields import Control, Field, at, field_at, fields_of, plain
from corpus.desk.rows import Item
from corpus.desk.workflow import State
from corpus.errors import SnapshotError
from corpus.messages import spoken
from corpus.model import RecordBase
from corpus.parts import Source
from corpus.vocab.labels import label
from corpus.vocab.places import EU27 as MEMBERS
from corpus.vocab.places import INTERFACE_LANGUAGES

_FOLDERS = {"call": "calls", "programme": "programmes", "practice": "practices"}
UNFINISHED = frozenset({State.DRAFT, State.CHANGES_REQUESTED, State.REJECTED})


@dataclass(frozen=True, slots=True)
class FieldLine:
    """A field of a record with its value."""

    path: str
    name: str
    said: list[Words]


@dataclass(frozen=True, slots=True)
class CorrectPage:
    """The fields of a record: which one is wrong?"""

    template: ClassVar[str] = "desk/correct.html"

    record: RecordBase
    address: str
    lines: list[FieldLine]


@dataclass(frozen=True, slots=True)
class Proof:
    """Why the present value is believed."""

    words: str
    language: str | None
    place: str
    source: Source | None


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a list, with its label."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class CorrectionPage:
    """The form of one field."""

    template: ClassVar[str] = "desk/correction.html"

    record: RecordBase
    address: str
    path: str
    name: str
    control: Control
    said: list[Words]
    proofs: list[Proof]
    choices: list[Choice]
    languages: list[Choice]
    form: CorrectionForm
    known: Item | None
    token: str
    problems: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CorrectionShown:
    """A correction beside what it was made from, for those who review it."""

    record: str
    address: str | None
    rows: list[tuple[str, list[Words], list[Words]]]
    """Name of the field, what sources said, what is right."""
    reason: str
    source: Source | None


def address_of(record: RecordBase) -> str:
    """Address of the public page of a record, without its language."""
    return f"/{_FOLDERS[str(getattr(record, 'kind', 'call'))]}/{record.id}"


def record_of(service: Service, record_id: str) -> RecordBase:
    """A record of the snapshot in use.

    Raises:
        NotFoundError: there is none of that id.
    """
    record = service.snapshot().get(record_id)
    if record is None:
        raise NotFoundError(f"there is no record {record_id}")
    return record


def correctable(record: RecordBase, path: str) -> Field:
    """The field at a path.

    Raises:
        NotFoundError: no field of this kind of record has that path.
    """
    found = field_at(record, path)
    if found is None or found.path != path:
        raise NotFoundError(f"{path} is no field that can be corrected")
    return found


def correct_page(record: RecordBase) -> CorrectPage:
    """The fields of a record with their values."""
    data = plain(record)
    lines = [FieldLine(one.path, label_of(one.path), in_words(one, at(data, one.path))) for one in fields_of(record)]
    return CorrectPage(record, address_of(record), lines)


def correction_page(
    desk: Desk,
    session: Session,
    record: RecordBase,
    path: str,
    form: CorrectionForm | None = None,
    problems: dict[str, str] | None = None,
) -> CorrectionPage:
    """The form of a field, as it was filled in, or with what is known."""
    found, known = correctable(record, path), correction_at(desk.items, record.id, path)
    value = at(plain(record), path)
    return CorrectionPage(
        record=record,
        address=address_of(record),
        path=path,
        name=label_of(path),
        control=found.control,
        said=in_words(found, value),
        proofs=list(_proofs(record, path)),
        choices=_choices(found),
        languages=_languages(record),
        form=form or _first_form(desk, record, found, known),
        known=known,
        token=session.form_token,
        problems=problems or {},
    )


def _first_form(desk: Desk, record: RecordBase, found: Field, known: Item | None) -> CorrectionForm:
    """A correction that was not finished is gone on with; else the form begins with the present value."""
    value, given = at(plain(record), found.path), {"read_on": desk.clock().date().isoformat()}
    if known is not None and known.standing.state in UNFINISHED:
        text = desk.items.versions(known.id)[-1].content
        value, source = text.get("values", {}).get(found.path), text.get("source", {})
        given = {"reason": text.get("reason", ""), "url": source.get("url", ""), "read_on": source.get("read_on", "")}
    shown = form_of_value(found, value, str(record.original_language))
    seen = {"item": known.id, "revision": known.revision} if known else {}
    return CorrectionForm.model_validate({**given, "language": str(record.original_language), **shown, **seen})


def _proofs(record: RecordBase, path: str) -> Iterable[Proof]:
    sources = {source.key: source for source in record.sources}
    for known, items in record.evidence.items():
        if f"{known}.".startswith(f"{path}.") or f"{path}.".startswith(f"{known}."):
            for item in items:
                words = item.excerpt or item.statement or item.raw or ""
                language = str(item.language) if item.language and item.excerpt else None
                yield Proof(words, language, item.place or "", sources.get(item.source))


def _choices(found: Field) -> list[Choice]:
    if found.control is Control.COUNTRIES:
        codes = sorted(((code, country(code)) for code in MEMBERS), key=lambda pair: pair[1])
        return [Choice(code, name) for code, name in [(EU27, country(EU27)), *codes]]
    return [Choice(code.value, label(code, spoken())) for code in found.words or ()]


def _languages(record: RecordBase) -> list[Choice]:
    codes = dict.fromkeys([str(record.original_language), *map(str, record.title), *map(str, INTERFACE_LANGUAGES)])
    return [Choice(code, str(Locale(code).get_display_name(spoken().value) or code)) for code in codes]


def shown_correction(service: Service, item: Item, text: Content) -> CorrectionShown | None:
    """What a correction says, in words; None for other work of the desk."""
    if item.kind is not ItemKind.CORRECTION:
        return None
    record = built(service, item.record_id)
    values, before = text.get("values", {}), text.get("made_from", {})
    rows = []
    for path in values:
        found = field_at(record, path) if record else None
        rows.append((label_of(path), in_words(found, before.get(path)), in_words(found, values[path])))
    return CorrectionShown(
        record=record.text(record.title, spoken()) if record else item.record_id,
        address=address_of(record) if record else None,
        rows=rows,
        reason=str(text.get("reason", "")),
        source=_source(text.get("source")),
    )


def built(service: Service, record_id: str) -> RecordBase | None:
    """A record of the snapshot in use; None where there is none of that id, or nothing was built yet."""
    try:
        return service.snapshot().get(record_id)
    except SnapshotError:
        return None


def _source(data: object) -> Source | None:
    try:
        return Source.model_validate(data)
    except ValueError:
        return None
