"""A desk in the shape of an earlier version keeps all its work when the tables are made anew."""

from copy import deepcopy
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from corpus import migrations
from corpus.desk.content import ItemKind
from corpus.desk.errors import ContentError
from corpus.desk.items import Seen
from corpus.desk.rights import Action
from tests.corpus.desk.conftest import Desk
from tests.corpus.desk.test_effect import CORRECTION
from tests.corpus.desk.test_items import PRACTICE
from tests.factories import NOW


def move(desk: Desk, way: str, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    with desk.engine.begin() as connection:
        config.attributes["connection"] = connection
        getattr(command, way)(config, revision)


def test_records_versions_and_comments_go_through_the_migration(desk: Desk) -> None:
    admin = desk.people["admin"]
    item = desk.items.begin(admin, ItemKind.PRACTICE, "kitchen", deepcopy(PRACTICE), NOW)
    desk.items.act(admin, Action.EDIT, Seen(item.id, 1), NOW, "x", {**PRACTICE, "lead": "The library"})
    desk.items.comment(admin, item.id, "lead", "Which one?", NOW)
    before = [desk.items.get(1), desk.items.versions(1), desk.items.comments(1), desk.items.events(1)]
    move(desk, "downgrade", "0007")
    move(desk, "upgrade", "head")
    assert [desk.items.get(1), desk.items.versions(1), desk.items.comments(1), desk.items.events(1)] == before
    with pytest.raises(ContentError, match="at the desk already"):
        desk.items.begin(admin, ItemKind.PRACTICE, "kitchen", deepcopy(PRACTICE), NOW)
    for part in ("duration_months_min", "duration_months_max"):
        made = desk.items.begin(admin, ItemKind.CORRECTION, "", {**CORRECTION, "values": {part: 3}}, NOW)
        assert made.part == part
    with pytest.raises(IntegrityError), desk.engine.begin() as connection:
        connection.execute(text("UPDATE desk_version SET item = 99"))
