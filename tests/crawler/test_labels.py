"""A value is found beside its label, whatever the markup."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.html import page
from crawler.labels import fold, labelled, lines, sections

NAMES = ("Town", "Size of town", "Date of label", "Adapted by")


def read(html: str) -> dict[str, str]:
    return labelled(page(f"<body>{html}</body>"), NAMES)


@pytest.mark.parametrize(
    "html",
    [
        "<dl><dt>Town</dt><dd>Aalst</dd><dt>Size of town</dt><dd>900</dd></dl>",
        "<table><tr><th>Town</th><td>Aalst</td></tr><tr><th>Size of town</th><td>900</td></tr></table>",
        "<table><tr><td>TOWN:</td><td>Aalst</td></tr><tr><td>Size of town</td><td>900</td></tr></table>",
        "<p>Town: Aalst</p><p>Size of town : 900</p>",
        "<p><b>Town:</b> Aalst<br><b>Size of town</b>: 900</p>",
        "<p><strong>Town</strong><br>Aalst</p><p><strong>Size of town</strong><br>900</p>",
        "<div><div class='x__label'>Town</div><div>Aalst</div></div><div><div>Size of town</div><div>900</div></div>",
        "<ul><li><span>Town</span> <span>Aalst</span></li><li><span>Size of town</span><span>900</span></li></ul>",
        "<h4>Town</h4><p>Aalst</p><h4>Size of town</h4><p>900</p><h3>Else</h3><p>more</p>",
        "<div>Town</div>\n<div>Aalst</div>\n<div>Size of town</div>\n<div>900</div>",
        "<p><span>Town : </span>Aalst</p><p>Size of&nbsp;town :</p><p>900</p>",
    ],
)
def test_shapes(html: str) -> None:
    assert read(html) == {"town": "Aalst", "size of town": "900"}


def test_several_values_are_lines() -> None:
    html = "<dl><dt>Adapted by</dt><dd>Lugo</dd><dd>Pori</dd><dt>Unknown label</dt><dd>x</dd></dl>"
    assert read(html) == {"adapted by": "Lugo\nPori"}
    assert read("<h4>Adapted by</h4><ul><li>Lugo</li><li>Pori</li></ul>") == {"adapted by": "Lugo\nPori"}


def test_a_label_without_a_value_is_no_label() -> None:
    assert read("<p>Town</p>") == {}
    assert read("<p>Town</p><p>Size of town: 900</p>") == {"size of town": "900"}
    assert read("<dl><dt>Town</dt><dt>Size of town</dt><dd>900</dd></dl>") == {"size of town": "900"}


def test_a_word_of_a_sentence_is_no_label() -> None:
    assert read("<p>Town halls learn. Size of town matters: a lot.</p>") == {}


def test_the_first_of_two_counts() -> None:
    assert read("<p>Town: Aalst</p><p>Town: Brugge</p>") == {"town": "Aalst"}


def test_nested_labels_are_one_label() -> None:
    assert read("<dl><dt><p><b>Town</b></p></dt><dd>Aalst</dd></dl>") == {"town": "Aalst"}


def test_lines_and_fold() -> None:
    assert lines(page("<p>a<br>b</p><table><tr><td>c</td><td>d</td></tr></table>")) == ["a", "b", "c", "d"]
    assert fold("  Size\u00a0of  Town : ") == "size of town"


def test_sections() -> None:
    html = (
        "<p>Lead.</p><h2>What</h2><p>One</p><ul><li>Two</li></ul><div>Why so</div><p>Three</p><h3>What</h3><p>Four</p>"
    )
    root = page(html)
    assert sections(root) == {"": "Lead.", "what": "One\nTwo\nWhy so\nThree\nFour"}
    assert sections(root, ["WHY SO:"]) == {"": "Lead.", "what": "One\nTwo\nFour", "why so": "Three"}


PIECES = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<b>",
        "</b>",
        "<dl><dt>",
        "</dt><dd>",
        "</dd></dl>",
        "<br>",
        "<td>",
        "<h3>",
        "</h3>",
        "Town",
        ":",
        " x ",
    ]
)


@given(st.lists(PIECES, max_size=30))
def test_any_markup_gives_texts_or_nothing(pieces: list[str]) -> None:
    root = page("".join(["<body>", *pieces]))
    found = labelled(root, NAMES)
    assert all(label in map(fold, NAMES) and value.strip() for label, value in found.items())
    told = "".join(sections(root, NAMES).values())
    assert set(told.replace("\n", "")) <= set("".join(lines(root)))
