"""What an author says, as HTML that is safe to show."""

from functools import lru_cache

import nh3
from markdown_it import MarkdownIt

_TAGS = frozenset("p br hr h1 h2 h3 h4 ul ol li strong em del code pre blockquote a table thead tbody tr th td".split())
_LANGUAGES = "bash css diff html js json jsx sh sql svg ts tsx typescript javascript xml".split()
_CLASSES = {"code": {f"language-{name}" for name in _LANGUAGES}}
_markdown = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable(["table", "strikethrough"])


@lru_cache(maxsize=512)
def to_html(text: str, *, link_rel: str = "noopener noreferrer nofollow") -> str:
    """Headings, lists, emphasis, code, tables and links; everything else is dropped."""
    return nh3.clean(
        _markdown.render(text),
        tags=set(_TAGS),
        attributes={"a": {"href"}},
        allowed_classes=_CLASSES,
        url_schemes={"http", "https", "mailto"},
        link_rel=link_rel,
        set_tag_attribute_values={"a": {"target": "_blank"}},
    )
