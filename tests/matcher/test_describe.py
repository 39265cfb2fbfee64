"""Owns matcher/describe.py: entries of the vocabulary that a text speaks of, with the words that show it."""

from corpus.vocab import Language, TargetGroup
from matcher.describe import SHOWN, describe
from tests.matcher.factory import World


def test_each_entry_stands_beside_words_of_the_text(small_world: World) -> None:
    matcher = small_world.matcher()
    text = "A day centre for Roma children. Their families get meals and advice there."
    found = describe(text, Language.EN, matcher.index, matcher.embedder)
    assert found
    assert all(spoken.words in text for spoken in found)
    assert all(spoken.nearness >= SHOWN for spoken in found)
    assert {spoken.kind(spoken.code) for spoken in found}


def test_no_words_speak_of_nothing(small_world: World) -> None:
    matcher = small_world.matcher()
    assert describe("...", None, matcher.index, matcher.embedder) == ()


def test_roma_children_are_found(small_world: World) -> None:
    matcher = small_world.matcher()
    found = describe("Roma children and their families", Language.EN, matcher.index, matcher.embedder)
    assert {"roma", "children"} & {spoken.code for spoken in found if spoken.kind is TargetGroup}
