"""HTML becomes the text that a person would see."""

import pytest

from crawler.html import links, page, text_of, to_text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One</p><p>two <b>words</b></p>", "One\ntwo words"),
        ("<ul><li>a</li><li>b<br>c</li></ul>", "a\nb\nc"),
        ("a<!-- hidden -->b", "ab"),
        ("<p>line\n  break</p>", "line break"),
        ("<script>x()</script><style>p{}</style><p>y</p>", "y"),
        ("<p>long</p><p class='readmore center'>read more</p>after", "long\nafter"),
        ("<p><script>x</script>tail</p>", "tail"),
        ("&lt;b&gt; &amp; &#1057;&nbsp;x", "<b> & С x"),
        ("", ""),
        ("plain", "plain"),
    ],
)
def test_to_text(html: str, text: str) -> None:
    assert to_text(html) == text


def test_a_table_in_a_comment_is_not_read() -> None:
    root = page("<!-- <div id='x'>old</div> --><div id='x'>new</div>")
    assert [text_of(node) for node in root.css("#x")] == ["new"]


def test_links_with_an_address() -> None:
    root = page(
        "<a href='https://a.example/1'>One</a><a href='mailto:'>x</a><a href='#top'>y</a><a href='/2'>Two</a><a>z</a>"
    )
    assert links(root) == [("https://a.example/1", "One"), ("/2", "Two")]


def test_control_characters_are_dropped() -> None:
    assert to_text("<p>a\x01<script>x</script>b\x08</p><p><script>x</script>c\x0b&#7;d</p>") == "ab\ncd"
