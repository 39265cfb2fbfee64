from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from corpus.vocab import Language
from matcher.index.entries import Entry, read_entries, write_lines

KEYS = st.lists(st.text("0123456789abcdef", min_size=4, max_size=8), min_size=1, unique=True)


@st.composite
def entries(draw: st.DrawFn) -> list[Entry]:
    names = draw(st.lists(st.from_regex(r"[a-z]+\.[A-Za-z0-9-]+", fullmatch=True), unique=True))
    made = []
    for name in names:
        keys = draw(KEYS)
        languages = draw(st.lists(st.sampled_from(Language), min_size=len(keys), max_size=len(keys)))
        made.append(Entry(name, draw(st.sampled_from(["call", "practice"])), "d1", tuple(keys), tuple(languages)))
    return made


@given(made=entries())
def test_reading_back_gives_what_was_written(made: list[Entry], tmp_path_factory) -> None:  # type: ignore[no-untyped-def]
    path: Path = tmp_path_factory.getbasetemp() / "entries.tsv"
    write_lines(path, [entry.line for entry in made])
    assert read_entries(path) == {entry.record_id: entry for entry in made}
