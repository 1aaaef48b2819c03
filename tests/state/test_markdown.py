import pytest

from overskill.state.figures import duration_words, money_words, size_words
from overskill.state.markdown import to_html


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


@pytest.mark.parametrize(("micro", "words"), [(0, ""), (1_230_000, "$1.23"), (4_200, "$0.0042"), (300_000, "$0.30")])
def test_money_has_as_many_places_as_it_needs(micro: int, words: str) -> None:
    assert money_words(micro) == words


@pytest.mark.parametrize(("seconds", "words"), [(0.04, "0.0 s"), (2.14, "2.1 s"), (12.6, "13 s"), (75, "1 min 15 s")])
def test_durations_are_said_as_people_say_them(seconds: float, words: str) -> None:
    assert duration_words(seconds) == words


@pytest.mark.parametrize(("count", "words"), [(12, "12 B"), (2048, "2 KB"), (3_250_000, "3.1 MB")])
def test_sizes_are_said_in_the_unit_that_fits(count: int, words: str) -> None:
    assert size_words(count) == words
