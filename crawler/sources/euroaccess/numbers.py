"""Dates, money and duration of a EuroAccess page."""

from parsel import Selector

from corpus.parts import Moment, Timeline
from corpus.values import as_cutoff, read_day_first, read_money_range, read_months, read_percent_range
from crawler.fields import Fields, read
from crawler.html import text_of
from crawler.parsing import Facts

# Grants of EU calls are larger; less is a number that was cut off, such as `EUR 50` of `EUR 50 000`.
_SMALLEST_GRANT = 1000


def read_timeline(fields: Fields, row: Selector | None, zone: str) -> tuple[Timeline | None, str | None]:
    """Read the row of deadlines: `Opening` and `Deadline`, each over its date. Hours are local to the zone."""
    fields.pop("deadlines")
    found = _dates(row)
    moments = {name: read(fields, "deadlines", text, lambda t: read_day_first(t, zone)) for name, text in found.items()}
    for name in set(found) - {"opening", "deadline"}:
        fields.odd("deadlines", "unknown_field", f"a date that is neither opening nor deadline: {name}", found[name])
    opens, closes = moments.get("opening"), moments.get("deadline")
    if opens and closes and opens.date > closes.date:
        fields.odd("deadlines", "dates_disagree", f"opens {opens.date} after its deadline {closes.date}", found)
        opens = None
    if not opens and not closes:
        return None, None
    return _timeline(opens, closes), "; ".join(f"{name}: {text}" for name, text in found.items())


def _timeline(opens: Moment | None, closes: Moment | None) -> Timeline:
    return Timeline(opens=opens, cutoffs=(as_cutoff(closes),) if closes else ())


def _dates(row: Selector | None) -> dict[str, str]:
    """Dates by the word that stands in bold before them."""
    found: dict[str, str] = {}
    for node in row.css("p") if row is not None else []:
        label = node.css("strong")
        if not label:
            continue
        name = text_of(label[0])
        found[name.lower()] = text_of(node).removeprefix(name).strip()
    return {name: text for name, text in found.items() if text}


def read_funding(fields: Fields, facts: Facts) -> None:
    """Rate and size of a grant. A single rate is the highest one that is paid."""
    rate, grant = fields.text("funding rate"), fields.text("estimated eu contribution per project")
    rates = read(fields, "funding rate", rate, read_percent_range) or (None, None)
    label = "estimated eu contribution per project"
    low, high = read(fields, label, grant, lambda text: read_money_range(text, "en")) or (None, None)
    if any(end and end.amount < _SMALLEST_GRANT for end in (low, high)):
        fields.odd(label, "implausible", f"less than {_SMALLEST_GRANT}: a number that was cut off?", grant)
        low = high = None
    money = {
        "rate_min": rates[0] if rates[0] != rates[1] else None,
        "rate_max": rates[1],
        "grant_min": low,
        "grant_max": high,
    }
    known = {name: value for name, value in money.items() if value is not None}
    facts.put("money", known, raw="; ".join(text for text in (rate, grant) if text))


def read_duration(fields: Fields, facts: Facts) -> None:
    """Shortest and longest project in months."""
    raw = fields.text("project duration")
    shortest, longest = read(fields, "project duration", raw, read_months) or (None, None)
    facts.put("duration_months_min", shortest, raw=raw)
    facts.put("duration_months_max", longest, raw=raw)
