import email
import socketserver
import stat
import threading
from collections.abc import Iterator
from email.policy import default
from pathlib import Path

import pytest
from pydantic import ValidationError

from corpus.errors import MailError
from corpus.mail import Letter, Outbox, Smtp, transport, written
from corpus.settings import MailSettings
from tests.factories import NOW

LETTER = Letter(
    id="6f0a",
    to="mayor@town.example",
    subject="Две нови\nпокани",
    text="Добър ден\n" + "щ" * 300 + "\n",
    language="bg",
    stop="https://isopolis.example/bg/alerts/stop/x",
)
MESSAGE = written(LETTER, "Isopolis <news@isopolis.example>", NOW)


class _Server(socketserver.StreamRequestHandler):
    """A mail server that speaks as much of RFC 5321 as a test needs."""

    def handle(self) -> None:
        self.say("220 test")
        for line in iter(self.rfile.readline, b""):
            command = line.strip().decode().upper()
            self.server.heard.append(command)  # type: ignore[attr-defined]
            if command.startswith("RCPT") and self.server.refuses:  # type: ignore[attr-defined]
                self.say("550 no such box mayor@town.example")
            elif command == "DATA":
                self.say("354 go on")
                self.server.letters.append(b"".join(iter(self.rfile.readline, b".\r\n")))  # type: ignore[attr-defined]
                self.say("250 taken")
            elif command == "QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 fine")

    def say(self, text: str) -> None:
        self.wfile.write(text.encode() + b"\r\n")


@pytest.fixture
def server() -> Iterator[socketserver.ThreadingTCPServer]:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Server) as opened:
        opened.daemon_threads = True
        opened.letters, opened.heard, opened.refuses = [], [], False  # type: ignore[attr-defined]
        thread = threading.Thread(target=opened.serve_forever)
        thread.start()
        yield opened
        opened.shutdown()
        thread.join()


def smtp(server: socketserver.ThreadingTCPServer) -> Smtp:
    return Smtp(MailSettings(host="127.0.0.1", port=server.server_address[1], security="none"))


def test_a_letter_can_be_read_by_another_reader() -> None:
    read = email.message_from_string(MESSAGE, policy=default)
    assert (read["to"], read["from"]) == ("mayor@town.example", "Isopolis <news@isopolis.example>")
    assert read["subject"] == "Две нови покани"
    assert read.get_content().replace("\r\n", "\n") == LETTER.text
    assert read["message-id"] == "<6f0a@isopolis.example>"
    assert (read["auto-submitted"], read["content-language"]) == ("auto-generated", "bg")
    assert max(map(len, MESSAGE.split("\r\n"))) <= 998


def test_one_click_stops_as_the_standard_says() -> None:
    read = email.message_from_string(MESSAGE, policy=default)
    assert read["list-unsubscribe"] == f"<{LETTER.stop}>"
    assert read["list-unsubscribe-post"] == "List-Unsubscribe=One-Click"


def test_a_letter_is_a_file_that_only_its_owner_reads(tmp_path: Path) -> None:
    box = Outbox(tmp_path / "outbox")
    for _ in range(2):
        box.send(LETTER.id, MESSAGE)
    (file,) = (tmp_path / "outbox").iterdir()
    assert file.name == "6f0a.eml"
    assert file.read_bytes().decode() == MESSAGE
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_an_outbox_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "outbox").write_text("in the way")
    with pytest.raises(MailError, match="outbox cannot be written"):
        Outbox(tmp_path / "outbox").send(LETTER.id, MESSAGE)


def test_a_server_gets_the_letter(server: socketserver.ThreadingTCPServer) -> None:
    smtp(server).send(LETTER.id, MESSAGE)
    (got,) = server.letters  # type: ignore[attr-defined]
    assert email.message_from_bytes(got, policy=default)["subject"] == "Две нови покани"
    assert "RCPT TO:<MAYOR@TOWN.EXAMPLE>" in server.heard  # type: ignore[attr-defined]


def test_a_refusal_is_told_without_the_address(server: socketserver.ThreadingTCPServer) -> None:
    server.refuses = True  # type: ignore[attr-defined]
    with pytest.raises(MailError, match="SMTPRecipientsRefused") as error:
        smtp(server).send(LETTER.id, MESSAGE)
    assert "mayor" not in str(error.value)
    assert error.value.__cause__ is None


def test_a_server_that_is_not_there_is_told() -> None:
    with pytest.raises(MailError, match=r"127\.0\.0\.1 did not take"):
        Smtp(MailSettings(host="127.0.0.1", port=1, security="none")).send(LETTER.id, MESSAGE)


def test_without_a_server_letters_are_files(tmp_path: Path) -> None:
    assert isinstance(transport(MailSettings(), tmp_path), Outbox)
    assert isinstance(transport(MailSettings(host="mail.example"), tmp_path), Smtp)


@pytest.mark.parametrize("sender", ["nobody", "A <b>", "a@b\nBcc: c@d"])
def test_an_impossible_sender_is_refused(sender: str) -> None:
    with pytest.raises(ValidationError):
        MailSettings(sender=sender)
