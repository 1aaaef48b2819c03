import pytest

from overskill.clients.bundler import Asset
from overskill.clients.checker import BrokenRule, Measured, Timings
from overskill.services.market.first_load import first_load
from overskill.services.market.scores import accessibility, barriers, speed

BROKEN = BrokenRule("button-name", "critical", "Buttons must have discernible text", 2, "/")


def test_what_lighthouse_calls_good_scores_ninety_and_its_median_fifty() -> None:
    good = speed(Timings(first_paint=1800, largest_paint=2500, blocked=200, shift=0.1))
    median = speed(Timings(first_paint=3000, largest_paint=4000, blocked=600, shift=0.25))
    assert (good.value, median.value) == (90, 50)
    assert [figure.score for figure in good.figures] == [90, 90, 90, 90]


# By Lighthouse's own scoring calculator, version 10, without its Speed Index.
@pytest.mark.parametrize(("milliseconds", "score"), [(1000, 99), (2000, 86), (5000, 11)])
def test_first_paint_is_scored_as_lighthouse_scores_it(milliseconds: float, score: int) -> None:
    figure = speed(Timings(milliseconds, 1, 0, 0)).figures[0]
    assert abs(figure.score - score) <= 1


def test_rules_count_by_their_impact() -> None:
    found = accessibility(Measured(broken=(BROKEN,), kept={"label": "critical", "list": "serious"}, routes=("/",)))
    assert found is not None
    assert found.value == round(100 * 17 / 27)


def test_what_is_broken_is_never_rounded_up_to_flawless() -> None:
    minor = BrokenRule("empty-heading", "minor", "Headings have text", 1, "/")
    kept = {f"rule-{number}": "critical" for number in range(100)}
    found = accessibility(Measured(broken=(minor,), kept=kept, routes=("/",)))
    assert found is not None
    assert found.value == 99


def test_nothing_is_said_of_accessibility_where_axe_did_not_look() -> None:
    assert accessibility(Measured()) is None


def test_a_rule_that_two_pages_break_is_told_once_the_gravest_first() -> None:
    minor = BrokenRule("aaa", "minor", "A", 1, "/")
    again = BrokenRule("button-name", "critical", "Buttons must have discernible text", 1, "/other")
    assert [(one.rule, one.route) for one in barriers([minor, BROKEN, again])] == [("button-name", "/"), ("aaa", "/")]


def test_the_first_load_is_the_page_and_what_it_needs_at_once() -> None:
    page = b'<link rel="icon" href="/icon.svg"><link rel="stylesheet" href="./assets/a.css"><script src="/assets/a.js">'
    assets = {
        "/index.html": Asset(page, "text/html"),
        "/assets/a.css": Asset(b"x" * 1000, "text/css"),
        "/assets/a.js": Asset(b'import{b}from"./b.js";import("./later.js")', "text/javascript"),
        "/assets/b.js": Asset(b"y" * 500, "text/javascript"),
        "/assets/later.js": Asset(b"z" * 5000, "text/javascript"),
        "/icon.svg": Asset(b"<svg/>", "image/svg+xml"),
    }
    found = first_load(assets)
    assert found.files == 4
    assert found.plain == sum(len(assets[path].content) for path in list(assets)[:4])
    assert found.brotli < found.gzip < found.plain
