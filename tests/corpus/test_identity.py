"""Which tellings are of the same thing: whoever shares a name, also through a third."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from corpus.identity import Groups
from corpus.ids import CANONICAL_SCHEMES

Name = tuple[str, str]
Entry = tuple[str, str, tuple[Name, ...]]


def grouped(*entries: Entry) -> dict[str, set[str]]:
    groups = Groups()
    for handle, record_id, names in entries:
        groups.add(handle, record_id, names)
    return {record_id: set(handles) for record_id, handles in groups.groups()}


def test_strangers_stay_apart() -> None:
    assert grouped(("a", "ft.A", (("ft", "A"),)), ("b", "ft.B", (("ft", "B"),))) == {"ft.A": {"a"}, "ft.B": {"b"}}


def test_a_shared_name_joins_and_the_best_register_gives_the_id() -> None:
    joined = grouped(("a", "euroaccess.7", (("euroaccess", "7"), ("ft", "X"))), ("b", "ft.X", (("ft", "X"),)))
    assert joined == {"ft.X": {"a", "b"}}


def test_a_shared_id_joins_where_there_are_no_names() -> None:
    assert grouped(("a", "isopolis.x", ()), ("b", "isopolis.x", ())) == {"isopolis.x": {"a", "b"}}


def test_two_are_joined_by_a_third_that_comes_last() -> None:
    one: Entry = ("a", "bg.1", (("bg", "1"),))
    other: Entry = ("b", "eui.2", (("eui", "2"),))
    link: Entry = ("c", "euroaccess.3", (("euroaccess", "3"), ("bg", "1"), ("eui", "2")))
    assert grouped(one, other, link) == {"eui.2": {"a", "b", "c"}}


def test_the_same_value_in_two_registers_joins_nothing() -> None:
    assert len(grouped(("a", "ft.7", (("ft", "7"),)), ("b", "euroaccess.7", (("euroaccess", "7"),)))) == 2


def test_names_of_registers_that_name_no_records_join_nothing() -> None:
    # Two calls of one programme both carry its web address or its department: that makes them no single call.
    assert len(grouped(("a", "ft.A", (("doi", "x"),)), ("b", "ft.B", (("doi", "x"),)))) == 2


def test_of_two_names_in_one_register_the_smaller_gives_the_id() -> None:
    assert set(grouped(("a", "bg.B", (("bg", "B"), ("bg", "A"))))) == {"bg.A"}


def test_nothing_has_no_groups() -> None:
    assert grouped() == {}


names = st.tuples(st.sampled_from(CANONICAL_SCHEMES[:3]), st.sampled_from("ABCDE"))
entries = st.lists(st.lists(names, max_size=3), max_size=7).map(
    lambda rows: [(f"handle-{place}", f"isopolis.{place}", tuple(row)) for place, row in enumerate(rows)]
)


def by_hand(rows: list[Entry]) -> set[frozenset[str]]:
    """The same by brute force: join groups until none share a name."""
    groups = [({handle}, set(own)) for handle, _, own in rows]
    while True:
        pair = next(((a, b) for a in groups for b in groups if a is not b and a[1] & b[1]), None)
        if pair is None:
            return {frozenset(handles) for handles, _ in groups}
        groups = [group for group in groups if group not in pair]
        groups.append((pair[0][0] | pair[1][0], pair[0][1] | pair[1][1]))


@given(entries)
def test_groups_are_those_found_by_brute_force(rows: list[Entry]) -> None:
    assert {frozenset(handles) for handles in grouped(*rows).values()} == by_hand(rows)


@given(entries, st.randoms(use_true_random=False))
def test_order_plays_no_part(rows: list[Entry], random: Random) -> None:
    shuffled = list(rows)
    random.shuffle(shuffled)
    assert grouped(*shuffled) == grouped(*rows)
