"""The error tree that the docstring draws is the one that exists."""

import re

import pytest

from corpus import errors
from corpus.errors import CorpusError


def test_the_drawn_tree_names_every_error() -> None:
    drawn = set(re.findall(r"[A-Z]\w+Error", errors.__doc__ or ""))
    defined = {name for name, value in vars(errors).items() if isinstance(value, type)}
    assert drawn == defined


@pytest.mark.parametrize("name", ["CuratedError", "StoreError", "SnapshotError", "ValueReadError", "SettingsError"])
def test_every_error_is_one_of_the_corpus(name: str) -> None:
    assert issubclass(getattr(errors, name), CorpusError)


def test_a_value_that_cannot_be_read_is_a_value_error_too() -> None:
    assert issubclass(errors.ValueReadError, ValueError)
