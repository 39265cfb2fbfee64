"""What a project costs, what the EU pays of it, and from which funds."""

import re
from typing import Any

from corpus.ids import make_id
from corpus.parts import Money
from corpus.vocab import Fund
from crawler.fields import Fields, read
from crawler.metadata import SourceConfig
from crawler.parsing import Facts
from crawler.sources.kohesio.table import values
from crawler.sources.kohesio.values import read_amount, read_rate

EURO = "EUR"
_CURRENCY = re.compile(r"[A-Z]{3}")
_CCI = re.compile(r"20\d{2}[A-Z0-9]{8,14}")


def put_money(fields: Fields, facts: Facts, config: SourceConfig) -> None:
    """Total cost, and who paid: one entry a fund; an amount of several funds together has an entry of its own."""
    raw = {name: fields.text(name) for name in ("cost", "currency", "eu_amount", "rate")}
    currency = _currency(fields, raw)
    cost = read(fields, "cost", raw["cost"], lambda text: read_amount(text, currency)) if currency else None
    share = _share(fields, raw["eu_amount"], currency, cost)
    facts.put("cost", cost, raw=f"{raw['cost']} {currency}")
    paid = {"amount": share, "rate": read(fields, "rate", raw["rate"], read_rate)}
    paid = {name: value for name, value in paid.items() if value is not None}
    entries = _entries(fields, paid, config)
    said = "; ".join(f"{name}: {raw[name]}" for name in ("eu_amount", "rate") if raw[name])
    facts.put("paid_by", tuple(entries), raw=said or None)


def _currency(fields: Fields, raw: dict[str, str | None]) -> str:
    """The currency of the costs; an amount without one is unknown."""
    text = (raw["currency"] or "").upper()
    if raw["cost"] and not _CURRENCY.fullmatch(text):
        fields.odd("currency", "no_currency", "costs without a currency such as EUR are unknown", text)
        return ""
    return text


def _share(fields: Fields, text: str | None, currency: str, cost: Money | None) -> Money | None:
    """What the EU pays. The file gives no currency of its own for it: it is only sure where costs are in euro."""
    if text is None or (currency and currency != EURO):
        return None
    share = read(fields, "eu_amount", text, lambda cell: read_amount(cell, EURO))
    if share and cost and share.amount > cost.amount:
        fields.odd("eu_amount", "implausible", f"the EU pays {share}, more than the costs of {cost}", text)
        return None
    return share


def _entries(fields: Fields, paid: dict[str, Any], config: SourceConfig) -> list[dict[str, Any]]:
    funds = _funds(fields, config)
    common = _programme(fields)
    if len(funds) == 1:
        return [{"fund": funds[0]} | common | paid]
    together = [common | paid] if paid or (common and not funds) else []
    return [{"fund": fund} | common for fund in funds] + together


def _funds(fields: Fields, config: SourceConfig) -> list[Fund]:
    codes = values(fields.text("fund") or "")
    fields.pop("fund_name")
    return [Fund(word) for word in fields.words("fund", codes, config.mappings["fund"])]


def _programme(fields: Fields) -> dict[str, Any]:
    """The programme by its CCI, and its name as payer."""
    codes, names = values(fields.text("programme") or ""), values(fields.text("programme_name") or "")
    known = [code for code in codes if _CCI.fullmatch(code)]
    if len(known) != len(codes):
        fields.odd("programme", "unreadable", "not the CCI of a programme such as 2021BG05SFPR002", codes)
    found: dict[str, Any] = {"programme": make_id("cci", known[0])} if len(known) == 1 else {}
    return found | ({"payer": ", ".join(names)} if names else {})
