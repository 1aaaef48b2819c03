import pytest

from overskill.services.chat.markdown import to_html


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
