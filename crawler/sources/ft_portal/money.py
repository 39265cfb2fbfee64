"""What a topic pays: the budget overview, which lists all topics of the call."""

import json
from decimal import Decimal, InvalidOperation
from typing import Any

from corpus.errors import ValueReadError
from corpus.parts import Money
from crawler.fields import Fields


def read_json(fields: Fields, name: str) -> Any:
    """Take out a field that holds JSON inside a string; broken JSON is an issue."""
    text = fields.text(name)
    if text is None:
        return None
    try:
        return json.loads(text.replace("\\u0000", ""))
    except ValueError as error:
        fields.odd(name, "broken_json", f"JSON inside a string that cannot be read: {error}", text)
        return None


def own_entries(overview: Any, identifier: str) -> list[dict[str, Any]]:
    """Entries of the map that belong to this topic: `<IDENTIFIER> - <type of action>`.

    The blank matters: one identifier can be the beginning of another.
    """
    by_number = overview.get("budgetTopicActionMap") if isinstance(overview, dict) else None
    if not isinstance(by_number, dict):
        return []
    entries = [entry for group in by_number.values() if isinstance(group, list) for entry in group]
    named = [entry for entry in entries if isinstance(entry, dict)]
    return [e for e in named if f"{e.get('action', '')} ".startswith(f"{identifier} ")]


def amount(value: object) -> Money | None:
    """Euros from a number or a string of digits; zero means that nothing was filled in.

    Raises:
        ValueReadError: it is neither.
    """
    if value in (None, ""):
        return None
    try:
        number = Decimal(str(value).strip())
    except InvalidOperation as error:
        raise ValueReadError(f"{value!r} is not an amount in plain digits") from error
    if not number.is_finite() or number < 0:
        raise ValueReadError(f"{value!r} is not an amount")
    return Money(amount=number) if number else None


def _total(entry: dict[str, Any]) -> Money | None:
    """Budget of one entry over its years: parts of one envelope."""
    years = entry.get("budgetYearMap") or {}
    parts = [part for part in map(amount, years.values()) if part]
    return Money(amount=sum((part.amount for part in parts), Decimal(0))) if parts else None


def _agreed(values: list[Any]) -> Any:
    """The value on which all entries agree, else None: entries are never added up."""
    known = [value for value in values if value is not None]
    return known[0] if known and all(value == known[0] for value in known) else None


def read_budget(fields: Fields, identifier: str) -> tuple[dict[str, Any], str]:
    """Take out the budget overview and read what it says of this topic; also its own words about it."""
    overview = read_json(fields, "budgetOverview")
    entries = own_entries(overview, identifier)
    if not entries:
        if isinstance(overview, dict) and overview.get("budgetTopicActionMap"):
            fields.odd("budgetOverview", "not_in_budget", "the budget names other topics of the call only", identifier)
        return {}, ""
    try:
        read = [_read_entry(entry) for entry in entries]
    except (ValueError, AttributeError) as error:
        fields.odd("budgetOverview", "unreadable", str(error), entries)
        return {}, ""
    agreed = {name: _agreed([values[name] for values in read]) for name in read[0]}
    for name, value in agreed.items():
        if value is None and any(values[name] for values in read):
            fields.odd("budgetOverview", "several", f"{name}: the entries of this topic differ", entries)
    return {name: value for name, value in agreed.items() if value is not None}, json.dumps(entries)


def _read_entry(entry: dict[str, Any]) -> dict[str, Any]:
    """Amounts of one entry. A smallest grant above the largest cannot be believed, so neither is."""
    low, high = amount(entry.get("minContribution")), amount(entry.get("maxContribution"))
    if low and high and low.amount > high.amount:
        raise ValueReadError(f"the smallest grant {low} is above the largest {high}")
    count = entry.get("expectedGrants")
    expected = count if isinstance(count, int) and count > 0 else None
    return {"budget": _total(entry), "grant_min": low, "grant_max": high, "grants_expected": expected}
