"""What a web page says, without its scripts, menus and looks."""

import re
from collections.abc import Sequence
from html.parser import HTMLParser

from overskill.clients.web_pages import WebPage
from overskill.errors import InvalidInput
from overskill.models import AttachmentKind
from overskill.services.attachments.reading import Reading
from overskill.services.attachments.texts import clean, clipped

_UNREAD = frozenset("script style noscript template svg canvas iframe object nav footer form button select".split())
_BLOCKS = frozenset(
    "p div section article main header aside ul ol dl dt dd table tr blockquote pre figure figcaption hr br".split()
)
_HEADINGS = {f"h{level}": f"{'#' * level} " for level in range(1, 7)}
_GAPS = re.compile(r"[ \t\f\v\u00a0]+")
_BLANK_LINES = re.compile(r"\n\s*\n\s*")


def page_text(page: WebPage) -> Reading:
    """Raises InvalidInput for a page that says nothing: many are drawn by their scripts."""
    text = page.content.decode(page.charset, "replace")
    title = ""
    if page.media_type in ("text/html", "application/xhtml+xml"):
        reader = _Reader()
        reader.feed(text)
        reader.close()
        title, text = reader.title(), reader.text()
    text = clean(text).strip()
    if not text:
        raise InvalidInput("That page has no text of its own to read. Copy the words you need into your message.")
    note = f"A page: “{title[:120]}”." if title else "A page of text."
    return Reading(AttachmentKind.LINK, "text/plain", text.encode(), note, f"From {page.url}\n\n{clipped(text)}")


class _Reader(HTMLParser):
    """Gathers words; headings, list items and cells keep their marks."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._parts: list[str] = []
        self._title: list[str] = []
        self._unread: list[str] = []  # the open elements of which nothing is read
        self._in_title = False

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if tag in _UNREAD:
            self._unread.append(tag)
        elif tag == "title":
            self._in_title = True
        elif tag in _HEADINGS:
            self._parts.append(f"\n\n{_HEADINGS[tag]}")
        elif tag == "li":
            self._parts.append("\n- ")
        elif tag in ("td", "th"):
            self._parts.append(" | ")
        elif tag in _BLOCKS:
            self._parts.append("\n")

    def handle_startendtag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        if tag not in _UNREAD:  # <script/> is never closed, but in HTML it is not over either: browsers differ
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag == "title":
            self._in_title = False
        elif tag in self._unread:
            while self._unread.pop() != tag:
                pass
        elif tag in _HEADINGS or tag in _BLOCKS:
            self._parts.append("\n")

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self._title.append(data)
        elif not self._unread:
            self._parts.append(data)

    def title(self) -> str:
        return " ".join(clean("".join(self._title)).split())

    def text(self) -> str:
        lines = (_GAPS.sub(" ", line).strip() for line in "".join(self._parts).split("\n"))
        return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip()
