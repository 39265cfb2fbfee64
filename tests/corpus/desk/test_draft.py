import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.desk.content import ItemKind
from corpus.desk.draft import DEEPEST, LARGEST, check_draft
from corpus.desk.errors import ContentError
from corpus.desk.items import Seen
from corpus.desk.rights import Action
from tests.corpus.desk.conftest import Desk
from tests.corpus.desk.test_items import PRACTICE, begun
from tests.factories import NOW


def nested(levels: int) -> Any:
    return "x" if levels == 0 else [nested(levels - 1)]


@pytest.mark.parametrize(
    ("content", "field"),
    [
        ({"title": "a text and no object"}, "title"),
        ({"title": {"en": 1}}, "title.en"),
        ({"title": {"en": "x" * 301}}, "title.en"),
        ({"summary": {"en": "x" * 20_001}}, "summary.en"),
        ({"places": {"name": "Zarasai"}}, "places"),
        ({"places": ["Zarasai"]}, "places.0"),
        ({"places": [{"country": "Lithuania"}]}, "places"),
        ({"network": "n" * 201}, "network"),
        ({"cost": "12"}, "cost"),
        ({"cost": {"amount": float("nan")}}, "cost"),
        ({"cost": {"amount": float("inf")}}, "cost"),
        ({"population": 2**80}, "population"),
        ({"lead": "a\0b"}, "lead"),
        ({"lead": "half a letter \ud800"}, "lead"),
        ({"a\0b": "in a name"}, "a\0b"),
        ({"keywords": {"\ud800": "in a name inside"}}, "keywords"),
        ({"keywords": nested(DEEPEST + 1)}, "keywords"),
        ({"keywords": ["x" * LARGEST]}, "content"),
        ({"id": "isopolis.other"}, "id"),
        ({"kind": "call"}, "kind"),
    ],
)
def test_what_would_break_a_page_or_a_file_later_is_refused(content: dict[str, Any], field: str) -> None:
    with pytest.raises(ContentError) as problem:
        check_draft("practice", content)
    assert field in problem.value.fields


@pytest.mark.parametrize("content", [{"record": 1}, {"record": "r" * 513}, {"values": []}, {"source": "a page"}])
def test_a_correction_has_a_shape_too(content: dict[str, Any]) -> None:
    with pytest.raises(ContentError):
        check_draft("correction", content)


def test_half_a_record_and_a_whole_one_are_drafts() -> None:
    for content in ({}, {"title": {"en": "Half"}}, PRACTICE, {"keywords": nested(DEEPEST - 1)}):
        check_draft("practice", content)


leaves = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary(max_size=3)
trees = st.recursive(leaves, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=20)


@given(st.dictionaries(st.text(), trees))
def test_what_is_let_through_can_be_kept_whole(content: dict[str, Any]) -> None:
    try:
        check_draft("practice", content)
    except ContentError:
        return
    assert json.loads(json.dumps(content, allow_nan=False).encode("utf-8")) == content


def test_nothing_of_it_reaches_the_database(desk: Desk) -> None:
    with pytest.raises(ContentError):
        desk.items.begin(desk.people["admin"], ItemKind.PRACTICE, "a", {"title": "x"}, NOW)
    item = begun(desk)
    seen, ruta = Seen(item.id, item.revision), desk.people["ruta"]
    with pytest.raises(ContentError):
        desk.items.act(ruta, Action.EDIT, seen, NOW, text={**PRACTICE, "lead": "\0"})
    with pytest.raises(ContentError, match="reason"):
        desk.items.act(ruta, Action.EDIT, seen, NOW, "\0", PRACTICE)
    for field, text in (("f" * 129, "x"), ("", "\0"), ("", "x" * 20_001)):
        with pytest.raises(ContentError):
            desk.items.comment(ruta, item.id, field, text, NOW)
    assert desk.items.all() == [item]
    assert desk.items.comments(item.id) == []
