"""Letters by e-mail: written with the standard library, handed to an SMTP server or put into a folder.

Addresses of readers stand in letters and nowhere else: no error, log or file name repeats them.
"""

import datetime as dt
import os
import smtplib
import ssl
from dataclasses import dataclass
from email import message_from_string
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from pathlib import Path
from typing import Protocol

from corpus.errors import MailError
from corpus.settings import MailSettings

_PATIENCE = 30
"""Seconds to wait for a mail server."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter to one person."""

    id: str
    to: str
    subject: str
    text: str
    language: str
    stop: str = ""
    """Address at which one POST stops all further letters (RFC 8058); empty where there is nothing to stop yet."""


def written(letter: Letter, sender: str, now: dt.datetime) -> str:
    """A letter as it travels (RFC 5322): plain text, in signs that every server carries."""
    message = EmailMessage(policy=SMTP)
    name, address = parseaddr(sender)
    message["From"] = Address(name, addr_spec=address)
    message["To"] = Address(addr_spec=letter.to)
    message["Subject"] = " ".join(letter.subject.split())
    message["Date"] = format_datetime(now)
    message["Message-ID"] = f"<{letter.id}@{address.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    if letter.stop:
        message["List-Unsubscribe"] = f"<{letter.stop}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(letter.text, cte="quoted-printable")
    message["Content-Language"] = letter.language
    return message.as_bytes().decode("ascii")


class Transport(Protocol):
    """A way to hand letters over."""

    repeatable: bool
    """Whether handing the same letter over again leaves one letter."""

    def send(self, letter_id: str, message: str) -> None:
        """Hand a letter over.

        Raises:
            MailError: it was not taken; it can be tried again.
        """


class Outbox:
    """A folder with one file a letter: for trying out, and for installations whose mail another program sends."""

    repeatable = True

    def __init__(self, folder: Path) -> None:
        """`folder` is made when the first letter comes."""
        self._folder = folder

    def send(self, letter_id: str, message: str) -> None:
        """Write the letter; only the owner of the process can read it."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            work = self._folder / f".{letter_id}.part"
            with os.fdopen(os.open(work, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
                file.write(message.encode("ascii"))
            os.replace(work, self._folder / f"{letter_id}.eml")
        except OSError as error:
            raise MailError(f"the outbox {self._folder} cannot be written: {error.strerror}") from error


class Smtp:
    """A mail server."""

    repeatable = False

    def __init__(self, settings: MailSettings) -> None:
        """Nothing is connected before the first letter."""
        self._settings = settings

    def send(self, letter_id: str, message: str) -> None:
        """Hand one letter over, in a connection of its own."""
        del letter_id  # it stands in the letter, for those who look for it in the server's log
        try:
            with self._connection() as server:
                if self._settings.user:
                    server.login(self._settings.user, self._settings.password.get_secret_value())
                server.send_message(_read(message))
        except (smtplib.SMTPException, OSError) as error:
            # Only the kind of error: its text can repeat the address of the reader.
            name = type(error).__name__
            raise MailError(f"the mail server {self._settings.host} did not take a letter ({name})") from None

    def _connection(self) -> smtplib.SMTP:
        host, port = self._settings.host, self._settings.port
        context = ssl.create_default_context()
        if self._settings.security == "tls":
            return smtplib.SMTP_SSL(host, port, timeout=_PATIENCE, context=context)
        server = smtplib.SMTP(host, port, timeout=_PATIENCE)
        if self._settings.security == "starttls":
            server.starttls(context=context)
        return server


def transport(settings: MailSettings, home: Path) -> Transport:
    """The way that the settings name."""
    return Smtp(settings) if settings.host else Outbox(home / "outbox")


def _read(message: str) -> EmailMessage:
    return message_from_string(message, policy=SMTP)
