import pytest

from overskill.services.chat.markdown import MOST_CELLS, to_html


def test_markdown_becomes_plain_html() -> None:
    assert to_html("It is **ready**:\n\n- one\n- two") == (
        "<p>It is <strong>ready</strong>:</p>\n<ul>\n<li>one</li>\n<li>two</li>\n</ul>\n"
    )


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[click](javascript:alert(1))",
        "[click](data:text/html,x)",
        "![](https://example.com/x.png)",
        "<a href='https://example.com' onclick='x()'>a</a>",
    ],
)
def test_nothing_in_it_can_run_or_load(text: str) -> None:
    html = to_html(text)
    for part in ("<script", "<img", 'href="javascript:', 'href="data:', 'onclick="', 'onerror="'):
        assert part not in html


def test_links_open_elsewhere_and_tell_nothing() -> None:
    html = to_html("[docs](https://example.com)")
    assert 'target="_blank"' in html
    assert 'rel="noopener noreferrer nofollow"' in html


def test_code_says_which_language_it_is_in_and_nothing_else() -> None:
    assert '<code class="language-tsx">' in to_html("```tsx\nconst one = 1;\n```")
    assert "fixed" not in to_html("```fixed inset-0\nconst one = 1;\n```")


def table(columns: int, row: str, rows: int, mark: str = "") -> str:
    """Its head, the line below that, and rows as they are."""
    return "".join(f"{mark}{line}\n" for line in ("|a" * columns + "|", "|-" * columns + "|", *[row] * rows))


@pytest.mark.parametrize(
    "text",
    [
        table(60, "|", 9_800),
        table(3, "|a|b|c|", 2_400),
        (table(20, "|", 200) + "\n") * 40,
        table(60, "|", 4_900, mark="> "),
        f"[a]: /{'x' * 200}\n\n{'[a]' * 6_500}",
    ],
    ids=["empty rows", "a long table", "many tables", "in a quotation", "a link over and over"],
)
def test_a_short_text_does_not_become_a_page_that_keeps_everybody_waiting(text: str) -> None:
    """What is shown takes the server's time and every reader's: 20,000 letters made 720,000 in five seconds."""
    html = to_html(text)
    assert len(html) < 20 * len(text) + 2_000
    assert html.count("<td>") <= MOST_CELLS


def test_a_table_ends_where_its_room_does_and_the_rest_is_text() -> None:
    html = to_html(f"{table(2, '|x|y|', 2_000)}\n\nafter")
    assert 500 < html.count("<tr>") <= MOST_CELLS // 2
    assert "|x|y|" in html
    assert html.endswith("<p>after</p>\n")


def test_a_table_that_follows_a_line_of_text_begins_below_it() -> None:
    assert "<table>" in to_html(f"Prices:\n{table(2, '|x|y|', 1)}")


def test_what_is_shown_as_it_was_written_runs_nothing() -> None:
    html = to_html(f"[a]: /{'x' * 200}\n\n<script>alert(1)</script> {'[a]' * 3_000}")
    assert html.startswith("<p>[a]: /xxx")
    assert "<script" not in html
