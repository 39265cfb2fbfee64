"""Pages for who cannot get in: another password, and what is said beside the form for signing in."""

from dataclasses import dataclass, field
from typing import ClassVar

from corpus.desk.elsewhere import Refusal
from corpus.messages import gettext as _

CHANGED = "changed"
LEFT = "left"


@dataclass(frozen=True, slots=True)
class ForgottenPage:
    """The address is asked for to which a letter goes."""

    template: ClassVar[str] = "desk/forgotten.html"

    sent: bool = False


@dataclass(frozen=True, slots=True)
class ResetPage:
    """Another password is asked for."""

    template: ClassVar[str] = "desk/reset.html"

    gone: bool = False
    """The link is too old or was used."""
    problems: dict[str, str] = field(default_factory=dict)


def said(code: str, elsewhere: str) -> str:
    """What stands above the form for signing in, for a code of the address; nothing for any other."""
    sentences = {
        CHANGED: _("Your password was changed. Sign in with it."),
        LEFT: _("Your name, address and password are deleted. Your work stays, without your name. Thank you."),
    }
    return sentences.get(code) or refused(code, elsewhere)


def refused(code: str, elsewhere: str) -> str:
    """Why nobody was signed in by another service; nothing for a code that is none."""
    sentences = {
        Refusal.CANCELLED: _("You did not finish signing in with {name}.", name=elsewhere),
        Refusal.UNREACHABLE: _("{name} does not answer. Try again later, or sign in with a password.", name=elsewhere),
        Refusal.UNTRUSTED: _(
            "What {name} answered could not be trusted, or came too late, so nobody was signed in. Try again; if it "
            "stays so, tell an administrator.",
            name=elsewhere,
        ),
        Refusal.UNVERIFIED: _(
            "{name} does not say that your e-mail address is verified. Have it verified there, or sign in with a "
            "password.",
            name=elsewhere,
        ),
        Refusal.UNKNOWN: _(
            "No account waits for the address that {name} tells. Ask an administrator for an invitation.",
            name=elsewhere,
        ),
    }
    return sentences[Refusal(code)] if elsewhere and code in set(Refusal) else ""
