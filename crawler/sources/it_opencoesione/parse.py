"""The index of OpenCoesione: bytes in, records and issues out. One record a page that a programme links to."""

import datetime as dt
import re
from collections import Counter
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from urllib.parse import urldefrag, urlsplit

from corpus.ids import make_id
from corpus.model import Call
from corpus.parts import Identifier
from corpus.raw import RawRecord
from corpus.vocab import Fund, Language, ManagementMode
from crawler.errors import ShapeError
from crawler.fields import IssueLog
from crawler.metadata import Mapping, SourceConfig
from crawler.parsing import Facts, Parsed, build, page_source, unharmed
from crawler.sources.it_opencoesione.entries import Entry, read_entries
from crawler.webpage import content, open_page

_LONGEST_KEY = 400  # letters of an id; the store holds 512
_TEXT = re.compile(r"[^\w+]+")
_IN_CALLS = "Sta nei singoli avvisi della pagina collegata, che non sono stati letti."


@dataclass(frozen=True, slots=True)
class Programme:
    """What the words around a link say of the programme."""

    funds: tuple[Fund, ...]
    nuts: str | None
    record: str | None


def parse_index(body: bytes, url: str, config: SourceConfig, fetched_at: dt.datetime) -> Parsed:
    """Read the index.

    Raises:
        RefusedError: a wall stands before the page.
        ShapeError: no link of the page is to calls or to a timetable.
    """
    main = content(open_page(body, urlsplit(url).hostname or ""))
    entries, passed = read_entries(main, url, config.mappings["kind"])
    if not entries:
        raise ShapeError("no link of the page says Opportunità or Preavviso")
    log, parsed = IssueLog(config.id), Parsed(ignored=Counter({"other links": passed} if passed else {}))
    for key, several in _by_key(entries).items():
        if all(_is_national_money(entry, config) for entry in several):
            parsed.ignored["not paid by the EU"] += 1
            continue
        record = unharmed(key, log, lambda k=key, e=several: _record(k, e, url, config, fetched_at, log))  # type: ignore[misc]
        parsed.records += [record] if record else []
    parsed.issues = log.items
    return parsed


def _is_national_money(entry: Entry, config: SourceConfig) -> bool:
    """Whether only funds that are not of the EU are named."""
    words, funds = fold(f"{entry.section} {entry.name}"), config.mappings["fund"]
    named = [codes for word, codes in funds.values.items() if fold(word) in words]
    return bool(named) and not any(named)


def _by_key(entries: list[Entry]) -> dict[str, list[Entry]]:
    """Entries by their link: one page may serve several programmes."""
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        found.setdefault(_key(entry.url), []).append(entry)
    return found


def _key(url: str) -> str:
    """The address without its scheme; of a very long one the question is written as its hash."""
    key = url.partition("://")[2].rstrip("/")
    if len(make_id("opencoesione", key)) <= _LONGEST_KEY:
        return key
    address, _, question = key.partition("?")
    return f"{address}?{sha256(question.encode()).hexdigest()[:16]}"


def _record(
    key: str, entries: list[Entry], url: str, config: SourceConfig, fetched_at: dt.datetime, log: IssueLog
) -> RawRecord | None:
    programmes = [_programme(entry, config) for entry in entries]
    funds = tuple(dict.fromkeys(fund for programme in programmes for fund in programme.funds))
    said = "; ".join(dict.fromkeys(entry.said for entry in entries))
    if not funds:
        log.lost(key, "funds", "no_fund", "no EU fund is known for this programme, so its page is left out", said)
        return None
    facts = Facts(Language.IT)
    names = dict.fromkeys(entry.name for entry in entries)
    kinds = dict.fromkeys(entry.text for entry in entries)
    facts.put("id", make_id("opencoesione", key))
    facts.put("identifiers", (Identifier(scheme="opencoesione", value=key),))
    facts.put("title", {Language.IT: f"{', '.join(names)}: {' / '.join(kinds)}"}, raw=said)
    facts.put("original_language", Language.IT)
    facts.put("url", entries[0].url)
    facts.put("status_at_source", " / ".join(kinds))
    facts.put("funds", funds, raw=said)
    facts.put("management", ManagementMode.SHARED)
    records = {programme.record for programme in programmes}
    facts.put("programme", records.pop() if len(records) == 1 else None, raw=said)
    facts.put("geography", _geography(funds, programmes), raw=said)
    facts.put("eligibility", {"unread": [{"family": "applicant_type", "note": _IN_CALLS}]})
    digest = sha256(said.encode()).hexdigest()
    return build(Call, key, facts, log, page_source(config, facts, urldefrag(url)[0], fetched_at, digest))


def _geography(funds: tuple[Fund, ...], programmes: list[Programme]) -> dict[str, Any]:
    """Italy and its region; where programmes cross borders it is not known."""
    if Fund.INTERREG in funds:
        return {}
    nuts = [programme.nuts for programme in programmes]
    return {"countries": ("IT",)} | ({"nuts": tuple(dict.fromkeys(nuts))} if all(nuts) else {})


def _programme(entry: Entry, config: SourceConfig) -> Programme:
    mappings = config.mappings
    words = fold(f"{entry.section} {entry.name}")
    if _words(words, mappings["cooperation"]):
        return Programme((Fund.INTERREG,), None, None)
    region = next(iter(_words(words, mappings["region"])), None)
    funds = _words(words, mappings["fund"])
    if region:
        known = mappings["programme"].codes(" ".join([region, *sorted(funds)]))
        return Programme(tuple(map(Fund, funds)), region, known[0] if known else None)
    national = _words(words, mappings["national_programme"])
    funds = funds or _words(words, mappings["national_fund"])
    return Programme(tuple(map(Fund, funds)), None, next(iter(national), None))


def fold(text: str) -> str:
    """Words of a text in lower case, with one blank between them and around all."""
    return f" {_TEXT.sub(' ', text.casefold()).strip()} "


def _words(text: str, words: Mapping) -> tuple[str, ...]:
    """What the known words in a text stand for, each once."""
    found = (code for word in words.values if fold(word) in text for code in words.codes(word) or ())
    return tuple(dict.fromkeys(found))
