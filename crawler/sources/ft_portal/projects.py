"""Funded projects of the portal, as practices: what was paid for, where the lead body sits, who took part.

Only organisations are named. The place is that of the lead body's office: where it happened is not said.
"""

import datetime as dt
from decimal import Decimal
from functools import partial
from typing import Any

from corpus.errors import ValueReadError
from corpus.ids import make_id
from corpus.model import Practice
from corpus.parts import Identifier, Money
from corpus.raw import RawRecord
from corpus.values import clean, read_country, read_decimal, read_iso_date, read_language
from corpus.vocab import Language, LocationMeaning, PracticeKind
from crawler.fields import Fields, IssueLog, read
from crawler.html import to_text
from crawler.metadata import SourceConfig
from crawler.parsing import Facts, Parsed, build, page_source, sha256, unharmed
from crawler.sources.ft_portal.answer import Row, first
from crawler.sources.ft_portal.money import read_json

Participant = dict[str, Any]


def parse_projects(rows: list[Row], config: SourceConfig, fetched_at: dt.datetime) -> Parsed:
    """Records of a page of funded projects."""
    log = IssueLog(config.id)
    readers = {row["reference"]: partial(_read_project, row, config, fetched_at, log) for row in rows}
    found = [unharmed(key, log, reader) for key, reader in readers.items()]
    return Parsed([record for record in found if record], log.items)


def _read_project(row: Row, config: SourceConfig, fetched_at: dt.datetime, log: IssueLog) -> RawRecord | None:
    programme, number = first(row, "programId"), first(row, "projectId")
    if not programme or not number:
        log.lost(row["reference"], "projectId", "missing", "a project without its numbers", row)
        return None
    key = f"{programme}-{number}"
    envelope = Fields(row, key, log, config.ignored["row"])
    envelope.pop("reference")
    fields = Fields(envelope.pop("metadata"), key, log, config.ignored["project"])
    said = fields.text("language") or envelope.text("language")
    facts = Facts(read(fields, "language", said, read_language) or Language.EN)
    envelope.pop("language")
    # The last part of the address is the programme's name, so the source's own one is kept.
    url = envelope.text("url") or f"{config.urls['project']}{programme}/{number}"
    facts.put("url", url)
    facts.put("id", make_id("ft-project", key))
    facts.put("identifiers", (Identifier(scheme="ft-project", value=key),))
    facts.put("practice_kind", PracticeKind.FUNDED_PROJECT)
    _read_texts(fields, facts)
    _read_money(fields, facts, config)
    _read_partners(fields, facts, config)
    _read_period(fields, facts, config)
    fields.audit()
    envelope.audit()
    if "places" not in facts.values:
        log.lost(key, "participants", "no_place", "no lead body with a city and country, so it is left out")
        return None
    return build(Practice, key, facts, log, page_source(config, facts, url, fetched_at, sha256(row)))


def _read_texts(fields: Fields, facts: Facts) -> None:
    fields.pop("projectId")
    title, acronym = fields.text("title"), fields.text("acronym")
    facts.put("title", {facts.language: clean(to_text(title))} if title else None, raw=title)
    facts.put("original_language", facts.language)
    objective = to_text(fields.text("objective") or fields.text("projectObjective") or "")
    facts.put("approach", {facts.language: objective} if objective else {}, words=objective)
    words = [word for word in (acronym, *map(clean, fields.texts("freeKeywords"))) if word]
    facts.put("keywords", tuple(dict.fromkeys(words)))


def _read_money(fields: Fields, facts: Facts, config: SourceConfig) -> None:
    cost, share = fields.text("overallBudget"), fields.text("euContributionAmount")
    rate, topic = fields.text("euContributionRate"), fields.text("topicAbbreviation")
    total = read(fields, "overallBudget", cost, _euros)
    facts.put("cost", total if total and total.amount else None, raw=cost)
    funds = fields.codes("programId", config.mappings["fund"])
    paid = {
        "fund": funds[0] if funds else None,
        "payer": config.publisher,
        "call": make_id("ft", topic) if topic else None,
        "amount": read(fields, "euContributionAmount", share, _euros),
        "rate": read(fields, "euContributionRate", rate, _rate),
    }
    facts.put("paid_by", (paid,), raw=f"{share} ({rate} %)")


def _euros(text: str) -> Money:
    value = round(read_decimal(text, "en"), 2)
    if value < 0:
        raise ValueReadError(f"{text!r} is a negative amount")
    return Money(amount=value)


def _rate(text: str) -> Decimal:
    rate = read_decimal(text, "en")
    if not 0 <= rate <= 100:
        raise ValueReadError(f"{text!r} is not a percentage between 0 and 100")
    return rate


def _read_partners(fields: Fields, facts: Facts, config: SourceConfig) -> None:
    found = read_json(fields, "participants")
    people = [p for p in found if isinstance(p, dict)] if isinstance(found, list) else []
    kinds = config.mappings["body_kind"]
    named: list[tuple[str, str]] = []
    for person in people:
        kind, name = str(person.get("type") or ""), clean(str(person.get("legalName") or ""))
        if kinds.codes(kind) is None:
            fields.odd("participants", "unmapped_value", "a participant whose kind is not known is not named", kind)
        elif name:
            named.append((str(person.get("role")), name))
    leads = [name for role, name in named if role == "coordinator"]
    facts.put("lead", leads[0] if leads else None)
    facts.put("partners", tuple(dict.fromkeys(name for _, name in named if name not in leads[:1])))
    coordinators = [p for p in people if p.get("role") == "coordinator"]
    places = [place for p in coordinators if (place := _place(p, fields))]
    facts.put("places", tuple(places), raw=", ".join(f"{p['name']} ({p['country']})" for p in places))


def _place(person: Participant, fields: Fields) -> dict[str, Any] | None:
    """City and country of a lead body's office; street and post code are nobody's business."""
    address = person.get("postalAddress") or {}
    city = clean(str(address.get("city") or ""))
    code = str((address.get("countryCode") or {}).get("abbreviation") or "")
    country = read(fields, "participants", code or None, read_country)
    if not city or not country:
        return None
    place: dict[str, Any] = {"name": city, "country": country, "meaning": LocationMeaning.OFFICE_ADDRESS}
    for name, reader in (("latitude", _latitude), ("longitude", _longitude)):
        value = read(fields, "participants", str(person.get(name) or "") or None, reader)
        place |= {name: value} if value is not None else {}
    return place


def _latitude(text: str) -> float:
    return _degrees(text, 90)


def _longitude(text: str) -> float:
    return _degrees(text, 180)


def _degrees(text: str, most: int) -> float:
    value = float(read_decimal(text, "en"))
    if abs(value) > most:
        raise ValueReadError(f"{text!r} is not between -{most} and {most} degrees")
    return value


def _read_period(fields: Fields, facts: Facts, config: SourceConfig) -> None:
    """Days as they are written: turned into UTC, `00:00 +0100` would be the day before."""
    raw = {"start": fields.text("startDate"), "end": fields.text("endDate")}
    days = {name: read(fields, f"{name}Date", text, read_iso_date) for name, text in raw.items()}
    status = fields.code("status", config.mappings["project_status"])
    period: dict[str, Any] = {name: day.isoformat() for name, day in days.items() if day}
    if status and "end" not in period:  # with an end, the date says it and does not grow old
        period["ongoing"] = status == "ongoing"
    facts.put("period", period, raw=" - ".join(text for text in raw.values() if text))
