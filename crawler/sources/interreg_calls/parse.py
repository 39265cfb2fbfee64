"""Answers of the search of interreg.eu: bytes in, records and issues out."""

import datetime as dt
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urljoin

from corpus.ids import make_id
from corpus.model import Call
from corpus.parts import BRUSSELS, Cutoff, Document, Identifier, Timeline
from corpus.raw import RawRecord
from corpus.values import as_cutoff, clean, read_country
from corpus.vocab import Fund, Language, ManagementMode
from crawler.errors import RefusedError, ShapeError
from crawler.fields import Fields, IssueLog, read
from crawler.html import to_text
from crawler.metadata import SourceConfig
from crawler.parsing import Facts, Parsed, build, excerpt, page_source, sha256, unharmed
from crawler.prose import enrich
from crawler.sources.interreg_calls.dates import read_moment

_REGION = re.compile(r"[A-Z]{2}[A-Z0-9]{1,3}")
_LONGEST = 3000
_UNREAD = {
    "programme_area": "Whether all regions of the countries may take part stands in the programme's documents.",
    "applicant_type": "Who may be a partner stands in the documents of the call, which were not read.",
    "consortium": "How many partners from how many countries are needed was not read; Interreg asks for two at least.",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """A page of an answer."""

    hits: tuple[dict[str, Any], ...]
    total: int
    pages: int


def read_answer(body: bytes) -> Answer:
    """Read the envelope of an answer.

    Raises:
        RefusedError: the search does not take the key.
        ShapeError: it is no whole JSON, or none of the shape that is known.
    """
    try:
        data = json.loads(body)
    except ValueError as error:
        raise ShapeError("the search did not answer with whole JSON") from error
    if isinstance(data, dict) and "results" not in data and data.get("message"):
        raise RefusedError(f"the search refuses: {data['message']}")
    results = data.get("results") if isinstance(data, dict) else None
    first = results[0] if isinstance(results, list) and results and isinstance(results[0], dict) else {}
    hits = first.get("hits")
    if not isinstance(hits, list) or not all(isinstance(hit, dict) for hit in hits):
        raise ShapeError("the answer of the search has no list results[0].hits")
    return Answer(tuple(hits), int(first.get("nbHits") or len(hits)), int(first.get("nbPages") or 1))


def check_total(received: int, total: int) -> None:
    """Refuse an answer that says it has more rows than it gave.

    Raises:
        ShapeError: more than two in a hundred rows did not come.
    """
    if received < total * 0.98:
        raise ShapeError(f"the search gave {received} of {total} rows")


def parse_hits(hits: Iterable[dict[str, Any]], config: SourceConfig, fetched_at: dt.datetime) -> Parsed:
    """Records of the rows of an answer."""
    log = IssueLog(config.id)
    readers = [
        (str(hit.get("pageId") or hit.get("objectID")), partial(_read, hit, config, fetched_at, log)) for hit in hits
    ]
    found = [unharmed(key, log, reader) for key, reader in readers]
    return Parsed([record for record in found if record], log.items)


def _read(hit: dict[str, Any], config: SourceConfig, fetched_at: dt.datetime, log: IssueLog) -> RawRecord | None:
    number = str(hit.get("pageId") or "")
    if not number:
        log.lost(str(hit.get("objectID") or ""), "pageId", "missing", "a row without the number of its page", hit)
        return None
    fields = Fields({name: _as_text(value) for name, value in hit.items()}, number, log, config.ignored["hit"])
    fields.pop("pageId")
    facts = Facts(Language.EN)
    facts.put("id", make_id("interreg", number))
    facts.put("identifiers", (Identifier(scheme="interreg", value=number),))
    title = fields.text("title")
    facts.put("title", {Language.EN: clean(to_text(title))} if title else None)
    facts.put("original_language", Language.EN)
    facts.put("funds", (Fund.INTERREG,))
    facts.put("management", ManagementMode.SHARED)
    _read_addresses(fields, facts, config)
    _read_programme(fields, facts, config)
    _read_timeline(fields, facts)
    _read_area(fields, facts)
    _read_texts(fields, facts, config)
    facts.put("status_at_source", fields.text("callStatus"))
    facts.put("eligibility", {"unread": [{"family": name, "note": note} for name, note in _UNREAD.items()]})
    enrich(facts, facts.values.get("objectives", {}).get(Language.EN, ""), Language.EN, log, number, zone=BRUSSELS)
    fields.audit()
    url = facts.values.get("url", config.urls["page"])
    return build(Call, number, facts, log, page_source(config, facts, url, fetched_at, sha256(hit)))


def _as_text(value: Any) -> Any:
    """Numbers as texts, alone and in lists: nobody has seen which fields are numbers."""
    if isinstance(value, list):
        return [_as_text(item) for item in value]
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


def _read_addresses(fields: Fields, facts: Facts, config: SourceConfig) -> None:
    """The page of the call on interreg.eu, and that of the programme."""
    own, other = fields.text("contentUrl"), fields.text("callExternalUrl")
    page = urljoin(config.urls["page"], own) if own else None
    external = other.replace(" ", "%20") if other and other.startswith("http") else None
    if other and not external:
        fields.odd("callExternalUrl", "no_link", "an address that is none", other)
    facts.put("url", page or external, raw=own or other)
    facts.put("documents", (Document(title="Page of the programme on the call", url=external),) if external else ())


def _read_programme(fields: Fields, facts: Facts, config: SourceConfig) -> None:
    names = fields.texts("associatedProgrammes")
    facts.put("authority", ", ".join(names) or None)
    found = fields.words("associatedProgrammes", names, config.mappings["programme"])
    facts.put("programme", found[0] if found and len(names) == 1 else None, raw=", ".join(names))


def _read_timeline(fields: Fields, facts: Facts) -> None:
    raw = {name: fields.texts(name) for name in ("callOpenDate", "callDeadlineDate")}
    moments = {
        name: [m for text in texts if (m := read(fields, name, text, read_moment))] for name, texts in raw.items()
    }
    opens = min(moments["callOpenDate"], key=lambda moment: moment.start(), default=None)
    cutoffs: list[Cutoff] = sorted(map(as_cutoff, moments["callDeadlineDate"]), key=lambda cutoff: cutoff.end())
    if opens and cutoffs and opens.date > cutoffs[-1].date:
        fields.odd("callOpenDate", "dates_disagree", f"opens {opens.date} after it closes {cutoffs[-1].date}", raw)
        opens = None
    if not (opens or cutoffs):
        fields.odd("callDeadlineDate", "no_dates", "neither a day on which the call opens nor one on which it closes")
        return
    facts.put("timeline", Timeline(opens=opens, cutoffs=tuple(cutoffs)))
    facts.note("timeline.opens", raw=", ".join(raw["callOpenDate"]) if opens else None)
    facts.note("timeline.cutoffs", raw=", ".join(raw["callDeadlineDate"]) if cutoffs else None)


def _read_area(fields: Fields, facts: Facts) -> None:
    """Countries and regions; a call of one country is no Interreg call, so a single one is a gap."""
    name = "callEligibleCountryNuts"
    said = fields.texts(name) or fields.texts("callEligibleCountryNames") or fields.texts("countries")
    countries = [code for text in said if (code := read(fields, name, text, read_country))]
    regions = [text for text in fields.texts("callEligibleRegionNuts") if _region(text, fields)]
    if len(set(countries)) == 1:
        fields.odd(name, "one_country", "an Interreg call names one country only; it is left out", countries)
        return
    area = {"countries": tuple(dict.fromkeys(countries)), "nuts": tuple(dict.fromkeys(regions))}
    facts.put("geography", area if countries else None, raw=", ".join((*said, *regions)))


def _region(text: str, fields: Fields) -> bool:
    if _REGION.fullmatch(text):
        return True
    fields.odd("callEligibleRegionNuts", "unreadable", "not a code of a region (NUTS) such as AT11", text)
    return False


def _read_texts(fields: Fields, facts: Facts, config: SourceConfig) -> None:
    texts = [to_text(text) for name in ("teaser", "description") for text in fields.texts(name)]
    lead = next(iter(texts), "")
    facts.put("summary", {Language.EN: excerpt(clean(lead))} if lead else {}, words=lead)
    whole = "\n".join(dict.fromkeys(texts))[:_LONGEST]
    facts.put("objectives", {Language.EN: whole} if whole else {}, words=whole)
    themes = fields.texts("themes") or fields.texts("callThemes")
    facts.put("keywords", tuple(dict.fromkeys((*themes, *fields.texts("targetAudience")))), raw=", ".join(themes))
    facts.put("subjects", fields.words("themes", themes, config.mappings["theme"]), raw=", ".join(themes))
