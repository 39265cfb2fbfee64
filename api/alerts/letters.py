"""What letters say: plain text, the search in words, what happens next, and how it ends."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from api.alerts.searching import Finds
from api.files.columns import deadlines, payers_of
from api.files.table import advice
from api.rows import CallRow, PracticeRow, RowBase
from corpus import formats
from corpus.alerts.readers import Alert, Rhythm
from corpus.messages import gettext as _
from corpus.messages import ngettext, spoken
from corpus.vocab.labels import label


@dataclass(frozen=True, slots=True)
class Words:
    """Subject and text of a letter."""

    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """What a letter tells of one search: new rows with the link that dismisses each."""

    alert: Alert
    finds: Finds
    rows: Sequence[tuple[RowBase, str]]
    more: int
    """News that the next letter brings, as this one is long enough."""
    stop: str
    """Address that stops this search alone."""


def rhythm_words(rhythm: Rhythm) -> str:
    """How often letters come at most."""
    words = {
        Rhythm.RUN: _("as soon as something new is found"),
        Rhythm.DAILY: _("at most once a day"),
        Rhythm.WEEKLY: _("at most once a week"),
    }
    return words[rhythm]


def promises(rhythm: Rhythm) -> tuple[str, ...]:
    """What an alert does, sentence by sentence: shown before it is asked for and before it begins."""
    return (
        _("You get a letter {rhythm}, and none when there is nothing new.", rhythm=rhythm_words(rhythm)),
        _("No item comes twice; a call that was announced comes once more when it opens."),
        _("Every letter has a link that stops all of them with one click, and links that dismiss an item for good."),
        _(
            "Your address and this search are kept for the letters only, until you stop them; then they are deleted. "
            "Without your confirmation they are deleted after 7 days."
        ),
    )


def confirming(home: str, finds: Finds, rhythm: Rhythm, link: str) -> Words:
    """The letter that asks whether the reader wants this."""
    paragraphs = (
        _("Somebody, probably you, asked Isopolis to write to this address about news for this search:"),
        *(f"  {line}" for line in finds.words),
        "",
        _("What will happen, if you confirm:"),
        *(f"- {line}" for line in promises(rhythm)),
        "",
        _("Confirm within 7 days:"),
        link,
        "",
        _("If you did not ask for this, do nothing: no further letter comes, and the address is deleted."),
        "",
        home,
    )
    return Words(_("Please confirm: news for your search"), "\n".join(paragraphs) + "\n")


def telling(home: str, chapters: Sequence[Chapter], stop: str) -> Words:
    """The letter with what is new."""
    count = sum(len(chapter.rows) for chapter in chapters)
    lines = [line for chapter in chapters for line in _chapter(home, chapter)]
    lines += [
        advice(),
        "",
        _("You get this letter because you confirmed that you want it. Stop all letters with one click:"),
        stop,
    ]
    subject = ngettext("{n} new find for your search", "{n} new finds for your search", count)
    return Words(subject, "\n".join(lines) + "\n")


def _chapter(home: str, chapter: Chapter) -> Iterable[str]:
    yield _("New for your search:")
    yield from (f"  {line}" for line in chapter.finds.words)
    yield ""
    for row, dismiss in chapter.rows:
        yield from _item(home, row)
        yield _("  Never show me this again: {address}", address=dismiss)
        yield ""
    if chapter.more:
        yield ngettext("{n} more comes with the next letter.", "{n} more come with the next letters.", chapter.more)
    yield _("All that the search finds: {address}", address=f"{home}{chapter.finds.path}")
    yield _("Stop this search only: {address}", address=chapter.stop)
    yield ""


def _item(home: str, row: RowBase) -> Iterable[str]:
    """What is new of a row: title, what it is, where it was read."""
    yield f"* {row.title}"
    if isinstance(row, CallRow):
        yield from (f"  {line}" for line in _call(row))
        yield f"  {home}/calls/{row.id}"
    elif isinstance(row, PracticeRow):
        yield f"  {', '.join(place.name for place in row.places)}" + (f" · {payers_of(row)}" if payers_of(row) else "")
        yield f"  {home}/practices/{row.id}"
    source = _("  Source: {address}", address=row.url)
    yield source + (f" ({_('checked on {date}', date=formats.day(row.checked))})" if row.checked else "")


def _call(row: CallRow) -> Iterable[str]:
    yield label(row.status, spoken())
    yield _("Deadlines: {dates}", dates=deadlines(row) or _("not known"))
    if row.grant_max:
        yield _("Largest grant: {amount}", amount=formats.money(row.grant_max))
    if row.own_share is not None:
        yield _("You pay at least {share} yourself.", share=formats.percent(row.own_share))
