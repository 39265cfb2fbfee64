"""One project, from one row or several, as a practice: what was paid for, where, by whom, how much."""

import datetime as dt
from typing import Any

from corpus.ids import make_id
from corpus.model import Practice
from corpus.parts import Identifier
from corpus.raw import RawRecord
from corpus.values import clean
from corpus.vocab import Language, PracticeKind
from crawler.fields import Fields, IssueLog, read
from crawler.metadata import SourceConfig
from crawler.parsing import Facts, build, page_source, sha256
from crawler.sources.kohesio.guide import Guide
from crawler.sources.kohesio.interest import Interest
from crawler.sources.kohesio.languages import language_of
from crawler.sources.kohesio.money import put_money
from crawler.sources.kohesio.places import countries_of, put_places
from crawler.sources.kohesio.table import SEVERAL, Row, cell_text, values
from crawler.sources.kohesio.values import read_day

_SUMMARY = 600
_JOINED = frozenset(
    {"beneficiary", "country", "country_code", "category", "category_label", "fund", "fund_name", "point", "lau"}
    | {"lau_id", "nuts3", "nuts3_label", "nuts2", "nuts2_label", "nuts1", "nuts1_label"}
)
"""Columns in which rows of one project may differ: each adds to the project."""
_AMOUNTS = frozenset({"cost", "eu_amount", "rate"})
"""Columns in which they must not: it would not be known whether rows are parts of the whole."""


def joined(rows: list[Row], key: str, log: IssueLog) -> Row:
    """One row for a project: lists are joined, of other columns the first value counts."""
    if len(rows) == 1:
        return rows[0]
    found: Row = {}
    for name in dict.fromkeys(name for row in rows for name in row):
        cells = list(dict.fromkeys(row[name] for row in rows if name in row))
        if name in _JOINED:
            found[name] = SEVERAL.join(dict.fromkeys(value for cell in cells for value in values(cell)))
        elif len(cells) == 1 or name not in _AMOUNTS:
            found[name] = cells[0]
        else:
            log.add(key, name, "rows_disagree", "rows of one project give different amounts; none is kept", cells)
    return found


def read_project(
    number: int, rows: list[Row], period: str, file: str, guide: Guide, log: IssueLog, now: dt.datetime
) -> RawRecord | None:
    """The record of a project, which `file` tells of; None when it cannot be one."""
    key = f"Q{number}"
    row = joined(rows, key, log)
    fields = Fields(row, key, log, {})
    countries = countries_of(fields)
    if not countries:
        log.lost(key, "country", "no_country", "no country can be read, so the project is left out", row.get("country"))
        return None
    facts = _texts(fields, guide.languages(countries))
    _put_names(number, fields, facts, guide.config)
    put_places(fields, countries, guide.interest.limits.most_places, facts)
    _put_topics(row, period, facts, guide.interest)
    _put_period(fields, facts)
    put_money(fields, facts, guide.config)
    _put_beneficiaries(fields, facts, guide, guide.languages(countries))
    # A person can open the page of the project; the address of the file changes with every edition.
    source = page_source(guide.config, facts, facts.values["url"], now, sha256({"rows": rows}))
    return build(Practice, key, facts, log, source.model_copy(update={"title": f"{guide.config.title}: {file}"}))


def _texts(fields: Fields, languages: tuple[Language, ...]) -> Facts:
    """Titles and descriptions: English (often a translation by a machine) and the programme's own."""
    names = ("title_en", "summary_en", "title", "summary")
    title_en, summary_en, title, summary = (cell_text(fields.text(name) or "") for name in names)
    own = _own_language(f"{title} {summary}", f"{title_en} {summary_en}", languages)
    titles = _by_language(own, title, title_en)
    facts = Facts(Language.EN if Language.EN in titles else own)
    facts.put("title", titles)
    facts.put("original_language", own if own in titles else facts.language)
    texts = _by_language(own, summary, summary_en)
    texts = {language: text for language, text in texts.items() if text != titles.get(language)}
    short = all(len(text) <= _SUMMARY for text in texts.values())
    facts.put("summary" if short else "approach", texts)
    return facts


def _own_language(own: str, english: str, languages: tuple[Language, ...]) -> Language:
    """Language of the programme's texts. Where both texts are one, it was written in English or not translated."""
    if own == english:
        languages = (Language.EN, *languages)
    return (language_of(own, languages) if own.strip() else None) or Language.EN


def _by_language(language: Language, own: str, english: str) -> dict[Language, str]:
    """Texts that are there; what equals the other one is there once."""
    if language is Language.EN or own == english:
        return {language: text} if (text := own or english) else {}
    return {name: text for name, text in ((language, own), (Language.EN, english)) if text}


def _put_names(number: int, fields: Fields, facts: Facts, config: SourceConfig) -> None:
    key = f"Q{number}"
    fields.pop("id")
    facts.put("id", make_id("kohesio", key))
    facts.put("identifiers", (Identifier(scheme="kohesio", value=key),), raw=fields.text("local_id"))
    facts.put("url", f"{config.urls['project']}{key}")
    facts.put("practice_kind", PracticeKind.FUNDED_PROJECT)


def _put_topics(row: Row, period: str, facts: Facts, interest: Interest) -> None:
    topics = interest.of(row, period).topics
    said = " ".join(row[name] for name in ("category", "category_label", "specific_objective") if name in row)
    for name in ("subjects", "target_groups"):
        words = tuple(dict.fromkeys(word for topic in topics for word in getattr(topic, name)))
        facts.put(name, words, raw=said)
    facts.put("keywords", tuple(values(row.get("category_label", ""))))


def _put_period(fields: Fields, facts: Facts) -> None:
    raw = {name: fields.text(name) for name in ("start", "end")}
    days: dict[str, Any] = {name: read(fields, name, text, read_day) for name, text in raw.items()}
    if days["start"] and days["end"] and days["end"] < days["start"]:
        fields.odd("end", "dates_disagree", f"ends {days['end']} before it starts {days['start']}", raw)
        days["end"] = None
    known = {name: day for name, day in days.items() if day}
    facts.put("period", known, raw=" - ".join(text or "" for text in raw.values()))


def _put_beneficiaries(fields: Fields, facts: Facts, guide: Guide, languages: tuple[Language, ...]) -> None:
    """Names of organisations; others may be private persons. Who leads is only known when there is one."""
    names = [clean(name) for name in values(fields.text("beneficiary") or "")]
    known = tuple(name for name in names if guide.organisations.is_one(name, languages))
    if len(names) == 1:
        facts.put("lead", next(iter(known), None))
    else:
        facts.put("partners", known)
