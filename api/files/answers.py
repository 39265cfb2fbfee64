"""The answer to an idea as a table and as a note for a council: the calls that the page shows, in its order."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from api.files.columns import Column, call_columns
from api.files.lists import head, known_facts, paper, sources
from api.files.paper import Block, Bullets, Facts, Heading, Paper, Paragraph, fact, say
from api.files.table import About
from api.files.values import Value
from api.rows import CallRow
from corpus import formats
from corpus.messages import gettext as _
from corpus.messages import spoken
from corpus.vocab.labels import label
from corpus.vocab.places import country_name
from matcher.answer import Answer, CallMatch, Combination, Excerpt, NoFit, OwnShare, Pair, PracticeMatch

_TOLD = ("status", "cutoffs", "days_left", "grant_min", "grant_max", "budget", "rate", "own_share", "lump_sum")
_TOLD_TOO = ("funds", "countries", "applicant_types", "apply_url")


@dataclass(frozen=True, slots=True)
class Card:
    """A call of an answer: what was found out for this applicant, and its row."""

    match: CallMatch
    row: CallRow


def answer_columns() -> tuple[Column[Card], ...]:
    """Verdict and reasons first, then all columns of a call."""
    mine: tuple[Column[Card], ...] = (
        Column("verdict", _("Can we apply?"), lambda c: label(c.match.eligibility.overall, spoken())),
        Column("why", _("Why"), lambda c: c.match.eligibility.summary),
        Column("excerpt", _("Why it was found"), lambda c: c.match.excerpts[0].text if c.match.excerpts else None),
    )
    first, *rest = (Column(c.key, c.heading, _OfRow(c)) for c in call_columns())
    named = {"programme": lambda c: c.match.programme_title or c.match.programme}
    return (first, *mine, *(Column(c.key, c.heading, named.get(c.key, c.value)) for c in rest))


@dataclass(frozen=True, slots=True)
class _OfRow:
    """A column of a row, read from a card."""

    column: Column[CallRow]

    def __call__(self, card: Card) -> Value:
        return self.column.value(card.row)


def answer_paper(about: About, idea: str, answer: Answer, cards: Sequence[Card]) -> Paper:
    """The note: the idea, the calls with verdict, reasons, money and deadlines, combinations, examples, sources."""
    blocks: list[Block] = [*head(about), *_idea(idea, answer)]
    blocks.append(Heading(say(_("Calls that could pay"))))
    if answer.no_fit:
        blocks += _no_fit(answer.no_fit)
    for card in cards:
        blocks += _card(card)
    if answer.combination and cards:
        blocks += _combination(answer.combination)
    if answer.policy and answer.policy.paragraph:
        blocks += [Heading(say(_("What the idea serves"))), Paragraph(say(answer.policy.paragraph))]
    if answer.practices:
        blocks += [Heading(say(_("What others did"))), *_practices(answer.practices)]
    return paper(about, blocks)


def _idea(idea: str, answer: Answer) -> Iterator[Block]:
    understood = answer.understood
    yield Heading(say(_("The idea")))
    yield Paragraph(say(idea.strip(), understood.language))
    who, where = understood.applicant.type, understood.applicant.country
    inhabitants = understood.applicant.inhabitants
    yield Facts(
        (
            fact(_("Who applies"), label(who, spoken()) if who else None),
            fact(_("Town"), understood.place),
            fact(_("Country"), country_name(where, spoken()) if where else None),
            fact(_("Inhabitants"), inhabitants),
        )
    )


def _no_fit(empty: NoFit) -> Iterator[Block]:
    yield Paragraph(say(f"{_('Nothing fits yet.')} {empty.sentence}"))
    if empty.removed:
        yield Bullets(tuple(say(f"{item.requirement} {item.remedy}") for item in empty.removed))


def _card(card: Card) -> Iterator[Block]:
    assessment, by_key = card.match.eligibility, {column.key: column for column in call_columns()}
    yield Heading(say(card.row.title, card.row.title_language), 2)
    facts = [fact(_("Can we apply?"), label(assessment.overall, spoken())), fact(_("Why"), assessment.summary)]
    yield Facts(tuple(facts))
    yield from known_facts(card.row, [by_key[key] for key in (*_TOLD, *_TOLD_TOO)])
    if assessment.doors:
        doors = " ".join(door.sentence for door in assessment.doors)
        yield Paragraph(say(f"{_('Still open:')} {doors}"))
    yield from (_excerpt(item) for item in card.match.excerpts[:1])
    if assessment.rules:
        yield Bullets(tuple(say(f"{label(rule.verdict, spoken())}: {rule.reason}") for rule in assessment.rules))
    yield Paragraph(sources(card.row), quiet=True)


def _excerpt(item: Excerpt) -> Paragraph:
    source = say(
        _("In the words of the source") if item.words == "source" else _("Our statement"), href=item.source_url
    )
    return Paragraph((*say("“"), *say(item.text, item.language), *say("” "), *source))


def _combination(item: Combination) -> Iterator[Block]:
    yield Heading(say(_("Combining funds")))
    yield Paragraph(say(item.sentence))
    for pair in item.pairs:
        yield from _pair(pair)


def _pair(pair: Pair) -> Iterator[Block]:
    yield Heading(say(f"{', '.join(pair.place.funds)} + {', '.join(pair.people.funds)}"), 2)
    yield Bullets(
        tuple((*say(one.title, href=one.url), *say(f": {'; '.join(one.parts)}")) for one in (pair.place, pair.people))
    )
    start = formats.day(pair.both_open_from)
    if pair.both_open_to:
        end = formats.day(pair.both_open_to)
        months = _("Both can be applied for from {start} to {end}.", start=start, end=end)
    else:
        months = _("Both can be applied for from {start}, with no end.", start=start)
    yield Paragraph(say(months + (f" ({_('indicative')})" if pair.indicative else "")))
    yield Facts((fact(_("Own share"), _share(pair.own_share)),))
    yield Bullets(tuple((*say(f"{rule.text} "), *say(rule.title, href=rule.url)) for rule in pair.rules))


def _share(item: OwnShare) -> str:
    if item.low is None or item.high is None:
        return f"{_('not known')} ({item.formula})"
    low = f"{formats.money(item.low)} – " if item.low != item.high else ""
    return f"{low}{formats.money(item.high)} = {item.formula}"


def _practices(practices: Sequence[PracticeMatch]) -> Iterator[Block]:
    for match in practices:
        yield Heading(say(match.title, match.title_language), 2)
        yield Facts(
            (
                fact(_("Town"), match.place),
                fact(_("Country"), country_name(match.country, spoken())),
                fact(_("Inhabitants"), match.population),
                fact(_("Cost"), match.cost),
                fact(_("Source"), match.url),
                fact(_("Checked"), match.checked),
            )
        )
