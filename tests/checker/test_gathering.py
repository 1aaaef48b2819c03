"""What the child says becomes a report, whatever it says."""

import json

import pytest

from overskill.checker.gathering import Gathering
from overskill.errors import Unavailable


def said(*lines: object) -> bytes:
    return b"".join(json.dumps(line).encode() + b"\n" for line in lines)


def problem(message: str) -> dict[str, object]:
    return {"problem": {"kind": "console", "message": message, "route": "/", "file": "", "line": 0}}


def test_lines_that_come_in_pieces_are_put_together() -> None:
    gathering = Gathering()
    whole = said(
        {"route": "/"}, problem("Oh"), {"result": {"title": "Adds", "passed": True, "why": ""}}, {"done": True}
    )
    for start in range(0, len(whole), 7):
        gathering.take(whole[start : start + 7])
    report = gathering.report(12.0)
    assert (report.routes, report.problems[0].message, report.results[0].title) == (("/",), "Oh", "Adds")
    assert gathering.is_done


def test_no_more_problems_are_kept_than_fit_and_none_is_endless() -> None:
    gathering = Gathering()
    gathering.take(said(*[problem("x" * 5_000) for _ in range(100)]))
    assert len(gathering.problems) == 30
    assert len(gathering.problems[0].message) == 500


def test_what_was_seen_from_outside_is_there_even_then() -> None:
    gathering = Gathering()
    gathering.take(said(*[problem(str(number)) for number in range(100)]))
    gathering.add("memory", "Too large.")
    assert (len(gathering.problems), gathering.problems[-1].kind) == (30, "memory")


def test_more_output_than_a_check_can_have_is_too_much() -> None:
    gathering = Gathering()
    gathering.take(b" " * (17 * 1024 * 1024))
    assert gathering.is_too_much


def test_a_browser_that_is_not_to_be_had_is_unavailable() -> None:
    with pytest.raises(Unavailable, match="it does not start"):
        Gathering().take(said({"unavailable": "it does not start."}))


def test_a_picture_that_is_none_is_left_out() -> None:
    gathering = Gathering()
    gathering.take(said({"screenshot": "not base64!"}))
    assert gathering.screenshot == b""
