"""The page on which an idea is typed and answered."""

from dataclasses import dataclass, field
from typing import ClassVar

from pydantic import BaseModel, ConfigDict, ValidationError

from corpus.messages import spoken
from corpus.vocab import ApplicantType, Language
from corpus.vocab.labels import label
from corpus.vocab.places import EU27, country_name
from matcher.answer import Answer
from matcher.query import MAX_IDEA, IdeaQuery


@dataclass(frozen=True, slots=True)
class Example:
    """An idea to begin with."""

    text: str
    language: Language


EXAMPLES = (
    Example("We want a day centre for Roma children and their parents, with meals, play and advice.", Language.EN),
    Example("Chcemy zamienić pustą szkołę w dom sąsiedzki dla seniorów i młodzieży.", Language.PL),
    Example("Nous voulons aider les femmes migrantes à trouver un emploi, avec garde d'enfants.", Language.FR),
)


@dataclass(frozen=True, slots=True)
class Choice:
    """An option of a list."""

    value: str
    label: str


class AskForm(BaseModel):
    """What the person typed, kept when something is wrong with it."""

    model_config = ConfigDict(frozen=True)

    idea: str = ""
    applicant: str = ""
    country: str = ""
    place: str = ""
    population: str = ""

    def query(self) -> IdeaQuery:
        """The question that the form asks.

        Raises:
            ValidationError: a field is impossible.
        """
        who = {"type": self.applicant, "country": self.country, "population": self.population.strip()}
        applicant = {key: value for key, value in who.items() if value}
        return IdeaQuery.model_validate(
            {"text": self.idea, "applicant": applicant, "place": self.place.strip() or None}
        )


@dataclass(frozen=True, slots=True)
class AskPage:
    """The page on which an idea is typed and answered."""

    template: ClassVar[str] = "ask.html"

    form: AskForm
    types: list[Choice]
    countries: list[Choice]
    examples: tuple[Example, ...] = EXAMPLES
    max_idea: int = MAX_IDEA
    answer: Answer | None = None
    errors: dict[str, str] = field(default_factory=dict)


def ask_page(form: AskForm, answer: Answer | None = None, errors: dict[str, str] | None = None) -> AskPage:
    """The page for a form, with an answer or with what is wrong."""
    types = [Choice(kind.value, label(kind, spoken())) for kind in ApplicantType]
    names = sorted((country_name(code, spoken()), code) for code in EU27)
    countries = [Choice(code, name) for name, code in names]
    return AskPage(form, types, countries, answer=answer, errors=errors or {})


_FIELDS = {"text": "idea", "applicant.type": "applicant"}


def form_errors(error: ValidationError) -> dict[str, str]:
    """What is wrong, by field of the form."""
    errors = {}
    for item in error.errors():
        path = ".".join(str(part) for part in item["loc"])
        name = _FIELDS.get(path, path.removeprefix("applicant."))
        errors[name] = item["msg"].removeprefix("Value error, ")
    return errors
