"""The store on every database: opening it, reading from it, and bringing its tables up to date."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, create_engine, inspect, text

from corpus import migrations
from corpus.database import metadata
from corpus.errors import StoreError
from corpus.issues import Issue
from corpus.store import Member, Store
from tests import servers
from tests.corpus.test_runs import LATER, crawl, told
from tests.factories import NOW, call, raw, source_meta


@contextmanager
def connected(url: str) -> Iterator[Connection]:
    """The database itself, past the store."""
    engine = create_engine(url)
    with engine.begin() as connection:
        yield connection
    engine.dispose()


def test_an_empty_store_has_nothing(store: Store) -> None:
    assert (store.sources(), list(store.members()), store.runs("source-a")) == ([], [], [])
    assert store.versions("source-a", "A") == []


def test_migrations_make_the_tables_that_the_program_uses(store: Store, store_url: str) -> None:
    assert store.sources() == []
    with connected(store_url) as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, metadata) == []
        assert set(inspect(connection).get_table_names()) == set(metadata.tables) | {"alembic_version"}


def test_a_store_that_is_opened_again_keeps_what_it_has(store: Store, store_url: str) -> None:
    crawl(store, told("A"))
    store.close()
    again = Store.open(store_url)
    assert [member.key for member in again.members()] == ["A"]
    again.close()


def test_a_store_of_the_first_version_keeps_all_it_has(store: Store, store_url: str) -> None:
    crawl(store, told("A"))
    run = store.begin_run(source_meta(), LATER)
    run.report(Issue(source="source-a", code="text", message="m"))
    number = run.fail(LATER, "status 500").id
    store.close()
    with connected(store_url) as connection:
        config = Config()
        config.set_main_option("script_location", str(Path(migrations.__file__).parent))
        config.attributes["connection"] = connection
        command.downgrade(config, "0001")
    again = Store.open(store_url)
    assert [member.key for member in again.members()] == ["A"]
    assert len(again.issues(number)) == 1
    assert again.runs("source-a")[0].kept == 0
    assert crawl(again, told("A"), now=LATER).unchanged == 1
    again.close()


def test_a_store_of_a_newer_version_is_refused_and_left_alone(store: Store, store_url: str) -> None:
    store.close()
    with connected(store_url) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreError, match="has revision 9999, which this version does not know: update Isopolis"):
        Store.open(store_url)
    with connected(store_url) as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one() == "9999"


def test_sources_are_those_of_their_last_run_best_first(store: Store) -> None:
    crawl(store, told("A", source="source-a"), meta=source_meta("source-a", rank=30))
    crawl(store, told("A", source="source-b"), meta=source_meta("source-b", rank=20))
    crawl(store, told("A", source="source-c"), meta=source_meta("source-c", rank=20))
    assert [meta.id for meta in store.sources()] == ["source-b", "source-c", "source-a"]
    better = source_meta("source-a", rank=1, title="New name")
    crawl(store, told("A"), meta=better, now=LATER)
    assert store.sources()[0] == better


def test_members_are_known_by_all_their_names(store: Store) -> None:
    names = [{"scheme": "euroaccess", "value": "7"}, {"scheme": "ft", "value": "Ф-1"}]
    crawl(store, raw("7", call("euroaccess.7", identifiers=names)))
    assert list(store.members()) == [Member("source-a", "7", "euroaccess.7", (("euroaccess", "7"), ("ft", "Ф-1")))]


def test_records_are_read_back_as_they_were(store: Store) -> None:
    record = call("ft.A", title={"bg": "Щъркел"}, money={"budget": {"amount": "100000.50"}}, themes=["data_bias"])
    crawl(store, raw("A", record), told("B"))
    assert store.records([("source-a", "A"), ("source-a", "nothing")]) == {("source-a", "A"): record}
    assert store.records([]) == {}


def test_runs_come_newest_first_and_no_more_than_asked_for(store: Store) -> None:
    for _ in range(3):
        crawl(store, told("A"))
    numbers = [run.id for run in store.runs("source-a")]
    assert numbers == sorted(numbers, reverse=True)
    assert [run.id for run in store.runs("source-a", limit=2)] == numbers[:2]
    assert store.runs("source-b") == []


def test_a_reader_goes_on_while_a_run_writes(store: Store) -> None:
    crawl(store, told("A"), told("B"))
    members = store.members()
    assert next(members).key == "A"
    crawl(store, told("A", "New"), told("B"), told("C"), now=LATER)
    assert [member.key for member in members][:1] == ["B"]


SECRET = "s3cr3t-pass"  # noqa: S105  of nobody


@pytest.mark.parametrize(
    "url",
    [
        "",
        "nonsense",
        f"nonsense://user:{SECRET}@host/db",
        f"postgresql+psycopg://user:{SECRET}@127.0.0.1:1/db",
        f"postgresql+psycopg://user:{SECRET}@127.0.0.1:port/db",
        f"postgresql+psycopg://user:{SECRET}/more@127.0.0.1/db",
        f"postgresql+psycopg://user:more@{SECRET}@127.0.0.1/db",
        f"postgresql+psycopg://user:{SECRET}@127.0.0.1:99999/db",
        f"postgresql+psycopg://user:{SECRET}@no.such.host.invalid/db",
        f"postgresql+psycopg://user:{SECRET}@127.0.0.1/db?sslmode=nonsense",
        f"postgresql+psycopg://user:{SECRET}@127.0.0.1/db?nonsense=1",
        f"postgresql+nodriver://user:{SECRET}@127.0.0.1/db",
        f"mysql://user:{SECRET}@127.0.0.1/db",
        "sqlite:////proc/nowhere/isopolis.db",
        "sqlite:////",
    ],
)
def test_an_address_that_is_no_store_is_one_message_without_the_password(
    url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(StoreError, match=r"^the store cannot be opened \(ISOPOLIS_DATABASE_URL\): ") as caught:
        Store.open(url)
    assert SECRET not in str(caught.value)


@pytest.mark.parametrize("scheme", ["postgresql", "postgres"])
def test_an_address_without_a_driver_gets_ours(postgres_url: str, scheme: str) -> None:
    url = servers.new_schema(postgres_url, f"driver_{scheme}").replace("postgresql+psycopg", scheme)
    assert url.startswith(f"{scheme}://")
    store = Store.open(url)
    assert store.sources() == []
    store.close()


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("Buy milk, and a database.\n" * 100)
    with pytest.raises(StoreError, match="file is not a database"):
        Store.open(f"sqlite:///{tmp_path / 'notes.txt'}")


def test_the_folder_of_a_new_store_is_made(tmp_path: Path) -> None:
    Store.open(f"sqlite:///{tmp_path / 'new' / 'folder' / 'store.db'}").close()
    assert (tmp_path / "new" / "folder" / "store.db").exists()


def test_a_time_without_zone_is_refused(store: Store) -> None:
    with pytest.raises(Exception, match="has no time zone"):
        store.begin_run(source_meta(), NOW.replace(tzinfo=None))
