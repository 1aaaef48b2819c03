"""What is read of a web page."""

import pytest

from overskill.clients.web_pages import WebPage
from overskill.errors import InvalidInput
from overskill.services.attachments.page_text import page_text

PAGE = """<!doctype html><html><head><title>Opening hours &amp; prices</title><style>p { color: red }</style>
<script>const words = "<p>not read</p>";</script></head>
<body><nav><a href="/">Home</a></nav><h1>Our   hours</h1><p>Monday<br>Tuesday</p>
<ul><li>Cut<li>Colour</ul><table><tr><th>Cut<td>30 €</table>
<script>x</script><noscript>Turn it on</noscript></body></html>"""


def html(text: str, media_type: str = "text/html") -> WebPage:
    return WebPage("https://example.com/hours", media_type, text.encode())


def test_a_page_is_its_words_in_their_order() -> None:
    found = page_text(html(PAGE))
    assert found.note == "A page: “Opening hours & prices”."
    assert found.text.startswith("From https://example.com/hours\n\n# Our hours\n\nMonday\nTuesday")
    assert "- Cut\n- Colour" in found.text
    assert "| Cut | 30 €" in found.text
    for unread in ("not read", "color: red", "Home", "Turn it on"):
        assert unread not in found.text


def test_plain_text_stays_as_it_is() -> None:
    assert page_text(html("<b>not a tag</b>", "text/plain")).text.endswith("<b>not a tag</b>")


@pytest.mark.parametrize("text", ["", "<script>draw()</script><div id=root></div>", "<p> \u200b</p>"])
def test_a_page_that_says_nothing_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput, match="no text of its own"):
        page_text(html(text))


@pytest.mark.parametrize(
    "text", ["<div>" * 50_000 + "words", "words <script>", "<" * 10_000 + " words", "words</p></nav></script>"]
)
def test_a_page_that_is_written_badly_is_read_all_the_same(text: str) -> None:
    assert "words" in page_text(html(text)).text
