"""One call or one practice as a paper: what the page of the record says."""

from collections.abc import Iterator

from api.files.columns import NO_PROGRAMMES, Programmes, call_columns, deadline, practice_columns
from api.files.lists import head, known_facts, paper
from api.files.paper import Block, Bullets, Heading, Line, Paper, Paragraph, say
from api.files.table import About
from api.rows import CallRow, PracticeRow
from api.schemas import CallAnswer
from corpus import formats
from corpus.messages import gettext as _
from corpus.messages import spoken
from corpus.model import Practice, RecordBase
from corpus.parts import Evidence, LangText, Source
from corpus.vocab.labels import label
from matcher.eligibility import RuleVerdict

_APART = frozenset({"title", "summary", "cutoffs", "results", "sources", "checked"})


def call_paper(about: About, answer: CallAnswer, row: CallRow, programmes: Programmes = NO_PROGRAMMES) -> Paper:
    """A call: key data, what it pays for, every rule with its source, every deadline, documents, sources."""
    call = answer.call
    blocks: list[Block] = [*head(about)]
    blocks += known_facts(row, [column for column in call_columns(programmes) if column.key not in _APART])
    blocks += _texts(call, _("What it pays for"), call.summary, call.objectives, call.activities)
    blocks += _section(_("Deadlines"), tuple(say(deadline(cutoff)) for cutoff in row.cutoffs))
    blocks += _section(_("Can we apply?"), tuple(_rule(rule) for rule in answer.eligibility.rules))
    blocks += _section(_("Documents"), tuple(say(d.title, d.language, d.url) for d in call.documents))
    blocks += _read(call)
    return paper(about, blocks)


def practice_paper(about: About, practice: Practice, row: PracticeRow) -> Paper:
    """A practice: where, what was done, what came of it and how well that is known, what failed, sources."""
    blocks: list[Block] = [*head(about)]
    blocks += known_facts(row, [column for column in practice_columns() if column.key not in _APART])
    blocks += _texts(practice, _("Summary"), practice.summary)
    blocks += _texts(practice, _("The problem"), practice.problem)
    blocks += _texts(practice, _("What was done"), practice.approach)
    results = tuple(
        (*say(r.statement, r.language), *say(f" ({label(r.level, spoken())})")) for r in row.results if r.statement
    )
    blocks += _section(_("What came of it"), results)
    blocks += _texts(practice, _("What failed"), practice.what_failed)
    blocks += _texts(practice, _("What another place needs"), practice.transfer.conditions)
    blocks += _read(practice)
    return paper(about, blocks)


def _texts(record: RecordBase, name: str, *fields: LangText) -> Iterator[Block]:
    """Texts under a heading, each in the best language that it has."""
    told = [field for field in fields if field]
    if told:
        yield Heading(say(name))
    for field in told:
        text = record.text(field, spoken())
        language = next(code for code, words in field.items() if words == text)
        yield Paragraph(say(text, language))


def _section(name: str, items: tuple[Line, ...]) -> Iterator[Block]:
    if items:
        yield Heading(say(name))
        yield Bullets(items)


def _rule(rule: RuleVerdict) -> Line:
    """What a rule asks and says, with the words that it rests on."""
    text = f"{label(rule.verdict, spoken())}: {rule.requirement} {rule.reason}"
    return (*say(text), *(_evidence(rule.evidence[0]) if rule.evidence else ()))


def _evidence(item: Evidence) -> Line:
    place = say(f" ({item.place})") if item.place else ()
    if item.excerpt:
        return (*say(" “"), *say(item.excerpt, item.language), *say("”"), *place)
    return (*say(f" {item.statement or item.raw}"), *place)


def _read(record: RecordBase) -> Iterator[Block]:
    yield Heading(say(_("Where this was read")))
    yield Bullets(tuple(_source(source) for source in record.sources))


def _source(source: Source) -> Line:
    name = say(source.title or source.url, source.language, source.url)
    if source.read_on:
        return (*name, *say(". " + _("Read on {date}.", date=formats.day(source.read_on))))
    if source.fetched_at:
        return (*name, *say(". " + _("Fetched on {date}.", date=formats.day(source.fetched_at.date()))))
    return (*name, *say(". " + _("Address only: not read by us.")))
