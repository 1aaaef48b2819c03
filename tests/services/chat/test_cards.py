from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from overskill.services.chat.cards import TurnCard, cards_of
from overskill.services.generation import FileChange, TurnView

TURN = TurnView(
    id="1",
    prompt="a habit tracker",
    status="succeeded",
    answer="",
    plan=(),
    files=(),
    version=0,
    error="",
    author="model",
    model="some-model",
    tokens=0,
    cost_micro=0,
    repairs=0,
    seconds=2.0,
    created_at=datetime(2026, 11, 21, tzinfo=UTC),
)
PASSED = {"title": "It counts", "passed": True, "why": ""}
FAILED = {"title": "It keeps", "passed": False, "why": "“3” was not there"}
QUESTION = {"id": "who", "text": "For whom?", "options": ["Me"], "allows_other": False}


def card(**facts: Any) -> TurnCard:
    return cards_of([replace(TURN, **facts)], "")[0]


def test_a_version_is_one_line_of_what_speaks_for_it() -> None:
    files = (FileChange("src/App.tsx", "written", 3), FileChange("src/lib.ts", "edited", 0))
    checks = {"compiles": True, "browser": "passed", "results": [PASSED, PASSED]}
    shown = card(version=3, files=files, checks=checks, charged=1240)
    assert (shown.outcome, shown.files_words) == ("version", "2 files")
    assert shown.proof == "Checked in a browser: 2 of 2 · 1.2 credits"
    assert shown.is_sound


@pytest.mark.parametrize(
    ("checks", "words", "is_sound"),
    [
        ({}, "", True),
        ({"compiles": False, "browser": "skipped"}, "It does not compile", True),
        ({"compiles": True, "browser": "skipped"}, "It compiles", True),
        ({"compiles": True, "browser": "failed", "results": [PASSED, FAILED]}, "Checked in a browser: 1 of 2", False),
        (
            {"compiles": True, "browser": "failed", "results": [], "problems": [{"message": "Boom"}]},
            "Checked in a browser: 1 problem",
            False,
        ),
        ({"compiles": True, "browser": "passed", "results": []}, "Checked in a browser: it works", True),
    ],
)
def test_what_the_checks_found_is_said_in_a_few_words(checks: dict[str, Any], words: str, is_sound: bool) -> None:
    shown = card(version=1, checks=checks)
    assert (shown.proof, shown.is_sound) == (words, is_sound)


def test_what_keeps_a_version_from_being_published_comes_first() -> None:
    shown = card(version=1, findings=({"severity": "critical"}, {"severity": "low"}))
    assert (shown.proof, shown.is_sound) == ("1 critical finding", False)


def test_a_failure_says_what_came_back_and_is_open_while_it_is_the_newest() -> None:
    failed = replace(TURN, status="failed", error="It went round.", refunded=880, can_go_on=True)
    before, newest = cards_of([failed, replace(failed, id="2")], "")
    assert (newest.outcome, newest.refund) == ("failure", "Refunded 0.9 credits")
    assert (before.is_open, before.can_go_on) == (False, False)
    assert (newest.is_open, newest.can_go_on) == (True, True)


def test_a_plan_waits_to_be_built_and_only_then_it_is_sent_whole() -> None:
    brief = {"summary": "A tracker", "pages": [{"path": "/", "title": "Today"}], "checks": [{"title": "It counts"}]}
    planned = replace(TURN, mode="plan", plan_steps=("one", "two"), brief=brief)
    [waiting] = cards_of([planned], "")
    assert waiting.outcome == "plan"
    assert (waiting.plan.steps, waiting.plan.pages, waiting.plan.checks) == (["one", "two"], ["Today"], ["It counts"])

    followed = replace(planned, is_followed=True)
    done, building = cards_of([followed, replace(TURN, id="2", follows_id="1", status="running")], "2")
    assert (done.outcome, done.plan.steps) == ("words", [])
    assert (building.label, building.stage) == ("Build this plan", "live")


def test_questions_are_asked_until_they_are_answered() -> None:
    asked = replace(TURN, questions=(QUESTION,))
    assert [question.text for question in card(questions=(QUESTION,)).questions] == ["For whom?"]
    answered = replace(TURN, id="2", follows_id="1", prompt="a habit tracker\n\nFor whom? Me")
    skipped = replace(TURN, id="3", follows_id="1")
    before, *after = cards_of([replace(asked, is_followed=True), answered, skipped], "")
    assert (before.outcome, before.questions) == ("words", [])
    assert [shown.label for shown in after] == ["For whom? Me", "Build it without answers"]


def test_a_turn_that_only_answered_has_nothing_to_show_but_words() -> None:
    shown = card(answer="It is *there* already.")
    assert (shown.outcome, shown.answer) == ("words", "<p>It is <em>there</em> already.</p>\n")


def test_files_that_wait_for_a_choice_are_named() -> None:
    assert card(version=2, conflicts=("src/App.tsx",)).conflicts == ["src/App.tsx"]
