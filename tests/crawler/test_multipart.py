"""The form that the portal wants: JSON files named blob."""

import json
from email.message import Message
from email.parser import BytesParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.multipart import BOUNDARY, CONTENT_TYPE, multipart

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)


def parts(body: bytes) -> dict[str, Message]:
    form = BytesParser().parsebytes(f"Content-Type: {CONTENT_TYPE}\r\n\r\n".encode() + body)
    found: dict[str, Message] = {}
    for part in form.get_payload():
        assert isinstance(part, Message)
        found[str(part.get_param("name", header="content-disposition"))] = part
    return found


@given(st.dictionaries(st.sampled_from(["query", "languages", "sort"]), JSON, min_size=1))
def test_what_was_written_is_read_back(values: dict[str, object]) -> None:
    found = parts(multipart(values))
    assert set(found) == set(values)
    for name, part in found.items():
        payload = part.get_payload(decode=True)
        assert isinstance(payload, bytes)
        assert json.loads(payload) == values[name]
        assert (part.get_filename(), part.get_content_type()) == ("blob", "application/json")


def test_equal_questions_are_equal_bytes() -> None:
    assert multipart({"a": {"b": [1, "ü"]}}) == multipart({"a": {"b": [1, "ü"]}})


def test_a_part_must_not_contain_the_boundary() -> None:
    with pytest.raises(ValueError, match="boundary"):
        multipart({"a": f"--{BOUNDARY}"})
