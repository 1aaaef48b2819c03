"""What the recipes say before they write: brief, plan, checks, a question where nothing was said."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from overskill.errors import Unavailable
from overskill.services.generation.brief import FEWEST_CHECKS, MOST_CHECKS, Brief
from overskill.services.generation.events import Event, Kind, Turn
from overskill.services.generation.recipes import RecipeAuthor
from overskill.services.generation.recipes.acceptance import acceptance_checks
from overskill.services.generation.recipes.brief import read_brief
from overskill.services.generation.recipes.kinds import KINDS, choose_kind, plan_app
from overskill.services.generation.recipes.spec import SPEC_PATH, from_json
from overskill.starter import starter_files
from tests.services.recipes.prompts import PROMPTS
from tests.services.recipes.turns import Chat, started


def turn(prompt: str, **facts: Any) -> Turn:
    return Turn(**{"prompt": prompt, "app_name": "", "files": starter_files(), **facts})


def prepare(asked: Turn, *, may_ask: bool = True, must_plan: bool = False) -> list[Event]:
    return list(RecipeAuthor().prepare(asked, may_ask=may_ask, must_plan=must_plan))


def kinds(events: list[Event]) -> list[Kind]:
    return [event.kind for event in events]


def test_a_first_turn_has_a_brief_and_a_plan() -> None:
    brief, plan = prepare(turn("a plant diary"))
    read = Brief.from_json(brief.data)
    assert (read.kind, read.language) == ("tracker", "en")
    assert read.pages[0].path == "/"
    assert "Name" in read.entities[0].fields
    assert plan.data["steps"]


def test_a_plan_that_was_shown_before_is_not_shown_again() -> None:
    events = list(RecipeAuthor().write(turn("a plant diary", plan=("Colours and type",))))
    assert Kind.PLAN not in kinds(events)


@pytest.mark.parametrize("prompt", PROMPTS)
def test_every_app_has_three_to_eight_checks_that_can_be_kept(prompt: str) -> None:
    checks = acceptance_checks(plan_app(read_brief(prompt)))
    assert FEWEST_CHECKS <= len(checks) <= MOST_CHECKS
    assert all(check.steps[0].do == "open" and len(check.steps) > 1 for check in checks)
    brief = Brief.from_json(json.loads(json.dumps(prepare(turn(prompt), may_ask=False)[0].data)))
    assert brief.checks == checks


def test_the_prompts_of_this_test_cover_every_kind() -> None:
    assert {choose_kind(read_brief(prompt)) for prompt in PROMPTS} == set(KINDS)


@pytest.mark.parametrize("prompt", ["make an app", "surprise me", "hi", "??"])
def test_a_prompt_that_names_nothing_is_asked_about(prompt: str) -> None:
    (asked,) = prepare(turn(prompt))
    (question,) = asked.data["questions"]
    assert asked.kind is Kind.QUESTIONS
    assert len(question["options"]) == 4


@pytest.mark.parametrize("prompt", ["my plants", "build me a website", "una aplicación para mis plantas", "a quiz"])
def test_a_prompt_that_names_something_is_not(prompt: str) -> None:
    assert kinds(prepare(turn(prompt))) == [Kind.BRIEF, Kind.PLAN]


def test_nothing_is_asked_where_it_may_not_be() -> None:
    assert kinds(prepare(turn("make an app"), may_ask=False)) == [Kind.BRIEF, Kind.PLAN]


def test_each_answer_to_the_question_is_another_kind_of_app() -> None:
    (asked,) = prepare(turn("make an app"))
    options = asked.data["questions"][0]["options"]
    built = [plan_app(read_brief(f"make an app\n\nWhat should it be? {option}")).kind for option in options]
    assert built == ["tracker", "landing", "booking", "quiz"]


def after(*messages: str) -> Callable[[str], Turn]:
    chat = Chat()
    for message in messages:
        chat.say(message)
    return lambda prompt: turn(prompt, files=chat.files, is_first=False)


def test_a_change_has_the_brief_of_the_app_as_it_will_be() -> None:
    (brief,) = prepare(after("a plant diary")("add a page with charts"))
    assert len(Brief.from_json(brief.data).pages) > 1


def test_a_change_of_an_app_that_was_changed_by_hand_promises_nothing() -> None:
    asked = after("a plant diary")("add a page with charts")
    by_hand = {**asked.files, "src/App.tsx": "export default function App() { return null; }\n"}
    assert prepare(replace(asked, files=by_hand)) == []


def test_a_wanted_plan_of_a_change_says_its_steps() -> None:
    events = prepare(after("a plant diary")("make it dark green and add a rating"), must_plan=True)
    assert len(events[-1].data["steps"]) == 2


def test_a_plan_of_what_is_not_understood_says_so() -> None:
    with pytest.raises(Unavailable, match="did not understand"):
        prepare(after("a plant diary")("hmm"), must_plan=True)


def built(prompt: str, change: Callable[[list[str]], list[str]]) -> list[str]:
    """The views of an app whose plan was changed before it was built."""
    plan = prepare(turn(prompt))[-1].data["steps"]
    files = dict(starter_files())
    for event in RecipeAuthor().write(turn(prompt, files=files, plan=tuple(change(list(plan))))):
        if event.kind is Kind.CLOSE:
            files[event.path] = event.text
    return [page.view for page in from_json(files[SPEC_PATH]).pages]


def test_a_step_that_is_struck_out_is_not_built() -> None:
    prompt = "my running log, with charts please"
    assert "insights" in built(prompt, lambda steps: steps)
    assert "insights" not in built(prompt, lambda steps: [step for step in steps if "Charts" not in step])


def test_a_step_that_is_added_is_built_where_it_is_understood() -> None:
    assert "calendar" in built("my clients with a deadline each", lambda steps: [*steps, "Add a calendar page"])
    assert built("a plant diary", lambda steps: [*steps, "Make the world better"]) == built(
        "a plant diary", lambda steps: steps
    )


def test_a_turn_that_goes_on_after_a_crash_is_not_prepared_again() -> None:
    assert prepare(turn("a plant diary", completed=(SPEC_PATH,), files=started("a plant diary").files)) == []
