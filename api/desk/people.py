"""What administrators see of the people of the desk."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import ClassVar

from babel import Locale
from pydantic import BaseModel, ConfigDict

from api.desk.service import Desk
from api.desk.session import Session
from api.desk.views import role_name
from corpus.desk.accounts import Newcomer
from corpus.desk.errors import ContentError
from corpus.desk.people import People, Person, PersonState
from corpus.desk.rights import DeskRole
from corpus.messages import gettext as _
from corpus.messages import spoken
from corpus.vocab.places import EU27, INTERFACE_LANGUAGES, country_name

_LONGEST_ADDRESS = 254
_LONGEST_NETWORK = 200


class LimitsForm(BaseModel):
    """What somebody may do, and where."""

    model_config = ConfigDict(frozen=True)

    role: DeskRole = DeskRole.CONTRIBUTOR
    countries: list[str] = []
    network: str = ""

    def limits(self) -> dict[str, object]:
        """The columns of the account.

        Raises:
            ContentError: a country is none, or the network has too long a name.
        """
        if set(self.countries) - set(EU27):
            raise ContentError({"countries": "not of the Union"})
        if len(self.network.strip()) > _LONGEST_NETWORK:
            raise ContentError({"network": "too long"})
        countries = sorted(set(self.countries)) or None
        return {"role": self.role.value, "countries": countries, "network": self.network.strip() or None}


class InviteForm(LimitsForm):
    """Somebody who is to be invited."""

    email: str = ""
    language_of_letters: str = ""

    def newcomer(self) -> Newcomer:
        """Who that is.

        Raises:
            ContentError: names the field.
        """
        self.limits()
        if len(self.email) > _LONGEST_ADDRESS:
            raise ContentError({"email": "too long"})
        language = self.language_of_letters if self.language_of_letters in set(INTERFACE_LANGUAGES) else None
        countries = frozenset(self.countries) or None
        return Newcomer(self.email, self.role, countries, self.network.strip() or None, language)


@dataclass(frozen=True, slots=True)
class Sent:
    """An invitation that was made."""

    email: str
    by_letter: bool
    link: str
    """To be passed on where no letter left; empty otherwise."""


@dataclass(frozen=True, slots=True)
class Line:
    """Somebody in the list."""

    person: Person
    role: str
    state: str


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """Everybody, and the form of an invitation."""

    template: ClassVar[str] = "desk/people.html"

    lines: list[Line]
    form: InviteForm
    token: str
    roles: list[tuple[str, str]]
    countries: list[tuple[str, str]]
    languages: list[tuple[str, str]]
    sent: Sent | None
    problems: dict[str, str]


@dataclass(frozen=True, slots=True)
class PersonPage:
    """Somebody, and what an administrator can do."""

    template: ClassVar[str] = "desk/person.html"

    line: Line
    form: LimitsForm
    token: str
    roles: list[tuple[str, str]]
    countries: list[tuple[str, str]]
    sent: Sent | None = None
    problems: dict[str, str] = field(default_factory=dict)


def people_page(
    desk: Desk,
    session: Session,
    form: InviteForm | None = None,
    sent: Sent | None = None,
    problems: dict[str, str] | None = None,
) -> PeoplePage:
    """Everybody.

    Raises:
        NotAllowedError: only administrators see this.
    """
    people = People(desk.accounts).all(desk.clock(), session.account.actor())
    return PeoplePage(
        lines=[_line(person) for person in people],
        form=form or InviteForm(language_of_letters=spoken().value),
        token=session.form_token,
        roles=_roles(),
        countries=_countries(),
        languages=languages(),
        sent=sent,
        problems=explained(problems or {}),
    )


def person_page(
    desk: Desk, session: Session, number: int, sent: Sent | None = None, problems: Iterable[str] = ()
) -> PersonPage:
    """Somebody by number.

    Raises:
        UnknownItemError: there is nobody of that number, or they have left.
        NotAllowedError: only administrators see this.
    """
    person = People(desk.accounts).one(number, desk.clock(), session.account.actor())
    account = person.account
    form = LimitsForm(role=account.role, countries=sorted(account.countries or ()), network=account.network or "")
    told = explained(dict.fromkeys(problems, ""))
    return PersonPage(_line(person), form, session.form_token, _roles(), _countries(), sent, told)


def explained(fields: dict[str, str]) -> dict[str, str]:
    """What is wrong in a form, in the spoken language."""
    sentences = {
        "email": _("Write an address such as name@example.org, of somebody who has no account yet."),
        "countries": _("Choose countries of the list."),
        "network": _("The name of the network is too long."),
        "last": _("Somebody must be left who can invite others: name another administrator first."),
    }
    return {name: sentences[name] for name in fields if name in sentences}


def state_name(state: PersonState) -> str:
    """Whether somebody can sign in, in words."""
    names = {
        PersonState.INVITED: _("invited"),
        PersonState.ACTIVE: _("can sign in"),
        PersonState.LOCKED: _("locked for a quarter of an hour"),
        PersonState.CLOSED: _("closed"),
    }
    return names[state]


def _line(person: Person) -> Line:
    return Line(person, role_name(person.account.role), state_name(person.state))


def languages() -> list[tuple[str, str]]:
    """Languages of letters, each by its name in the spoken language."""
    return [(code.value, str(Locale(code.value).get_display_name(spoken().value))) for code in INTERFACE_LANGUAGES]


def _roles() -> list[tuple[str, str]]:
    return [(role.value, role_name(role)) for role in DeskRole]


def _countries() -> list[tuple[str, str]]:
    return sorted(((code, country_name(code, spoken())) for code in EU27), key=lambda pair: pair[1])
