"""Ids: twenty of them for ever, and a writing that never lets two keys meet."""

import re
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.ids import CANONICAL_SCHEMES, best_id, encode, make_id
from corpus.parts import Identifier
from tests.strategies import identifiers, keys

PINNED = {
    ("ft", "CERV-2027-CITIZENS-CIV"): "ft.CERV-2027-CITIZENS-CIV",
    ("ft", "HORIZON-CL2-2027-01-DEMOCRACY-04"): "ft.HORIZON-CL2-2027-01-DEMOCRACY-04",
    ("ft", "AMIF-2026-TF2-AG-INTE-01 "): "ft.AMIF-2026-TF2-AG-INTE-01~20",
    ("ft", "EU4H-2026/3"): "ft.EU4H-2026~2F3",
    ("ft-cascade", "11523"): "ft-cascade.11523",
    ("ft-project", "43251567/101143287"): "ft-project.43251567~2F101143287",
    ("eui", "IA-4"): "eui.IA-4",
    ("eui", "EUI02-097"): "eui.EUI02-097",
    ("uia", "UIA02_123"): "uia.UIA02_123",
    ("uia", "UIA 05-264"): "uia.UIA~2005-264",
    ("cci", "2021BG05SFPR002"): "cci.2021BG05SFPR002",
    ("cci", "2021TC16RFCB012"): "cci.2021TC16RFCB012",
    ("bg", "BG05SFPR002-2.003"): "bg.BG05SFPR002-2.003",
    ("bg", "BG16FFPR003-4.012-С01"): "bg.BG16FFPR003-4.012-~D0~A101",
    ("eumis", "6f9619ff-8b86-d011-b42d-00c04fc964ff"): "eumis.6f9619ff-8b86-d011-b42d-00c04fc964ff",
    ("euroaccess", "4711"): "euroaccess.4711",
    ("euroaccess", "Call no. 3 (2nd cut-off)"): "euroaccess.Call~20no.~203~20~282nd~20cut-off~29",
    ("isopolis", "gabrovo-day-centre"): "isopolis.gabrovo-day-centre",
    ("isopolis", "50%~done"): "isopolis.50~25~7Edone",
    ("isopolis", "Łódź"): "isopolis.~C5~81~C3~B3d~C5~BA",
}
"""Twenty ids for ever: people keep links to them. A failure here is no reason to edit the table."""

LATER = {
    ("aides", "162514"): "aides.162514",
    ("pl", "FEPZ.06.12-IP.01-001/26"): "pl.FEPZ.06.12-IP.01-001~2F26",
    ("lt", "kulturos-prieinamumo-didinimas"): "lt.kulturos-prieinamumo-didinimas",
    ("nl", "esf/a-hardwerkend"): "nl.esf~2Fa-hardwerkend",
    ("at", "esf/call-2026-1"): "at.esf~2Fcall-2026-1",
    ("interreg", "4711"): "interreg.4711",
    ("urbact", "bmincome"): "urbact.bmincome",
    ("interregeurope", "elderly-care-in-small-towns"): "interregeurope.elderly-care-in-small-towns",
    ("kohesio", "Q7361953"): "kohesio.Q7361953",
    ("portico", "uia/rotterdam"): "portico.uia~2Frotterdam",
    ("opencoesione", "it/regione-lazio"): "opencoesione.it~2Fregione-lazio",
    ("timetable", "2021LT16FFPR001 7"): "timetable.2021LT16FFPR001~207",
    ("register", "ie_calls.open-doors"): "register.ie_calls.open-doors",
}
"""Schemes of registers that joined later, for ever as well."""


@pytest.mark.parametrize(("name", "record_id"), (PINNED | LATER).items())
def test_pinned_for_ever(name: tuple[str, str], record_id: str) -> None:
    assert make_id(*name) == record_id


def test_twenty_are_pinned_and_every_scheme_is_among_them() -> None:
    assert len(PINNED) == 20
    assert {scheme for scheme, _ in PINNED | LATER} == set(CANONICAL_SCHEMES)


def decode(text: str) -> str:
    return unquote(text.replace("~", "%"), errors="strict")


@given(keys())
def test_an_encoded_key_can_be_read_back(key: str) -> None:
    assert decode(encode(key)) == key


@given(keys(), keys())
def test_different_keys_have_different_ids(one: str, other: str) -> None:
    assert (encode(one) == encode(other)) is (one == other)


@given(st.sampled_from(CANONICAL_SCHEMES), keys())
def test_an_id_can_stand_in_an_address(scheme: str, key: str) -> None:
    assert re.fullmatch(r"[a-z-]+\.[A-Za-z0-9._~-]+", make_id(scheme, key))


@pytest.mark.parametrize(
    ("scheme", "key", "message"),
    [
        ("doi", "10.1/x", "'doi' is not an id scheme; use one of ft, ft-cascade, ft-project, eui, uia"),
        ("FT", "X", "'FT' is not an id scheme"),
        ("ft", "", "an id of scheme 'ft' needs a key"),
        ("ft", " \t", "an id of scheme 'ft' needs a key"),
    ],
)
def test_no_id(scheme: str, key: str, message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        make_id(scheme, key)


def test_the_best_register_names_the_record_whatever_the_order() -> None:
    names = [Identifier(scheme=s, value=v) for s, v in (("euroaccess", "7"), ("doi", "x"), ("eui", "IA-4"))]
    assert best_id(names) == best_id(reversed(names)) == "eui.IA-4"


def test_of_two_names_of_one_register_the_first_counts() -> None:
    assert best_id([Identifier(scheme="bg", value="B"), Identifier(scheme="bg", value="A")]) == "bg.B"


def test_names_of_other_registers_make_no_id() -> None:
    assert best_id([Identifier(scheme="doi", value="x")]) is None
    assert best_id([]) is None


@given(st.lists(identifiers(), min_size=1))
def test_the_best_id_is_that_of_one_of_the_names(names: list[Identifier]) -> None:
    assert best_id(names) in {make_id(name.scheme, name.value) for name in names}
