"""Forms as people fill them in: what was typed is kept, and what is wrong is said beside its field."""

import re
from collections.abc import Iterable, Mapping
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, ValidationError

from api.schemas import WhoAsks
from corpus import formats
from corpus.messages import gettext as _
from corpus.messages import ngettext
from matcher.query import MAX_IDEA, IdeaQuery

SHOWN = 20
"""Calls and practices that an answer on a page holds at most."""
_THOUSANDS = re.compile(r"\d{1,3}(?:[ .,'’\u00a0\u202f]\d{3})+")
FILTERS = ("verdict", "fund", "status", "where")
"""Filters of an answer, by the names of their fields."""


class FormError(Exception):
    """Fields that cannot be as they are, each with what would be right, in the language that is spoken."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        """`fields`: what is wrong, by name of the field."""
        super().__init__(", ".join(fields))
        self.fields = dict(fields)


class AskForm(BaseModel):
    """What the person typed and chose; empty is not said.

    Attributes:
        place_id: number of the town that was chosen among several of one name.
        taken: the town from which country and inhabitants were filled in (`Taken`), so that another town replaces them.
        verdict, fund, status, where: filters of the answer.
        drop: a filter to be given up, or `all`.
        more: whether all cards are shown.
        share, consent: a link with the idea is asked for, and the person agrees to that.
    """

    model_config = ConfigDict(frozen=True)

    idea: str = ""
    language: str = ""
    applicant: str = ""
    place: str = ""
    place_id: str = ""
    taken: str = ""
    country: str = ""
    population: str = ""
    verdict: str = ""
    fund: str = ""
    status: str = ""
    where: str = ""
    sort: str = ""
    drop: str = ""
    more: str = ""
    share: str = ""
    consent: str = ""

    def cleaned(self) -> Self:
        """The form without the filters that were given up."""
        names: Iterable[str] = FILTERS if self.drop == "all" else [name for name in FILTERS if name == self.drop]
        return self.model_copy(update={"drop": "", **dict.fromkeys(names, "")})

    def query(self) -> IdeaQuery:
        """The question that the form asks.

        Raises:
            FormError: a field is impossible.
        """
        who = {"type": self.applicant, "country": self.country, "population": inhabitants(self.population)}
        applicant = {key: value for key, value in who.items() if value}
        asked = {"text": self.idea, "language": self.language or None, "applicant": applicant, "limit": SHOWN}
        try:
            return IdeaQuery.model_validate(asked)
        except ValidationError as error:
            raise FormError(problems(error, self.idea)) from error


class WhoForm(BaseModel):
    """Who asks, in the address of a call: empty is not said."""

    model_config = ConfigDict(frozen=True)

    applicant: str = ""
    country: str = ""
    population: str = ""
    degurba: str = ""
    role: str = ""
    as_of: str = ""

    def who(self) -> WhoAsks:
        """The applicant.

        Raises:
            FormError: a field is impossible.
        """
        given = {**self.model_dump(), "population": inhabitants(self.population)}
        try:
            return WhoAsks.model_validate({name: value for name, value in given.items() if value})
        except ValidationError as error:
            raise FormError(problems(error)) from error


def inhabitants(typed: str) -> str:
    """A number of people without the signs between its thousands: 12 500, 12.500 and 12,500 are one."""
    text = typed.strip()
    return re.sub(r"\D", "", text) if _THOUSANDS.fullmatch(text) else text


_FIELDS = {"text": "idea", "applicant.type": "applicant"}


def problems(error: ValidationError, idea: str = "") -> dict[str, str]:
    """What is wrong, by field of the form, in the language that is spoken."""
    found = {}
    for item in error.errors():
        path = ".".join(str(part) for part in item["loc"])
        name = _FIELDS.get(path, path.removeprefix("applicant."))
        found[name] = _problem(name, item, idea)
    return found


def _problem(name: str, item: Mapping[str, Any], idea: str) -> str:
    if name == "idea" and item["type"] == "string_too_long":
        return ngettext(
            "The text has {count} character; at most {most} can be read. Leave out what is not the idea itself.",
            "The text has {count} characters; at most {most} can be read. Leave out what is not the idea itself.",
            len(idea),
            count=formats.number(len(idea)),
            most=formats.number(MAX_IDEA),
        )
    plain = {
        "idea": _("Describe the idea in a sentence or two: what, for whom, where."),
        "language": _("Choose a language of the list, or let it be recognised."),
        "applicant": _("Choose a kind of organisation of the list, or leave it open."),
        "country": _("Choose a country of the list, or leave it open."),
        "population": _("Write the number of inhabitants in figures, for example 12500, or leave it empty."),
    }
    return plain.get(name, _("This value cannot be read: leave it out."))
