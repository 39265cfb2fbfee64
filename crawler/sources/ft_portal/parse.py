"""Answers of the EU Funding & Tenders Portal: bytes in, records and issues out.

Topics are known by their identifier, cascade calls by their reference: several share one identifier and even
one address. Funded projects are read in `projects`.
"""

import datetime as dt
import json
from functools import partial

from corpus.ids import make_id
from corpus.model import Call
from corpus.parts import BRUSSELS, Identifier
from corpus.raw import RawRecord
from corpus.values import clean, read_language
from corpus.vocab import Language
from crawler.fields import Fields, IssueLog, read
from crawler.html import to_text
from crawler.metadata import SourceConfig
from crawler.parsing import Facts, Parsed, build, page_source, sha256, unharmed
from crawler.prose import enrich
from crawler.sources.ft_portal.answer import Row, best_rows, key_of, metadata_of
from crawler.sources.ft_portal.dates import read_timeline
from crawler.sources.ft_portal.money import amount, read_budget, read_json
from crawler.sources.ft_portal.query import PERIOD
from crawler.sources.ft_portal.texts import documents, split_texts

_KEYWORDS = 30
_IN_DOCUMENT = "Set out in the call document, which this source does not carry as data."


def parse_calls(rows: list[Row], config: SourceConfig, fetched_at: dt.datetime) -> Parsed:
    """Records of all rows of one question: the best row of each topic and of each cascade call."""
    log = IssueLog(config.id)
    parsed = Parsed()
    chosen, parsed.ignored = best_rows(rows, config)
    for kind, row in chosen:
        if PERIOD not in metadata_of(row).get("programmePeriod", [PERIOD]):
            parsed.ignored["earlier period"] += 1
            continue
        reader = partial(_read_row, kind, row, config, fetched_at, log)
        record = unharmed(row["reference"], log, reader)
        if record:
            parsed.records.append(record)
    parsed.issues = log.items
    return parsed


def _read_row(kind: str, row: Row, config: SourceConfig, fetched_at: dt.datetime, log: IssueLog) -> RawRecord | None:
    key = key_of(row, kind)
    if kind == "unknown":
        log.lost(row["reference"], "type", "unmapped_value", "a row of a kind that is not in source.yml", row)
        return None
    if not key:
        log.lost(row["reference"], "identifier", "missing", "a topic without its identifier", row)
        return None
    envelope = Fields(row, key, log, config.ignored["row"])
    fields = Fields(envelope.pop("metadata") or {}, key, log, config.ignored["call"])
    facts = Facts(_language(fields, envelope))
    url = _read_names(kind, key, fields, envelope, facts, config)
    _read_programme(fields, facts, config)
    conditions = _read_texts(kind, fields, facts)
    _read_money(kind, key, fields, facts, config)
    _read_prose(conditions, key, facts, log)
    _read_words(key, fields, facts, config)
    fields.audit()
    envelope.audit()
    if "funds" not in facts.values:
        log.lost(key, "frameworkProgramme", "no_fund", "no fund is known for this row, so it is left out", row)
        return None
    return build(Call, key, facts, log, page_source(config, facts, url, fetched_at, sha256(row)))


def _language(fields: Fields, envelope: Fields) -> Language:
    """Language of the row; a cascade row says it only at the end of its reference."""
    said = fields.text("language")
    said = envelope.text("language") or said or str(envelope.pop("reference"))[-2:]
    return read(fields, "language", said, read_language) or Language.EN


def _read_names(kind: str, key: str, fields: Fields, envelope: Fields, facts: Facts, config: SourceConfig) -> str:
    """Title, identifiers and address. The address is built again: that of old rows does not answer."""
    envelope.pop("reference")
    address = envelope.text("url")
    identifier = fields.text("identifier") or ""
    title, call_title = fields.text("title"), fields.text("callTitle")
    call = fields.text("callIdentifier")
    if kind == "cascade":
        _read_cascade(key, identifier, fields, facts)
        title, url = call_title or title, address or config.urls["cascade"]
    else:
        url = config.urls["topic"] + identifier
        facts.put("id", make_id("ft", key))
        names = [Identifier(scheme="ft", value=key)]
        names += [Identifier(scheme="ft-call", value=call)] if call else []
        facts.put("identifiers", tuple(names))
        if call_title and call_title != title:
            facts.put("summary", {facts.language: clean(call_title)})
    facts.put("title", {facts.language: clean(to_text(title))} if title else None, raw=title)
    facts.put("url", url)
    facts.put("original_language", facts.language)
    return url


def _read_cascade(key: str, parent: str, fields: Fields, facts: Facts) -> None:
    """Somebody re-grants the money of a parent topic."""
    names = [text for text in (fields.text("projectAcronym"), fields.text("projectName")) if text]
    facts.put("id", make_id("ft-cascade", key))
    facts.put("identifiers", (Identifier(scheme="ft-cascade", value=key),))
    facts.put("cascade", {"is_regranting": True, "intermediary": ": ".join(names) or None}, raw=" / ".join(names))
    facts.put("support", ("regrant",))
    if parent:
        facts.put("relations", ({"kind": "part_of", "target": make_id("ft", parent)},), raw=parent)


def _read_programme(fields: Fields, facts: Facts, config: SourceConfig) -> None:
    fields.pop("programmePeriod")  # the rows were chosen by it
    fields.pop("DATASOURCE")
    fields.pop("type")
    name = "frameworkProgramme"
    framework = fields.texts(name)
    facts.put("funds", fields.words(name, framework, config.mappings["fund"]), raw=", ".join(framework))
    for field in ("management", "programme"):
        words = fields.words(name, framework, config.mappings[field])
        facts.put(field, words[0] if len(words) == 1 else None)
    _read_status(fields, facts, config)
    timeline, raw = read_timeline(fields, config)
    facts.put("timeline", timeline, raw=", ".join(raw))


def _read_status(fields: Fields, facts: Facts, config: SourceConfig) -> None:
    """The source's own flag: kept, and never believed."""
    status = fields.text("status")
    if status:
        words = config.mappings["status"].codes(status)
        if words is None:
            fields.odd("status", "unmapped_value", "a status that is not in source.yml", status)
        facts.put("status_at_source", f"{words[0]} ({status})" if words else status, raw=status)


def _read_texts(kind: str, fields: Fields, facts: Facts) -> str:
    """Put in the texts that search needs; gives the one about conditions."""
    html = fields.text("description" if kind == "cascade" else "descriptionByte") or ""
    conditions, further = fields.text("topicConditions"), fields.text("furtherInformation")
    objectives, activities = split_texts(html)
    facts.put("objectives", {facts.language: objectives} if objectives else {}, words=objectives)
    facts.put("activities", {facts.language: activities} if activities else {}, words=activities)
    facts.put("documents", documents(html, conditions, further))
    # Every call has conditions for applicants; the index carries at best a text about them.
    unread = [{"family": family, "note": _IN_DOCUMENT} for family in ("applicant_type", "country")]
    said = to_text(conditions) if conditions else ""
    if "consorti" in f"{said} {objectives} {activities}".lower():
        unread.append({"family": "consortium", "note": "The text speaks of a consortium; its rule was not read."})
    facts.put("eligibility", {"unread": unread}, words=said)
    return said


def _read_prose(conditions: str, key: str, facts: Facts, log: IssueLog) -> None:
    """What the texts say and no field does. Aims name many bodies and countries that are no condition."""
    told = (facts.values.get(name, {}).get(facts.language, "") for name in ("objectives", "activities"))
    enrich(facts, conditions, facts.language, log, key, zone=BRUSSELS)
    enrich(facts, "\n".join(told), facts.language, log, key, zone=BRUSSELS, aims=True)


def _read_money(kind: str, key: str, fields: Fields, facts: Facts, config: SourceConfig) -> None:
    if kind == "cascade":
        raw = fields.text("budget")
        budget = read(fields, "budget", raw, amount)
        facts.put("money", {"budget": budget} if budget else {}, raw=raw)
        return
    actions = [clean(action) for action in fields.texts("typesOfAction")]
    support = fields.words("typesOfAction", actions, config.mappings["support"])
    facts.put("support", support, raw="; ".join(actions))
    fields.pop("actions")  # repeats dates and types of the other fields
    money, raw = read_budget(fields, key)
    lump_sum = {"lump_sum": True} if "lump_sum" in support else {}
    facts.put("money", money | lump_sum, raw=raw or "; ".join(actions))
    _read_links(fields, facts)


def _read_links(fields: Fields, facts: Facts) -> None:
    """The first link that starts an application, from JSON inside a string."""
    found = read_json(fields, "links") or []
    addresses = [item.get("url") for item in found if isinstance(item, dict)] if isinstance(found, list) else []
    good = [address for address in addresses if isinstance(address, str) and address.startswith("https://")]
    facts.put("apply_url", good[0] if good else None)


def _read_words(key: str, fields: Fields, facts: Facts, config: SourceConfig) -> None:
    divisions = fields.texts("programmeDivision")
    for field, mapping in (("subjects", "subject"), ("target_groups", "target_group")):
        codes = fields.words("programmeDivision", divisions, config.mappings[mapping])
        facts.put(field, codes, raw=", ".join(divisions))
    own = {key, *(name.value for name in facts.values.get("identifiers", ()))}
    words = [clean(word) for word in (*_keywords(fields), *fields.texts("tags"))]
    facts.put("keywords", tuple(dict.fromkeys(word for word in words if word not in own))[:_KEYWORDS])


def _keywords(fields: Fields) -> list[str]:
    """Keywords in both shapes: a plain list, and one string that is itself a JSON list."""
    found: list[str] = []
    for text in fields.texts("keywords"):
        if not text.startswith("["):
            found.append(text)
            continue
        try:
            found += [str(word) for word in json.loads(text)]
        except ValueError as error:
            fields.odd("keywords", "broken_json", f"a list inside a string that cannot be read: {error}", text)
    return found
