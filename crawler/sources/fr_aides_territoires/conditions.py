"""When an aid is open, what it pays, who may ask for it and where."""

from decimal import Decimal
from typing import Any

from corpus.errors import ValueReadError
from corpus.model import Funding
from corpus.parts import Cutoff, Moment, Timeline
from corpus.values import read_iso_date
from corpus.vocab import CutoffStage, Language, Recurrence
from crawler.fields import Fields, read
from crawler.html import to_text
from crawler.metadata import SourceConfig
from crawler.parsing import Facts, excerpt

_NOT_READ = "La fiche pose des conditions d’éligibilité en texte libre, qui n’ont pas été lues."


def read_timeline(fields: Fields, facts: Facts, config: SourceConfig) -> None:
    """Opening, first step, closing and recurrence. Dates are days; an aid that is permanent has no closing date."""
    raw = {name: fields.text(name) for name in ("start_date", "predeposit_date", "submission_deadline", "recurrence")}
    opens, first, last = (
        _day(fields, name, raw[name]) for name in ("start_date", "predeposit_date", "submission_deadline")
    )
    rhythm = fields.words("recurrence", [raw["recurrence"]] if raw["recurrence"] else [], config.mappings["recurrence"])
    always = Recurrence.CONTINUOUS.value in rhythm
    if always and (first or last):
        fields.odd("submission_deadline", "dates_disagree", "the aid is permanent and has a closing date", raw)
        first = last = None
    if first and last and first.date > last.date:
        fields.odd("predeposit_date", "dates_disagree", "the first step closes after the last one", raw)
        first = None
    closes = last or first
    if opens and closes and opens.date > closes.date:
        fields.odd("start_date", "dates_disagree", f"opens {opens.date} after it closes {closes.date}", raw)
        opens = None
    cutoffs = _cutoffs(first, last)
    if opens or cutoffs or rhythm:
        timeline = Timeline(
            opens=opens, cutoffs=cutoffs, continuous=always, recurrence=Recurrence(rhythm[0]) if rhythm else None
        )
        facts.put("timeline", timeline, raw="; ".join(f"{name}: {text}" for name, text in raw.items() if text))


def _day(fields: Fields, name: str, text: str | None) -> Moment | None:
    day = read(fields, name, text, read_iso_date)
    return Moment(date=day) if day else None


def _cutoffs(first: Moment | None, last: Moment | None) -> tuple[Cutoff, ...]:
    """Both days. Whether the first step must be taken is not said, so that missing it is not yet being late."""
    early = (Cutoff(date=first.date, stage=CutoffStage.INTERIM, label="pré-dépôt"),) if first else ()
    return (*early, Cutoff(date=last.date)) if last else early


def read_money(fields: Fields, facts: Facts) -> None:
    """Rates of the grant; a lowest rate of nought only says that nobody filled it in."""
    names = ("subvention_rate_lower_bound", "subvention_rate_upper_bound")
    low, high = (_rate(fields, name) for name in names)
    comment = fields.text("subvention_comment")
    if low is not None and high is not None and low > high:
        fields.odd(names[0], "out_of_order", f"the lowest rate {low} is above the highest {high}", f"{low}, {high}")
        low = high = None
    if low is not None or high is not None:
        facts.put("money", Funding(rate_min=low or None, rate_max=high))
        for path, value in (("money.rate_min", low or None), ("money.rate_max", high)):
            if value is not None:
                facts.note(path, f"{value} %", comment)


def _rate(fields: Fields, name: str) -> Decimal | None:
    value = fields.pop(name)
    text = None if value in (None, "") else str(value)
    return read(fields, name, text, _percent)


def _percent(text: str) -> Decimal:
    """A whole number of per cent, as the register has them."""
    if not text.strip().isdecimal() or int(text) > 100:
        raise ValueReadError(f"{text!r} is not a rate in whole per cent, from 0 to 100")
    return Decimal(int(text))


def read_place(fields: Fields, facts: Facts, config: SourceConfig, national: bool) -> str | None:
    """Where the aid is given. Only of one that the state manages do we know that the place is in France alone."""
    name, scale = fields.text("perimeter"), fields.text("perimeter_scale")
    if name is None:
        return None
    said = f"{name} ({scale})" if scale else name
    if scale in config.mappings["abroad"].values or not national:
        facts.put("geography", {"note": {Language.FR: said}}, raw=said)
        return name
    nuts = config.mappings["nuts"].codes(name) or ()
    facts.put("geography", {"countries": ("FR",), "nuts": nuts, "note": {Language.FR: said}}, raw=said)
    return name


def read_bodies(fields: Fields, facts: Facts, config: SourceConfig, show: bool) -> str:
    """Kinds of applicants as a rule; the conditions in prose, which are given, as one that is known and not read."""
    audiences = fields.texts("targeted_audiences")
    sure = fields.words("targeted_audiences", audiences, config.mappings["applicant"])
    maybe = tuple(code for said in audiences for code in config.mappings["applicant_if"].codes(said) or ())
    rules: list[dict[str, Any]] = []
    if sure or maybe:
        value = {"any_of": sure, "conditional": tuple(dict.fromkeys(maybe)), "not_listed": "unknown"}
        evidence = (facts.evidence(raw="; ".join(audiences)),)
        rules.append({"id": "applicant_type", "family": "applicant_type", "value": value, "evidence": evidence})
    conditions = to_text(fields.text("eligibility") or "")
    unread = [{"family": "other", "note": excerpt(conditions) if show else _NOT_READ}] if conditions else []
    facts.put("eligibility", {"rules": rules, "unread": unread} if rules or unread else None)
    return conditions
