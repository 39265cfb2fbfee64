"""The form of a correction: one field, its new value in a control of its kind, why, and where that can be read."""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from pydantic import BaseModel, ConfigDict

from corpus.desk.deciding import Ground
from corpus.desk.errors import ContentError
from corpus.desk.fields import Control, Field
from corpus.parts import BRUSSELS

_LISTS = frozenset({Control.LINES, Control.DATES, Control.PLACES})
_TICKED = frozenset({Control.COUNTRIES, Control.CHOICES})
_GROUPED = re.compile(r"[\s\u00a0\u202f'’]|[.,](?=\d{3}(?:\D|$))")
_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[ T]+(\d{1,2}:\d{2}))?")


class CorrectionForm(BaseModel):
    """What a person typed and ticked. Which of the values counts follows from the field."""

    model_config = ConfigDict(frozen=True)

    item: int = 0
    """The correction that the person saw; 0: there was none."""
    revision: int = 0
    issue: str = ""
    seen: int = 0
    value: str = ""
    ticked: list[str] = []
    language: str = "en"
    currency: str = "EUR"
    time: str = ""
    unknown: str = ""
    reason: str = ""
    url: str = ""
    source_title: str = ""
    read_on: str = ""

    @property
    def ground(self) -> Ground:
        """Why, and where it can be read."""
        return Ground(self.reason, self.url, self.read_on, self.source_title)


def form_of_value(field: Field, value: Any, language: str) -> dict[str, Any]:
    """How a value stands in the form."""
    if value is None:
        return {}
    if field.control is Control.TEXT:
        shown = language if language in value else next(iter(value), language)
        return {"language": shown, "value": value.get(shown, "")}
    if field.control in _TICKED:
        return {"ticked": [str(code) for code in value]}
    if field.control in _LISTS:
        return {"value": "\n".join(_line(field, entry) for entry in value)}
    written = _WRITTEN.get(field.control)
    return written(value) if written else {"value": str(value)}


_WRITTEN: dict[Control, Callable[[Any], dict[str, Any]]] = {
    Control.MONEY: lambda value: {"value": value["amount"], "currency": value.get("currency", "EUR")},
    Control.DATE: lambda value: {"value": value["date"], "time": (value.get("time") or "")[:5]},
    Control.YES_NO: lambda value: {"value": "yes" if value else "no"},
}


def _line(field: Field, entry: Any) -> str:
    if field.control is Control.DATES:
        return f"{entry['date']} {(entry.get('time') or '')[:5]}".strip()
    if field.control is Control.PLACES:
        people = entry.get("population")
        return ", ".join([entry["name"], entry["country"], *([str(people)] if people else [])])
    return str(entry)


def value_of(field: Field, form: CorrectionForm, before: Any) -> Any:
    """The value that a form stands for; what the form does not show of it stays as it was before.

    Raises:
        ContentError: nothing was said, or it is no value of that kind; the text says what would be right.
    """
    if form.unknown:
        return None
    words = form.value.replace("\r\n", "\n").strip()
    if not words and not (field.control in _TICKED and form.ticked):
        raise ContentError({"value": "say what is right, or tick that it is not known"})
    return _value(field, form, words, before)


def _value(field: Field, form: CorrectionForm, words: str, before: Any) -> Any:
    if field.control in _TICKED:
        return list(form.ticked)
    lines = [line.strip() for line in words.split("\n") if line.strip()]
    read = _READ.get(field.control)
    return read(form, lines, before) if read else words


def _text(form: CorrectionForm, _lines: list[str], before: Any) -> dict[str, str]:
    return {**(before or {}), form.language: form.value.replace("\r\n", "\n").strip()}


def _money(form: CorrectionForm, lines: list[str], _before: Any) -> dict[str, str]:
    currency = form.currency.strip().upper() or "EUR"
    return {"amount": str(_decimal(lines[0]))} | ({} if currency == "EUR" else {"currency": currency})


def _number(_form: CorrectionForm, lines: list[str], _before: Any) -> int | str:
    number = _decimal(lines[0])
    return int(number) if number == number.to_integral_value() else str(number)


def _date(form: CorrectionForm, lines: list[str], before: Any) -> dict[str, Any]:
    return _moment(f"{lines[0]} {form.time}".strip(), before if isinstance(before, Mapping) else {})


def _decimal(words: str) -> Decimal:
    """A number as people group it: `1 200 000`, `1.200.000` and `1200000` mean the same."""
    try:
        number = Decimal(_GROUPED.sub("", words).replace(",", "."))
    except InvalidOperation as error:
        raise ContentError({"value": f"{words!r} is no number such as 1200000 or 62.5"}) from error
    if not number.is_finite():
        raise ContentError({"value": f"{words!r} is no number such as 1200000 or 62.5"})
    return number


def _moment(words: str, before: Mapping[str, Any]) -> dict[str, Any]:
    match = _DAY.fullmatch(words)
    if match is None:
        raise ContentError({"value": f"{words!r} is no day such as 2027-05-31, or 2027-05-31 17:00"})
    kept = {name: value for name, value in before.items() if name not in ("date", "time", "zone")}
    if not match[2]:
        return {**kept, "date": match[1]}
    return {**kept, "date": match[1], "time": f"{match[2]:0>5}:00", "zone": before.get("zone") or BRUSSELS}


def _dates(lines: list[str], before: list[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Each day keeps what is known of it beside its hour: the stage, the name."""
    known = {str(entry.get("date")): entry for entry in before}
    return [_moment(line, known.get(line[:10], {})) for line in sorted(lines)]


def _place(line: str, before: list[Mapping[str, Any]]) -> dict[str, Any]:
    name, *rest = (part.strip() for part in line.split(","))
    if not rest:
        raise ContentError({"value": f"{line!r}: write name, country and inhabitants, such as Zarasai, LT, 6000"})
    code = rest[0].upper()
    known = next((dict(e) for e in before if (e.get("name"), e.get("country")) == (name, code)), {})
    known = {key: value for key, value in known.items() if key != "population"}
    people = {"population": int(_decimal("".join(rest[1:])))} if rest[1:] else {}
    return {**known, "name": name, "country": code, **people}


_READ: dict[Control, Callable[[CorrectionForm, list[str], Any], Any]] = {
    Control.TEXT: _text,
    Control.MONEY: _money,
    Control.PERCENT: lambda _form, lines, _before: str(_decimal(lines[0].rstrip("% "))),
    Control.NUMBER: _number,
    Control.DATE: _date,
    Control.DATES: lambda _form, lines, before: _dates(lines, before or []),
    Control.PLACES: lambda _form, lines, before: [_place(line, before or []) for line in lines],
    Control.LINES: lambda _form, lines, _before: lines,
    Control.YES_NO: lambda _form, lines, _before: lines[0] == "yes",
}
