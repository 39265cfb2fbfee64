"""When a call is open, what it pays and who may apply, from the labels of its page."""

import re
from decimal import Decimal

from corpus.model import Funding
from corpus.parts import Moment, Money, Timeline
from corpus.values import as_cutoff, clean, read_percent
from corpus.values import read_money as as_money
from crawler.fields import Fields, read
from crawler.parsing import Facts
from crawler.sources.pl_fundusze.dates import has_window, read_moment, read_window
from crawler.sources.pl_fundusze.model import PortalConfig
from crawler.sources.pl_fundusze.values import Values

_UP_TO = re.compile(r"^(?:do|maks\.?|maksymalnie)\s+", re.IGNORECASE)
_MANY = re.compile(r"(?P<number>[\d\s]+(?:,\d+)?)\s*(?P<unit>tys\.?|mln|mld)\s*(?P<currency>\S+)", re.IGNORECASE)
_FACTORS = {"tys": 1_000, "mln": 1_000_000, "mld": 1_000_000_000}
_IN_NOTICE = "Stoi w ogłoszeniu lub regulaminie naboru, nie odczytano."


def read_timeline(values: Values, rows: list[str], fields: Fields, facts: Facts, config: PortalConfig) -> None:
    """First and last day: each beside its label, or both in one line."""
    said = {kind: values.line(kind) for kind in ("opens", "closes")}
    opens, closes = (read(fields, kind, text, read_moment) for kind, text in said.items())
    window = values.line("window") or _line(rows, config.shared.states)
    if not (said["opens"] or said["closes"]) and window:
        said = {"window": window}
        opens, closes = read(fields, "window", window, read_window) or (None, None)
    if opens and closes and opens.date > closes.date:
        fields.odd("opens", "dates_disagree", f"opens {opens.date} after it closes {closes.date}", said)
        opens = None
    _put(opens, closes, "; ".join(text for text in said.values() if text), facts)


def _put(opens: Moment | None, closes: Moment | None, said: str, facts: Facts) -> None:
    if opens or closes:
        facts.put("timeline", Timeline(opens=opens, cutoffs=(as_cutoff(closes),) if closes else ()), raw=said)


def _line(rows: list[str], states: tuple[str, ...]) -> str | None:
    """A line such as `Trwający od 29-12-2026 do 30-03-2027`."""
    begins = tuple(state.casefold() for state in states)
    return next((row for row in rows if row.casefold().startswith(begins) and has_window(row)), None)


def read_money(values: Values, fields: Fields, facts: Facts) -> None:
    """Budget, largest grant and highest rate; amounts are in złoty unless the page says otherwise."""
    said = {kind: values.line(kind) for kind in ("budget", "grant_max", "rate")}
    budget, most = (read(fields, kind, said[kind], _amount) for kind in ("budget", "grant_max"))
    rate = read(fields, "rate", said["rate"], _rate)
    if budget or most or rate is not None:
        facts.put("money", Funding(budget=budget, grant_max=most, rate_max=rate))
    found = (
        ("money.budget", "budget", budget),
        ("money.grant_max", "grant_max", most),
        ("money.rate_max", "rate", rate),
    )
    for path, kind, value in found:
        if value is not None:
            facts.note(path, said[kind])


def _amount(text: str) -> Money:
    """One amount: `15 000 000,00 zł`, `do 15 mln zł`."""
    bare = _UP_TO.sub("", clean(text))
    if many := _MANY.fullmatch(bare):
        money = as_money(f"{many['number']} {many['currency']}", "pl", "PLN")
        return money.model_copy(update={"amount": money.amount * _FACTORS[many["unit"].rstrip(".").casefold()]})
    return as_money(bare, "pl", "PLN")


def _rate(text: str) -> Decimal:
    return read_percent(_UP_TO.sub("", clean(text)))


def read_bodies(values: Values, facts: Facts, config: PortalConfig) -> None:
    """Kinds of applicants that the portal names in its own words; sentences are known and not read."""
    text = values.section("applicants")
    if not text:
        facts.put("eligibility", {"unread": [{"family": "applicant_type", "note": _IN_NOTICE}]})
        return
    rows = [row.strip(" -\u2013\u2022;,.") for row in re.split(r"[\n;]", text) if row.strip()]
    told = [config.mappings["applicant"].codes(row) for row in rows]
    types = tuple(dict.fromkeys(code for codes in told for code in codes or ()))
    value = {"any_of": types, "not_listed": "unknown"}
    rule = {
        "id": "applicant_type",
        "family": "applicant_type",
        "value": value,
        "evidence": (facts.evidence(words=text),),
    }
    unread = [{"family": "applicant_type", "note": _IN_NOTICE}] if None in told else []
    facts.put("eligibility", {"rules": [rule] if types else [], "unread": unread})
