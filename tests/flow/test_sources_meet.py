"""One call, many sources: real spiders crawl over HTTP, and what several of them tell of one call is one record."""

import datetime as dt

import pytest

from corpus.build import build
from corpus.issues import Issue
from corpus.model import Call
from corpus.snapshot import Snapshot
from corpus.store import Store
from corpus.vocab import Language
from tests.crawler.process import crawl, store_url
from tests.crawler.replica import Replica, Site
from tests.crawler.site import EUROACCESS, euroaccess_list, euroaccess_page, html, small_world
from tests.crawler.worlds import eui, pl_fundusze_portal, pl_fundusze_slaskie, portico

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

NOW = dt.datetime(2026, 7, 1, 6, 30, tzinfo=dt.UTC)
SOURCES = ("ft_portal", "euroaccess", "eui", "portico", "pl_fundusze_portal", "pl_fundusze_slaskie")
SECOND = "704"
"""Number of the initiative's second call at EuroAccess, which its curated record names."""
FERS = "FERS.04.18-IP.06-001/25"
"""Number of a curated Polish call; the world of the national portal has no such call."""


def world() -> Site:
    """Portals that tell of the same calls."""
    site = small_world()
    for module in (eui, portico, pl_fundusze_portal, pl_fundusze_slaskie):
        module.build(site)
    site.pages[EUROACCESS] = html(euroaccess_list([*range(1, 25), int(SECOND)]))
    second = {"Call number": "", "Link to the call": "<p class='td'><a href='https://x.example/'>x</a></p>"}
    site.pages[f"{EUROACCESS}/{SECOND}/houses"] = html(euroaccess_page(int(SECOND), **second))
    fers = pl_fundusze_portal.call(1, "FERS.04.18-IP.06").body.replace(b"-001/26", b"-001/25")
    site.pages[f"{pl_fundusze_portal.HOST}/nabory/swietlica-1/"] = html(fers.decode())
    return site


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Snapshot, list[Issue]]:
    """The snapshot of one crawl of all these sources and of the curated records."""
    home = tmp_path_factory.mktemp("meeting")
    with Replica(world()) as server:
        done = crawl(home, server.url, *SOURCES)
    assert {name: (run.status, run.message) for name, run in done.runs.items()} == dict.fromkeys(SOURCES, ("ok", ""))
    store = Store.open(store_url(home))
    try:
        _, issues = build(store, home / "snapshots", NOW)
    finally:
        store.close()
    return Snapshot.current(home / "snapshots"), issues


def origins(call: Call) -> set[str]:
    """Who tells of a call."""
    return {source.key.partition(":")[0] for source in call.sources}


def named(built: tuple[Snapshot, list[Issue]], scheme: str, value: str) -> Call:
    """The only record that has a name."""
    calls = [record for record in built[0].records() if isinstance(record, Call)]
    (found,) = [call for call in calls if (scheme, value) in {(i.scheme, i.value) for i in call.identifiers}]
    return found


def test_a_topic_of_the_portal_that_euroaccess_lists(built: tuple[Snapshot, list[Issue]]) -> None:
    call = named(built, "ft", "CERV-2026-TOWN-003")
    assert (call.id, origins(call)) == ("ft.CERV-2026-TOWN-003", {"ft_portal", "euroaccess"})
    assert named(built, "euroaccess", "3").id == call.id
    (cutoff,) = call.timeline.cutoffs  # the day of the portal, the hour of EuroAccess
    assert (cutoff.date.isoformat(), str(cutoff.time), cutoff.zone) == ("2026-09-30", "17:00:00", "Europe/Brussels")
    assert call.title[Language.EN].startswith("Neighbourhood houses"), "the portal knows its own call best"
    assert {rule.family for rule in call.eligibility.rules} >= {"applicant_type", "country"}
    assert not {item.family for item in call.eligibility.unread} & {"applicant_type", "country"}


def test_the_call_of_the_initiative_told_by_its_page_portico_and_a_curator(
    built: tuple[Snapshot, list[Issue]],
) -> None:
    call = named(built, "eui", "IA-4")
    assert (call.id, origins(call)) == ("eui.IA-4", {"curated", "eui", "portico"})


def test_the_call_of_the_initiative_that_euroaccess_lists(built: tuple[Snapshot, list[Issue]]) -> None:
    call = named(built, "euroaccess", SECOND)
    assert call.id == "eui.IA-2"
    assert origins(call) >= {"curated", "euroaccess"}


def test_a_polish_call_on_two_portals(built: tuple[Snapshot, list[Issue]]) -> None:
    call = named(built, "pl", "FESL.05.14-IP.02-003/26")
    assert origins(call) == {"pl_fundusze_portal", "pl_fundusze_slaskie"}
    pages = {i.value for i in call.identifiers if "/nabory/" in i.value}
    assert pages == {"funduszeeuropejskie.gov.pl/nabory/swietlica-3", "funduszeue.slaskie.pl/nabory/lsi/593"}


def test_a_polish_call_that_a_curator_knows(built: tuple[Snapshot, list[Issue]]) -> None:
    call = named(built, "pl", FERS)
    assert (call.id, origins(call)) == ("pl.FERS.04.18-IP.06-001~2F25", {"curated", "pl_fundusze_portal"})
    assert call.title[Language.PL].startswith("Integracja społeczna cudzoziemców"), "the curator is believed"
    (told,) = [issue for issue in built[1] if issue.field == "timeline.cutoffs" and "2026-11-01" in issue.message]
    assert "kept 2025-10-31, another says 2026-11-01" in told.message, "a person decides"


def test_calls_that_share_nothing_stay_apart(built: tuple[Snapshot, list[Issue]]) -> None:
    curated = {"pl.FEWP.05.02-IZ.00-002~2F24", "pl.FEWP.10.04-IZ.00-002~2F24"}  # told by nobody else here
    calls = [record for record in built[0].records() if record.id.startswith("pl.")]
    shared = {call.id for call in calls if isinstance(call, Call) and len(origins(call)) > 1}
    assert shared - curated == {"pl.FESL.05.14-IP.02-003~2F26", "pl.FERS.04.18-IP.06-001~2F25"}
    assert len({call.id for call in calls} - curated) == 14 + 5 - 1


def test_a_cascade_call_is_not_its_topic(built: tuple[Snapshot, list[Issue]]) -> None:
    cascade = named(built, "ft-cascade", "11143COMPETITIVE_CALLen")
    assert cascade.id != named(built, "ft", "CERV-2026-TOWN-001").id
    assert [(relation.kind, relation.target) for relation in cascade.relations] == [
        ("part_of", "ft.CERV-2026-TOWN-001")
    ]
