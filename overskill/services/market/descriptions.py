"""What creators write of their apps, as HTML that is safe to show to everybody."""

import re

from overskill.services.chat.markdown import to_html

_HEADING = re.compile(r"<(/?)h([1-4])>")  # what is left of tags is ours: no heading has an attribute
_FIRST_LEVEL = 3  # the page has a title, and each of its parts has one


def description_html(text: str) -> str:
    """Markdown. Pictures, HTML and scripts are dropped; links lead away, and lend what they lead to no credit.
    However deep its headings are, none leaves out a level."""
    html = to_html(text, link_rel="noopener noreferrer nofollow ugc")
    used = sorted({found[2] for found in _HEADING.finditer(html)})
    return _HEADING.sub(lambda found: f"<{found[1]}h{used.index(found[2]) + _FIRST_LEVEL}>", html)


def plain_text(text: str, longest: int) -> str:
    """The same in words alone, cut where a word ends: for search engines and link previews."""
    words = re.sub(r"<[^>]+>", " ", to_html(text))
    for entity, character in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&#39;", "'"), ("&amp;", "&")):
        words = words.replace(entity, character)
    words = " ".join(words.split())
    return words if len(words) <= longest else words[: longest - 1].rsplit(" ", 1)[0].rstrip(".,;: ") + "…"
