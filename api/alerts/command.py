"""The command `isopolis alerts`: look for news, write to those who want to know, send."""

from functools import cache

from sqlalchemy import Engine

from api.alerts.post import Post, Report, run
from api.settings import ApiSettings
from api.state import Service
from corpus.database import open_database
from corpus.errors import SettingsError
from corpus.mail import transport
from corpus.settings import CorpusSettings, MailSettings, load
from matcher.assemble import open_matcher, system_clock
from matcher.embed import build_embedder
from matcher.settings import MatcherSettings

LOCAL = "http://127.0.0.1:8000"
"""Address in letters that stay on this machine, unless another is set."""


def post_office(service: Service, engine: Engine, local: str = LOCAL) -> Post:
    """The post office by the settings; `local` stands in letters while no public address is set.

    Raises:
        SettingsError: letters are to leave this machine, and nobody said which address stands in them.
    """
    mail, address = load(MailSettings), load(ApiSettings).address
    if mail.host and not address:
        raise SettingsError("ISOPOLIS_API_ADDRESS: letters by SMTP name the public address of the service; set it")
    way = transport(mail, load(CorpusSettings).home)
    return Post(engine, way, mail.sender, address or local, service)


def alerts_command() -> int:
    """Run once; 1 when letters wait because they were refused."""
    settings = load(MatcherSettings)
    model = cache(lambda: build_embedder(settings))
    service = Service(settings.home, lambda: open_matcher(settings, model()), system_clock)
    engine = open_database(load(CorpusSettings).store_url)
    try:
        report = run(post_office(service, engine))
    finally:
        engine.dispose()
    print("\n".join(lines(report)))
    return 1 if report.sent.refused else 0


def lines(report: Report) -> list[str]:
    """A report in words."""
    sent = report.sent
    found = [f"{report.readers} readers were due, {report.written} letters were written, {sent.sent} were sent"]
    if sent.refused:
        found.append(f"{sent.refused} letters wait for the next run: {sent.problem}")
    if sent.uncertain:
        found.append(f"{sent.uncertain} letters of an interrupted run may have been sent and are not repeated")
    if report.unreadable:
        found.append(f"{report.unreadable} searches cannot be read any more")
    if report.forgotten:
        found.append(f"{report.forgotten} requests were never confirmed and are deleted")
    return found
