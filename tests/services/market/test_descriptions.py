import pytest

from overskill.services.market.descriptions import description_html, plain_text


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "![](https://tracker.example/pixel.png)",
        "[a](javascript:alert(1))",
        "[a](data:text/html,<script>alert(1)</script>)",
        '[a](https://example.com "onmouseover=alert(1)")',
        "<a href='https://e.example' onclick='alert(1)'>a</a>",
        "<iframe src='https://e.example'></iframe>",
        "<svg><script>alert(1)</script></svg>",
        "<style>body{display:none}</style>",
        "`<script>alert(1)</script>`",
        "<h1 onclick=alert(1)>a</h1>",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "<math><mtext></p><img src=x onerror=alert(1)>",
    ],
)
def test_nothing_in_a_description_runs_or_loads(hostile: str) -> None:
    html = description_html(hostile)
    for tag in ("<script", "<img", "<iframe", "<svg", "<style", "<math"):
        assert tag not in html
    tags = "".join(part.partition(">")[0] for part in html.split("<")[1:])
    assert "javascript:" not in tags
    assert "data:" not in tags
    assert "onclick" not in tags
    assert "onerror" not in tags


def test_links_lend_no_credit_and_tell_nothing() -> None:
    html = description_html("[docs](https://example.com/docs)")
    assert 'rel="noopener noreferrer nofollow ugc"' in html
    assert 'target="_blank"' in html


def test_headings_stand_below_those_of_the_page_and_leave_out_no_level() -> None:
    assert description_html("## One\n\n#### Two\n\n## Three") == "<h3>One</h3>\n<h4>Two</h4>\n<h3>Three</h3>\n"


def test_a_description_in_words_is_cut_where_a_word_ends() -> None:
    assert plain_text("# Plan\n\nYour **whole** week & more <b>x</b>", 100) == "Plan Your whole week & more <b>x</b>"
    assert plain_text("Streaks that stick, every day.", 21) == "Streaks that stick…"


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("About\n\n## What it does\n\n- \n\n## Who it is for\n\n", "<p>About</p>\n"),
        ("## A\n\n## B\n\ntext", "<h3>B</h3>\n<p>text</p>\n"),
        ("## A\n\n### B\n\ntext", "<h3>A</h3>\n<h4>B</h4>\n<p>text</p>\n"),
        ("## A\n\n### B\n\n## C\n\ntext", "<h3>C</h3>\n<p>text</p>\n"),
        ("- \n- x", "<ul>\n<li>x</li>\n</ul>\n"),
    ],
)
def test_what_nothing_was_written_to_is_left_out(text: str, html: str) -> None:
    assert description_html(text) == html
