"""How complete a draft is: the questions of `corpus.completeness`, asked of a text that may still be half empty."""

from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from corpus.completeness import Completeness, answered, completeness
from corpus.curated import complete
from corpus.desk.content import Content
from corpus.messages import gettext as _
from corpus.model import Practice

_SKELETON: Content = {
    "title": {"en": "-"},
    "original_language": "en",
    "url": "https://example.org/",
    "practice_kind": "practice",
    "places": [{"name": "-", "country": "BE"}],
    "sources": [{"key": "s1", "url": "https://example.org/", "read_on": "2000-01-01"}],
}
"""What a record must have and no question of completeness asks for: a draft may still lack it."""
_ROUNDS = 8


@dataclass(frozen=True, slots=True)
class Lacking:
    """A question that the text does not answer yet: where in the form, and what would answer it."""

    field: str
    question: str
    how: str


@dataclass(frozen=True, slots=True)
class Complete:
    """How complete a draft is, and what lacks."""

    stamp: str
    answered: int
    of: int
    lacking: tuple[Lacking, ...]


def how_complete(content: Content) -> Complete:
    """How complete a draft is, computed as for every record."""
    practice = _as_practice(content)
    answers = answered(practice)
    asked = _asked()
    lacking = tuple(asked[question] for question, said in answers.items() if not said)
    return Complete(stamp_name(completeness(practice)), sum(answers.values()), len(answers), lacking)


def stamp_name(stamp: Completeness) -> str:
    """A stamp in words."""
    names = {
        Completeness.STUB: _("it says little more than that it exists"),
        Completeness.PARTIAL: _("worth reading"),
        Completeness.FULL: _("somebody can decide on it"),
    }
    return names[stamp]


def _as_practice(content: Content) -> Practice:
    """The practice without what is not right yet: a field that breaks a rule answers no question."""
    data: dict[str, Any] = {**_SKELETON, **content}
    for _round in range(_ROUNDS):
        try:
            return Practice.model_validate(complete(data, "practice", "draft"))
        except ValidationError as error:
            wrong = {str(item["loc"][0]) if item["loc"] else "what_failed" for item in error.errors()}
            data = {key: value for key, value in data.items() if key not in wrong}
            data |= {key: value for key, value in _SKELETON.items() if key in wrong}
        except (ValueError, TypeError, AttributeError):
            break
    return Practice.model_validate(complete(_SKELETON, "practice", "draft"))


def _asked() -> dict[str, Lacking]:
    """The questions of `corpus.completeness`, each with its field in the form."""
    return {
        "the problem": Lacking("problem", _("What was the problem?"), _("Say who had which difficulty, and how many.")),
        "what was done": Lacking("approach", _("What did you do?"), _("Tell the steps in their order.")),
        "for whom": Lacking("target_groups", _("For whom"), _("Tick everybody whom it is meant for.")),
        "its subject": Lacking("subjects", _("About"), _("Tick at least one subject and one problem.")),
        "how large the place is": Lacking(
            "population", _("Inhabitants"), _("Towns look for examples of their own size.")
        ),
        "when": Lacking("start", _("From (year)"), _("The year is enough.")),
        "who paid": Lacking("payer", _("Who else paid?"), _("Choose the fund, or name who paid.")),
        "what it cost": Lacking("cost", _("What did it cost?"), _("A rough sum is better than none.")),
        "what came of it": Lacking("results", _("What came of it?"), _("One thing that changed, and how you know.")),
        "what failed": Lacking(
            "what_failed",
            _("What went wrong, or limits it?"),
            _("Others learn most from this. If you looked and found nothing, tick that."),
        ),
        "what another place needs": Lacking(
            "conditions",
            _("What must another city have?"),
            _("People, rooms, rules, money: what it cannot do without."),
        ),
    }
