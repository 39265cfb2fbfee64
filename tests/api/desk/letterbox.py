"""Letters that a desk sent, as the people read them."""

import email
import re
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import default

from corpus.errors import MailError

HOME = "https://isopolis.example"


@dataclass
class Letterbox:
    """Takes every letter, or refuses all."""

    repeatable = True
    refuses: bool = False
    letters: list[EmailMessage] = field(default_factory=list)

    def send(self, letter_id: str, message: str) -> None:
        if self.refuses:
            raise MailError(f"the mail server did not take {letter_id}")
        parsed = email.message_from_string(message, policy=default)
        assert isinstance(parsed, EmailMessage)
        self.letters.append(parsed)

    def to(self) -> list[str]:
        return [str(letter["To"]) for letter in self.letters]

    def link(self) -> str:
        """The path of the link in the last letter."""
        found = re.findall(rf"{HOME}(/\S+)", self.letters[-1].get_content())
        assert len(found) == 1
        return str(found[0])
