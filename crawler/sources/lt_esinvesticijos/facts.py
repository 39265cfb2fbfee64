"""Facts that stand beside labels: dates, money, shares, who chooses projects and how, and where."""

from corpus.parts import Timeline
from corpus.values import as_cutoff, clean
from corpus.vocab import Language
from crawler.fields import read
from crawler.metadata import SourceConfig
from crawler.parsing import Facts, excerpt
from crawler.sources.lt_esinvesticijos.labels import (
    APPLICANTS,
    AUTHORITY,
    BUDGET,
    CLOSES,
    FORM,
    MOST,
    OPENS,
    PARTNERS,
    REGION,
    SELECTION,
    SHARE,
    Page,
)
from crawler.sources.lt_esinvesticijos.values import read_amount, read_moment, read_rates, split_moment

_PLANNED = "Projektai atrenkami planavimo būdu: paraiškas teikia iš anksto numatyti pareiškėjai."
_HEAD = 15  # lines in which a page tells its own state; further down it lists other calls
_SUSPENDED = "Portale kvietimas pažymėtas kaip sustabdytas."
_WITHDRAWN = "Portale kvietimas pažymėtas kaip atšauktas."


def read_facts(page: Page, facts: Facts, config: SourceConfig) -> None:
    """Read all values that stand beside a label."""
    state = _read_state(page, facts, config)
    _read_timeline(page, facts)
    _read_money(page, facts)
    authority = page.value(*AUTHORITY)
    facts.put("authority", clean(authority) if authority else None, raw=authority)
    form = page.value(FORM) or page.section(FORM)
    forms = [clean(row) for row in (form or "").split("\n") if row]
    facts.put("support", page.fields.words(FORM, forms, config.mappings["support"]), raw=form)
    _read_region(page, facts, config)
    _read_rules(page, facts, config, state)


def _read_state(page: Page, facts: Facts, config: SourceConfig) -> str | None:
    """The lasting state of the call; the time that is left is none."""
    known = config.mappings["state"]
    _, behind = split_moment(page.value(CLOSES) or "")
    rows = (*(clean(row) for row in behind.split("\n")), *page.rows[:_HEAD])
    said = next((row for row in rows if known.codes(row)), None)
    facts.put("status_at_source", said, raw=said)
    return (known.codes(said) or (None,))[0] if said else None


def _read_timeline(page: Page, facts: Facts) -> None:
    raw = {name: page.value(name) for name in (OPENS, CLOSES)}
    days = {name: split_moment(text)[0] if text else None for name, text in raw.items()}
    opens, closes = (read(page.fields, name, text, read_moment) for name, text in days.items())
    if opens and closes and opens.date > closes.date:
        page.fields.odd(OPENS, "dates_disagree", f"opens {opens.date} after it closes {closes.date}", raw)
        opens = None
    if opens or closes:
        said = "; ".join(f"{name}: {text}" for name, text in days.items() if text)
        facts.put("timeline", Timeline(opens=opens, cutoffs=(as_cutoff(closes),) if closes else ()), raw=said)


def _read_money(page: Page, facts: Facts) -> None:
    """Money of the call, the most that one project gets, and the shares; of several rows the widest."""
    money: dict[str, object] = {}
    said = page.value(*BUDGET)
    budget = read(page.fields, BUDGET[0], said, read_amount)
    if budget:
        money["budget"] = budget
        facts.note("money.budget", raw=said)
    label = page.value(*MOST)
    most = page.column(*MOST) or ([label] if label else [])
    amounts = [amount for cell in most if (amount := read(page.fields, MOST[0], cell, read_amount))]
    if amounts and len(amounts) == len(most) and len({amount.currency for amount in amounts}) == 1:
        money["grant_max"] = max(amounts, key=lambda amount: amount.amount)
        facts.note("money.grant_max", raw="; ".join(most))
    money |= _shares(page, facts)
    facts.put("money", money)


def _shares(page: Page, facts: Facts) -> dict[str, object]:
    cells, label = page.column(SHARE), page.value(SHARE) or page.section(SHARE)
    texts = cells or ([clean(label)] if label else [])
    if not texts:
        return {}
    rates = read(page.fields, SHARE, "\n".join(texts), lambda _: read_rates(texts, bare=bool(cells)))
    if rates is None:
        return {}
    low, high = rates
    facts.note("money.rate_max", raw="; ".join(texts))
    lowest: dict[str, object] = {"rate_min": low} if low is not None and low != high else {}
    return lowest | {"rate_max": high}


def _read_region(page: Page, facts: Facts, config: SourceConfig) -> None:
    said = page.value(REGION)
    cells = page.column(REGION) or ([said] if said else [])
    names = list(dict.fromkeys(clean(part) for cell in cells for part in cell.split("\n")))
    codes = page.fields.words(REGION, names, config.mappings["region"])
    # One name for the whole country, or one that nobody knows, and the known regions are not all that is meant.
    nuts = codes if all(config.mappings["region"].codes(name) for name in names) else ()
    areas = [name for name in names if config.mappings["region"].codes(name) != ()]
    note = {"note": {Language.LT: ", ".join(areas)}} if areas else {}
    facts.put("geography", {"countries": ("LT",), "nuts": nuts} | note, raw=", ".join(names) or None)


def _read_rules(page: Page, facts: Facts, config: SourceConfig, state: str | None) -> None:
    """Rules that are known to exist: who may apply is told in sentences."""
    unread: list[dict[str, str]] = []
    cells = page.column(APPLICANTS)
    who = "\n".join(dict.fromkeys(cells)) or page.section(APPLICANTS) or page.value(APPLICANTS)
    if who:
        unread.append({"family": "applicant_type", "note": excerpt(clean(who))})
    way = page.value(SELECTION)
    if "planned" in page.fields.words(SELECTION, [clean(way)] if way else [], config.mappings["selection"]):
        unread.append({"family": "selection", "note": _PLANNED})
    partners = page.section(PARTNERS) or page.value(PARTNERS)
    if partners:
        unread.append({"family": "partner_type", "note": excerpt(clean(partners))})
    if state in ("suspended", "withdrawn"):
        unread.append({"family": "state", "note": _SUSPENDED if state == "suspended" else _WITHDRAWN})
    facts.put("eligibility", {"unread": unread})
