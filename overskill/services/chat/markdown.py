"""What an author says, as HTML that is safe to show."""

from functools import lru_cache
from html import escape

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, table

MOST_CELLS = 3_000  # of all tables: rows that say nothing are filled up, so a few letters make a hundred thousand
_MOST_GROWTH = 20  # letters of HTML for one of text: a link that is defined once is written out each time
_ALWAYS = 2_000
_TAGS = frozenset("p br hr h1 h2 h3 h4 ul ol li strong em del code pre blockquote a table thead tbody tr th td".split())
_LANGUAGES = "bash css diff html js json jsx sh sql svg ts tsx typescript javascript xml".split()
_CLASSES = {"code": {f"language-{name}" for name in _LANGUAGES}}


def _bounded_table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """As everywhere, for as many rows as there is room for. What comes after them is text."""
    if silent or start + 2 > end:
        return table(state, start, end, silent)
    columns = state.src.count("|", state.bMarks[start + 1], state.eMarks[start + 1]) + 1
    cells: int = state.env.get("cells", 0)
    rows = (MOST_CELLS - cells) // columns
    if rows < 1 or not table(state, start, min(end, start + 2 + rows), silent):
        return False
    state.env["cells"] = cells + columns * (state.line - start)
    return True


_markdown = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable(["table", "strikethrough"])
_markdown.block.ruler.at("table", _bounded_table, {"alt": ["paragraph", "reference"]})


@lru_cache(maxsize=512)
def to_html(text: str, *, link_rel: str = "noopener noreferrer nofollow") -> str:
    """Headings, lists, emphasis, code, tables and links; everything else is dropped. What would become many times as
    long is shown as it was written."""
    rendered = _markdown.render(text)
    if len(rendered) > _MOST_GROWTH * len(text) + _ALWAYS:
        return f"<p>{escape(text)}</p>\n".replace("\n\n", "</p>\n<p>")
    return nh3.clean(
        rendered,
        tags=set(_TAGS),
        attributes={"a": {"href"}},
        allowed_classes=_CLASSES,
        url_schemes={"http", "https", "mailto"},
        link_rel=link_rel,
        set_tag_attribute_values={"a": {"target": "_blank"}},
    )
