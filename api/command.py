"""The command `isopolis serve`."""

from contextlib import suppress
from functools import cache

import uvicorn

from api.alerts.command import post_office
from api.app import create_app
from api.desk.opening import opened as opened_desk
from api.desk.service import Desk, Suggest, nothing
from api.settings import ApiSettings
from api.state import Service
from corpus.database import open_database
from corpus.errors import CorpusError
from corpus.settings import CorpusSettings, load
from matcher.assemble import open_matcher, system_clock
from matcher.console import render
from matcher.embed import build_embedder
from matcher.engine import Matcher
from matcher.errors import MatcherError
from matcher.query import IdeaQuery
from matcher.settings import MatcherSettings

SAMPLE = IdeaQuery.model_validate(
    {
        "text": "We want a day centre for Roma children and their parents in our neighbourhood",
        "applicant": {"type": "municipality", "country": "BG"},
        "place": "Gabrovo",
        "limit": 3,
    }
)
"""The idea that `make run` answers, so that a newcomer sees at once what comes out."""


def serve_command(host: str, port: int, sample: bool = False, suggest: Suggest = nothing) -> None:
    """Serve until interrupted; with `sample` answer one idea on the terminal first.

    The matcher is opened before the first question, so that nobody waits for it. `suggest` says what a page tells
    of a practice, for the desk.
    """
    settings = load(MatcherSettings)
    model = cache(lambda: build_embedder(settings))

    def opened() -> Matcher:
        matcher = open_matcher(settings, model())
        matcher.warm_up()
        return matcher

    service = Service(settings.home, opened)
    try:
        matcher = service.matcher()
        if sample:
            print(f"{SAMPLE.text}\n({SAMPLE.place}, municipality)\n\n{render(matcher.match(SAMPLE))}\n")
    except (CorpusError, MatcherError) as error:
        # Records can still be shown, and /health and every question say what to run.
        print(f"not ready to answer ideas: {error}")
    database = open_database(load(CorpusSettings).store_url)
    try:
        desk = opened_desk(Desk.on(database, system_clock, suggest), _local(host, port))
        app = create_app(service, load(ApiSettings), desk, post_office(service, database, _local(host, port)))
        # Whose word about clients is believed is said by a setting, and seen to by the application.
        config = uvicorn.Config(app, host=host, port=port, log_level="warning", proxy_headers=False)
        taken = config.bind_socket()  # ends the process with the reason when the address is in use
        print(f"Isopolis is served at http://{host}:{port}", flush=True)
        with suppress(KeyboardInterrupt):
            uvicorn.Server(config).run(sockets=[taken])
    finally:
        database.dispose()


def _local(host: str, port: int) -> str:
    """The service as this machine reaches it."""
    return f"http://{'127.0.0.1' if host in ('0.0.0.0', '::') else host}:{port}"  # noqa: S104  compared, not bound
