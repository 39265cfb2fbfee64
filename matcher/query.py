"""What a person asks: the idea, and who has it."""

import datetime as dt
from decimal import Decimal
from typing import Annotated

from pydantic import Field, field_validator

from corpus.parts import Frozen
from corpus.vocab import Language
from matcher.profile import Applicant

MAX_IDEA = 4000
"""Characters; more is a project file, and the model reads no more."""


class IdeaQuery(Frozen):
    """An idea in the person's own words and language. It is not stored and not logged.

    Attributes:
        text: the idea, 1 to 4,000 characters with at least three letters.
        language: language of the idea; left out, it is recognised.
        applicant: who applies; what is left out is not known.
        place: name of the town, from which country and inhabitants are filled in where they are left out.
        as_of: the day of asking; left out, it is today.
        limit: how many calls and practices to return at most.
        only: ids of calls to look at, instead of searching.
        budget: cost of the whole project in euro; left out, shares are reckoned at the largest grants.
        explain: whether to lay out the idea in parts and say what each meets; without it an answer comes sooner.
    """

    text: Annotated[str, Field(max_length=MAX_IDEA)]
    language: Language | None = None
    applicant: Applicant = Applicant()
    place: Annotated[str, Field(max_length=200)] | None = None
    as_of: dt.date | None = None
    limit: Annotated[int, Field(ge=1, le=50)] = 10
    only: tuple[str, ...] = ()
    budget: Annotated[Decimal, Field(gt=0, le=10**12, allow_inf_nan=False)] | None = None
    explain: bool = True

    @field_validator("text")
    @classmethod
    def _has_words(cls, text: str) -> str:
        if sum(character.isalpha() for character in text) < 3:
            raise ValueError("describe the idea in a sentence or two: what, for whom, where")
        return text.strip()
