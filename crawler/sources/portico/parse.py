"""The catalogue of calls of Portico: bytes in, records and issues out."""

import datetime as dt
import re
from decimal import Decimal
from functools import partial
from urllib.parse import urlsplit

from parsel import Selector

from corpus.errors import ValueReadError
from corpus.ids import best_id
from corpus.model import Call
from corpus.parts import BRUSSELS, Document, Identifier, Money, Timeline
from corpus.raw import RawRecord
from corpus.values import as_cutoff, clean, read_day_first, read_decimal, read_money
from corpus.vocab import Language
from crawler.errors import ShapeError
from crawler.fields import Fields, IssueLog, read
from crawler.html import text_of
from crawler.known import identifiers_of, path_of
from crawler.metadata import SourceConfig
from crawler.parsing import Facts, Parsed, build, excerpt, page_source, sha256, unharmed
from crawler.prose import enrich
from crawler.sources.portico.card import Card, cards, read_card, unknown_labels
from crawler.webpage import next_page, open_page

_INITIATIVE = "European Urban Initiative"
_OFFICIAL = ("www.urban-initiative.eu", "urban-initiative.eu")
_PDF = re.compile(r"\.pdf$", re.IGNORECASE)
_MILLIONS = re.compile(r"(?P<number>[\d.,]+)\s*(?:million|M)\b\s*(?P<sign>€|EUR|euros?)?", re.IGNORECASE)
_SHORTEST = 40


def parse_list(body: bytes, url: str, config: SourceConfig, fetched_at: dt.datetime) -> tuple[Parsed, str | None]:
    """Read the cards of a page of the catalogue, and the address of its next page.

    Raises:
        RefusedError: a wall stands before the page.
        ShapeError: the page has no card.
    """
    root = open_page(body, urlsplit(url).hostname or url)
    found = cards(root)
    if not found:
        raise ShapeError(f"{url} has no card of a call (article.node--type-call-for-proposals)")
    log = IssueLog(config.id)
    readers = [(text_of(node)[:80], partial(_read, node, url, config, fetched_at, log)) for node in found]
    records = [unharmed(name, log, reader) for name, reader in readers]
    return Parsed([record for record in records if record], log.items), next_page(root, url)


def _read(node: Selector, url: str, config: SourceConfig, fetched_at: dt.datetime, log: IssueLog) -> RawRecord | None:
    card = read_card(node, url)
    names = _names(card, config)
    key = path_of(card.page) if card.page else card.link
    if not card.title or not key or not names:
        log.lost(card.title, "card", "no_address", "a card without title, or without a page that names the call")
        return None
    values = card.values | unknown_labels(card)
    fields = Fields(values, key, log, config.ignored["card"])
    facts = Facts(Language.EN)
    facts.put("id", best_id(names))
    facts.put("identifiers", names, raw=card.link or card.page)
    facts.put("title", {Language.EN: card.title})
    facts.put("original_language", Language.EN)
    _read_address(card, url, facts)
    _read_partner(card, fields, facts, config)
    _read_values(fields, facts, config)
    _read_texts(card, facts)
    _read_applicants(card, facts, config)
    facts.put("status_at_source", card.state)
    enrich(facts, "\n".join(card.rest), Language.EN, log, key, zone=BRUSSELS)
    fields.audit()
    if not _whole(facts, fields):
        return None
    return build(
        Call, key, facts, log, page_source(config, facts, url, fetched_at, sha256((node.get() or "").encode()))
    )


def _names(card: Card, config: SourceConfig) -> tuple[Identifier, ...]:
    """Names of the call: those of the official page for calls of the initiative, else those of Portico.

    A call of the initiative whose card leads to no page of its site has no certain name: the official site
    tells of it, and guessing by titles would make two records of one call.
    """
    own = (Identifier(scheme="portico", value=path_of(card.page)),) if card.page else ()
    host = urlsplit(card.link or "").hostname
    if host in _OFFICIAL and card.link and not _PDF.search(path_of(card.link)):
        official = identifiers_of(card.link, config.mappings["call"])
        return (*(official or (Identifier(scheme="eui", value=path_of(card.link)),)), *own)
    if card.partner == _INITIATIVE:
        return ()
    return own or ((Identifier(scheme="portico", value=card.link),) if card.link else ())


def _read_address(card: Card, url: str, facts: Facts) -> None:
    """Where a person reads on: a page rather than a file."""
    is_file = bool(card.link and _PDF.search(path_of(card.link)))
    page = card.link if card.link and not is_file else card.page
    facts.put("url", page or url)
    facts.put("documents", (Document(title=card.title, url=card.link),) if card.link and is_file else ())


def _read_partner(card: Card, fields: Fields, facts: Facts, config: SourceConfig) -> None:
    partner = [card.partner] if card.partner else []
    facts.put("authority", card.partner, raw=card.partner)
    facts.put("funds", fields.words("partner", partner, config.mappings["fund"]), raw=card.partner)
    programme = fields.words("partner", partner, config.mappings["programme"])
    facts.put("programme", programme[0] if programme else None, raw=card.partner)


def _read_values(fields: Fields, facts: Facts, config: SourceConfig) -> None:
    said = fields.text("deadline date")
    deadline = read(fields, "deadline date", said, lambda text: read_day_first(text, BRUSSELS))
    if deadline:
        facts.put("timeline", Timeline(cutoffs=(as_cutoff(deadline),)))
        facts.note("timeline.cutoffs", raw=said)
    kinds = [clean(kind).casefold() for text in fields.texts("support") for kind in re.split(r"[,;\n]", text)]
    facts.put("support", fields.words("support", filter(None, kinds), config.mappings["support"]), raw=", ".join(kinds))
    amount = fields.text("funding support")
    most = read(fields, "funding support", amount, _amount)
    if most:
        facts.put("money", {"grant_max": most})
        facts.note("money.grant_max", raw=amount)


def _amount(text: str) -> Money:
    """`5,000,000 €` or `5 million €`; zero is how an empty field is shown."""
    match = _MILLIONS.fullmatch(clean(text))
    if match:
        found = Money(amount=(read_decimal(match["number"], "en") * 1_000_000).quantize(Decimal(1)))
    else:
        found = read_money(text, "en")
    if not found.amount:
        raise ValueReadError(f"{text!r} is no amount")
    return found


def _read_texts(card: Card, facts: Facts) -> None:
    """What the card says beside its labels."""
    labels = set(unknown_labels(card).values())
    rows = [row for row in card.rest if len(row) >= _SHORTEST and row not in labels]
    text = "\n".join(rows)
    facts.put("objectives", {Language.EN: text} if text else {}, words=text)
    facts.put("summary", {Language.EN: excerpt(rows[0])} if rows else {}, words=rows[0] if rows else None)


def _read_applicants(card: Card, facts: Facts, config: SourceConfig) -> None:
    """Kinds of body that stand on a line of their own, or in a list on one line."""
    words = [clean(word) for row in card.rest for word in (row, *row.split(","))]
    said = [word for word in dict.fromkeys(words) if config.mappings["applicant"].codes(word)]
    codes = dict.fromkeys(code for word in said for code in config.mappings["applicant"].codes(word) or ())
    if not codes:
        return
    value = {"any_of": tuple(codes), "not_listed": "unknown"}
    evidence = (facts.evidence(words=", ".join(said)),)
    rules = ({"id": "applicant_type", "family": "applicant_type", "value": value, "evidence": evidence},)
    facts.put("eligibility", {"rules": rules})


def _whole(facts: Facts, fields: Fields) -> bool:
    """A call needs a fund, and a day on which it closes."""
    if "funds" not in facts.values:
        fields.log.lost(fields.key, "partner", "no_fund", "no fund is known for this partner, so it is left out")
        return False
    if "timeline" not in facts.values:
        fields.log.lost(fields.key, "deadline date", "no_dates", "the card has no day on which the call closes")
        return False
    return True
