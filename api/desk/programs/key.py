"""Who a program acts for: the person of the key that it shows (`Authorization: Bearer ...`, RFC 6750)."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request, Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from api.desk.programs.guesses import Guesses
from api.desk.session import DeskDep
from api.errors import ForbiddenError, UnauthorizedError
from corpus.desk.accounts import Account
from corpus.desk.errors import UnknownItemError
from corpus.desk.keys import Key, KeyScope
from corpus.desk.rights import Actor

_SCHEME = HTTPBearer(
    scheme_name="deskKey",
    description="A key that a person of the desk made for a program. It may do what its person may; a key for reading "
    "changes nothing. It ends by itself, and at once when it is revoked or when its person gets another role.",
    auto_error=False,
)


@dataclass(frozen=True, slots=True)
class Program:
    """A program with the person for whom it acts."""

    account: Account
    key: Key

    @property
    def actor(self) -> Actor:
        """The person, as rights see it."""
        return self.account.actor()


def get_program(
    request: Request, desk: DeskDep, given: Annotated[HTTPAuthorizationCredentials | None, Security(_SCHEME)]
) -> Program:
    """The program that asks.

    Raises:
        UnauthorizedError: it shows no key, or none that is valid.
        TooManyError: too many wrong keys came from there.
    """
    if given is None:
        raise UnauthorizedError("send a key of the desk: Authorization: Bearer KEY")
    guesses: Guesses = request.app.state.guesses
    guesses.check(request)
    try:
        account = desk.accounts.of_key(given.credentials, desk.clock())
        program = Program(account, desk.accounts.keys.use(given.credentials, desk.clock()))
    except UnknownItemError as error:
        guesses.count(request)
        raise UnauthorizedError("this key is not valid or no longer valid: make a new one at the desk") from error
    request.state.desk_account = account.id
    return program


ReaderDep = Annotated[Program, Depends(get_program)]


def get_writer(program: ReaderDep) -> Program:
    """The program that asks, with a key that may write.

    Raises:
        ForbiddenError: the key may only read.
    """
    if program.key.scope is not KeyScope.WRITE:
        raise ForbiddenError("this key may only read: make one that may write")
    return program


WriterDep = Annotated[Program, Depends(get_writer)]
