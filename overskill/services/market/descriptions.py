"""What creators write of their apps, as HTML that is safe to show to everybody."""

import re

from overskill.services.chat.markdown import to_html

_HEADING = re.compile(r"<(/?)h([1-4])>")  # what is left of tags is ours: no heading has an attribute
_EMPTY_ITEM = re.compile(r"<li>\s*</li>\s*")
_EMPTY_LIST = re.compile(r"<([uo]l)>\s*</\1>\s*")
_EMPTY_PART = re.compile(r"<h([1-4])>(?:(?!</h\1>).)*</h\1>\s*(?=<h([1-4])>|$)", re.DOTALL)
_FIRST_LEVEL = 3  # the page has a title, and each of its parts has one


def description_html(text: str) -> str:
    """Markdown. Pictures, HTML and scripts are dropped; links lead away, and lend what they lead to no credit.
    However deep its headings are, none leaves out a level. A heading or a bullet of a draft that nothing was written to
    is left out."""
    html = _without_blanks(to_html(text, link_rel="noopener noreferrer nofollow ugc"))
    used = sorted({found[2] for found in _HEADING.finditer(html)})
    return _HEADING.sub(lambda found: f"<{found[1]}h{used.index(found[2]) + _FIRST_LEVEL}>", html)


def plain_text(text: str, longest: int) -> str:
    """The same in words alone, cut where a word ends: for search engines and link previews."""
    words = re.sub(r"<[^>]+>", " ", _without_blanks(to_html(text)))
    for entity, character in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&#39;", "'"), ("&amp;", "&")):
        words = words.replace(entity, character)
    words = " ".join(words.split())
    return words if len(words) <= longest else words[: longest - 1].rsplit(" ", 1)[0].rstrip(".,;: ") + "…"


def _without_blanks(whole: str) -> str:
    """Unless nothing would be left."""
    html = _EMPTY_LIST.sub("", _EMPTY_ITEM.sub("", whole))
    while True:
        shorter = _EMPTY_PART.sub(_kept, html)
        if shorter == html:
            return html or whole
        html = shorter


def _kept(heading: re.Match[str]) -> str:
    """A heading that another one follows at once stays where that is one below it."""
    level, following = heading[1], heading[2]
    return heading[0] if following and following > level else ""
