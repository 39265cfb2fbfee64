"""Letters of the desk: sent at once, kept nowhere. Addresses of people are never logged."""

import datetime as dt
import logging
import uuid
from dataclasses import dataclass

from api.desk.letters import Words, changed_words, invitation_words, reset_words
from corpus.desk.accounts import Account, Accounts
from corpus.errors import MailError
from corpus.mail import Letter, Transport, written
from corpus.messages import speaking, spoken
from corpus.vocab import Language

logger = logging.getLogger("isopolis.desk")


@dataclass(frozen=True, slots=True)
class DeskPost:
    """How letters of the desk leave. Links in them name the public address, never the one that a request claims."""

    transport: Transport
    sender: str
    address: str

    def link(self, path: str) -> str:
        """A page of the desk in the spoken language, as it stands in a letter."""
        return f"{self.address}/{spoken()}/desk{path}"

    def send(self, to: str, words: Words, now: dt.datetime) -> bool:
        """Hand a letter over; whether it was taken."""
        letter = Letter(str(uuid.uuid4()), to, words.subject, words.text, spoken())
        try:
            self.transport.send(letter.id, written(letter, self.sender, now))
        except MailError as error:
            logger.warning("a letter of the desk was not taken: %s", error)
            return False
        return True


def send_reset(post: DeskPost, accounts: Accounts, email: str, language: Language, now: dt.datetime) -> None:
    """A letter with a link for another password, where somebody has that address; else nothing."""
    secret = accounts.ask_reset(email, now)
    if secret is not None:
        with speaking(language):
            post.send(email.strip(), reset_words(post.link(f"/reset/{secret}")), now)


def send_invitation(post: DeskPost, email: str, link: str, role: str, now: dt.datetime) -> bool:
    """A letter that invites, in the spoken language; whether it left."""
    return post.send(email, invitation_words(link, role), now)


def send_changed(post: DeskPost, account: Account, now: dt.datetime) -> None:
    """A letter that tells of another password, in the language that the person chose."""
    if account.email:
        with speaking(Language(account.language or spoken())):
            post.send(account.email, changed_words(post.link("/forgotten")), now)
