"""Errors of the desk.

DeskError
├── NotAllowedError    this person may not do that
├── TwoPersonError     somebody else has to look at it first
├── WrongStateError    the step is not possible in the state that the record is in
├── ConflictError      somebody changed the record in the meantime; nothing was overwritten
├── UnknownItemError   there is no such record, account or token
├── ContentError       the content breaks a rule; names the fields
└── SignInError        name, password or token are wrong, or the account is locked
"""

from corpus.errors import CorpusError


class DeskError(CorpusError):
    """Base of the errors of the desk; the text is written for the person at the screen."""


class NotAllowedError(DeskError):
    """This person may not do that."""


class TwoPersonError(NotAllowedError):
    """Somebody else has to look at it first."""


class WrongStateError(DeskError):
    """The step is not possible in the state that the record is in."""


class ConflictError(DeskError):
    """Somebody changed the record in the meantime. Raised before anything is written."""


class UnknownItemError(DeskError):
    """There is no such record, account or token."""


class ContentError(DeskError):
    """The content breaks a rule; `fields` says which, and what would be right."""

    def __init__(self, fields: dict[str, str]) -> None:
        self.fields = fields
        super().__init__("; ".join(f"{field}: {problem}" for field, problem in fields.items()))


class SignInError(DeskError):
    """Name, password or token are wrong, or the account is locked."""
