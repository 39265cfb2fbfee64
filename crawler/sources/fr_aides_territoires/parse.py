"""Aids of Aides-territoires that the EU pays: an answer in, records and issues out."""

import datetime as dt
import re
from typing import Any
from urllib.parse import urljoin, urlsplit

from corpus.ids import make_id
from corpus.model import Call
from corpus.parts import Document, Identifier, Timeline
from corpus.raw import RawRecord
from corpus.values import clean
from corpus.vocab import Language, ManagementMode
from crawler.fields import Fields, IssueLog
from crawler.html import to_text
from crawler.metadata import SourceConfig
from crawler.parsing import Facts, Parsed, build, excerpt, page_source, sha256, unharmed
from crawler.prose import enrich
from crawler.sources.fr_aides_territoires.answer import Page, read_page
from crawler.sources.fr_aides_territoires.conditions import read_bodies, read_money, read_place, read_timeline
from crawler.sources.fr_aides_territoires.funds import funds_in, only_fund_in

_LONGEST = 3000
_PARIS = "Europe/Paris"
_PERIOD = dt.date(2022, 1, 1)  # no programme of 2021-2027 in France had a call before
_OPEN_LICENCE = "openlicence20"
_TOPIC = re.compile(r"ec\.europa\.eu/.*/topic-details/([A-Za-z0-9-]+)", re.IGNORECASE)


def parse_page(body: bytes, config: SourceConfig, fetched_at: dt.datetime) -> tuple[Page, Parsed]:
    """Read the aids of a page; those that the EU does not pay, and those that are over, are counted and left out.

    Raises:
        RefusedError: a web page came instead.
        ShapeError: it is no page of the list.
    """
    page, log, found = read_page(body), IssueLog(config.id), Parsed()
    for row in page.rows:
        key = str(row.get("id") or "")
        if why := _left_out(row):
            found.ignored[why] += 1
            continue
        if not key.isdecimal():
            log.lost(key, "id", "no_key", "an aid without a number is left out", row.get("name"))
            continue
        record = unharmed(key, log, lambda row=row, key=key: _aid(row, key, log, config, fetched_at))  # type: ignore[misc]
        found.records += [record] if record else []
    found.issues += log.items
    return page, found


def _left_out(row: dict[str, Any]) -> str:
    if not row.get("european_aid"):
        return "not paid by the EU"
    if row.get("is_live") is False:
        return "no longer live"
    return ""


def _aid(row: dict[str, Any], key: str, log: IssueLog, config: SourceConfig, now: dt.datetime) -> RawRecord | None:
    fields = Fields(row, key, log, config.ignored["aid"])
    facts = Facts(Language.FR)
    licence = fields.text("import_share_licence")
    text = to_text(fields.text("description") or "")
    url = _read_names(fields, facts, config)
    _read_funds(fields, facts, config, text)
    if "funds" not in facts.values:
        log.lost(key, "programs", "no_fund", "European, but no fund is named, so it is left out", facts.values["title"])
        return None
    _read_content(fields, facts, config, text)
    read_timeline(fields, facts, config)
    national = facts.values.get("management") == ManagementMode.SHARED
    place = read_place(fields, facts, config, national)
    if national:
        _read_programme(place, facts, config)
    read_money(fields, facts)
    conditions = read_bodies(fields, facts, config, licence == _OPEN_LICENCE)
    if not (facts.values.get("timeline") or Timeline()).continuous:  # a day in the text would close what is permanent
        enrich(facts, f"{text}\n{conditions}", Language.FR, log, key, zone=_PARIS)
    fields.audit()
    source = page_source(config, facts, url, now, sha256(row))
    if licence:
        source = source.model_copy(update={"licence": (config.mappings["licence"].codes(licence) or (licence,))[0]})
    return build(Call, key, facts, log, source)


def _read_names(fields: Fields, facts: Facts, config: SourceConfig) -> str:
    """Id, title and addresses; the number of the aid is its only lasting name."""
    number, slug = str(fields.pop("id")), fields.text("slug")
    names = [clean(to_text(name)) for name in (fields.text("name"), fields.text("name_initial"), slug) if name]
    origin, apply = (_address(fields, name) for name in ("origin_url", "application_url"))
    url = urljoin(config.homepage, fields.text("url") or f"/api/aids/by-id/{number}/")
    topic = _TOPIC.search(origin or "")
    named = [Identifier(scheme="ft", value=topic[1].upper())] if topic else []
    named.append(Identifier(scheme="aides", value=number))
    facts.put("id", make_id("aides", number))
    facts.put("identifiers", tuple(named), raw=origin if topic else None)
    facts.put("title", {Language.FR: names[0]} if names else {})
    facts.put("original_language", Language.FR)
    facts.put("url", url)
    facts.put("apply_url", apply)
    facts.put("documents", (Document(title="Page du porteur de l’aide", url=origin),) if origin else ())
    return url


def _address(fields: Fields, name: str) -> str | None:
    text = fields.text(name)
    if text is None:
        return None
    address = text.replace(" ", "%20")
    if urlsplit(address).scheme not in ("http", "https") or not urlsplit(address).hostname:
        fields.odd(name, "no_link", "an address that is none", text)
        return None
    return address


def _read_funds(fields: Fields, facts: Facts, config: SourceConfig, text: str) -> None:
    """The fund from the programmes, else the title, else who pays, else a text that names one fund alone."""
    kind, names = fields.text("european_aid"), config.mappings["fund"]
    title = list(facts.values.get("title", {}).values())
    runs, pays = fields.texts("instructors"), fields.texts("financers")
    programmes = fields.texts("programs")
    said = next((texts for texts in (programmes, title, pays) if funds_in(texts, names)), ())
    found, line = (funds_in(said, names), "") if said else only_fund_in(text, names)
    facts.put("funds", found, raw="; ".join(said) or None, words=line or None)
    national = [name for name in pays if config.mappings["payer"].codes(name) is None]
    facts.put("authority", ", ".join(runs or national or pays) or None, raw="; ".join((*runs, *pays)))
    shared = "shared" in fields.words("european_aid", [kind] if kind else [], config.mappings["management"])
    if shared and "Interreg" not in found:  # the area of an Interreg programme is never France alone
        facts.put("management", ManagementMode.SHARED, raw=kind)


def _read_content(fields: Fields, facts: Facts, config: SourceConfig, text: str) -> None:
    """Text so that the aid can be found, and what it is about by the register's own categories."""
    lead = next((line for line in text.split("\n") if len(line) > 40), text)
    cut = text if len(text) <= _LONGEST else text[: text.rfind(" ", 0, _LONGEST)] + " ..."
    facts.put("summary", {Language.FR: excerpt(lead)} if lead else {}, words=lead)
    facts.put("objectives", {Language.FR: cut} if cut else {}, words=lead)
    categories = [said.rsplit(" / ", 1)[-1] for said in fields.texts("categories")]
    facts.put("keywords", tuple(dict.fromkeys((*categories, *fields.texts("project_references")))))
    for name, field in (("subject", "subjects"), ("target", "target_groups")):
        mapping = config.mappings[name]
        told = categories if name == "subject" else [said for said in categories if mapping.codes(said)]
        facts.put(field, fields.words("categories", told, mapping), raw="; ".join(categories))
    facts.put("support", fields.codes("aid_types", config.mappings["support"]))


def _read_programme(place: str | None, facts: Facts, config: SourceConfig) -> None:
    """ERDF of 2021-2027 goes through one programme a region in France, AMIF through one: so much is certain."""
    timeline = facts.values.get("timeline")
    days = [moment.date for moment in (timeline.opens, *timeline.cutoffs) if moment] if timeline else []
    if not days or max(days) < _PERIOD:
        return
    for fund, key in (("ERDF", place), ("AMIF", "AMIF")):
        if fund in facts.values["funds"] and key:
            programme = config.mappings["programme"].codes(key)
            facts.put("programme", programme[0] if programme else None, raw=f"{fund}, {place or 'France'}")
