"""What both kinds of Chroma promise is in tests/contracts; here is what needs no server."""

from pathlib import Path

import pytest

from matcher.errors import MatcherError
from matcher.index.dense import collection_name, connect


@pytest.mark.parametrize("url", ["localhost:8000", "ftp://host", "http://", "8000", "http://:80"])
def test_what_is_no_address_names_the_setting(tmp_path: Path, url: str) -> None:
    with pytest.raises(MatcherError, match=r"ISOPOLIS_CHROMA_URL: .* is no address such as http"):
        connect(tmp_path, url)


@pytest.mark.parametrize(
    ("model", "name"),
    [
        ("multilingual-e5-small", "isopolis-call-multilingual-e5-small"),
        ("org/some model", "isopolis-call-org-some-model"),
        ("/models/Größe/", "isopolis-call-models-Gr-e"),
        ("x" * 80, "isopolis-call-" + "x" * 40),
    ],
)
def test_collections_have_names_that_chroma_takes(model: str, name: str) -> None:
    assert collection_name("call", model) == name


def test_models_and_kinds_have_collections_of_their_own() -> None:
    names = {collection_name(kind, model) for kind in ("call", "practice") for model in ("a", "b")}
    assert len(names) == 4
