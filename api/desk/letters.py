"""What letters of the desk say. They name no person but the one they go to, and no secret but their own link."""

from typing import NamedTuple

from corpus.messages import gettext as _


class Words(NamedTuple):
    """Subject and text of a letter."""

    subject: str
    text: str


def reset_words(link: str) -> Words:
    """How to set another password."""
    lines = (
        _("Somebody, probably you, asked for another password for the desk of Isopolis."),
        "",
        _("Choose it on this page. The link works once, for one hour:"),
        link,
        "",
        _("If you did not ask for this, do nothing: your password stays as it is."),
    )
    return Words(_("Another password for the desk"), _text(lines))


def invitation_words(link: str, role: str) -> Words:
    """What somebody is invited to."""
    lines = (
        _("You are invited to help to keep the good practices of Isopolis, as {role}.", role=role),
        "",
        _("Begin on this page. The link works once, for 14 days:"),
        link,
        "",
        _("If you do not want this, do nothing: after 14 days your address is forgotten."),
    )
    return Words(_("Your invitation to the desk of Isopolis"), _text(lines))


def changed_words(link: str) -> Words:
    """That somebody took another password."""
    lines = (
        _("The password of your account at the desk of Isopolis was changed, and every session has ended."),
        "",
        _("If that was not you, ask for another password at once, and tell an administrator:"),
        link,
    )
    return Words(_("Your password was changed"), _text(lines))


def _text(lines: tuple[str, ...]) -> str:
    return "\n".join(lines) + "\n"
