"""Reading what a model thought: nothing it says is trusted, and what is of use is kept."""

import json
import random
from typing import Any

import pytest

from overskill.clients.checker import BrowserStep
from overskill.errors import Unavailable
from overskill.services.generation.brief import MOST_CHECKS, Brief
from overskill.services.generation.preparation import Preparation, parse_answer, read_preparation

STEPS = [{"do": "open", "target": "/", "value": ""}, {"do": "see", "target": "Plants", "value": ""}]


def read(**answer: Any) -> Preparation:
    return read_preparation({"summary": "A diary.", **answer})


@pytest.mark.parametrize(
    "text",
    [
        '{"kind": "game"}',
        '```json\n{"kind": "game"}\n```',
        'Here it is: {"kind": "game"} Have fun!',
        'I use {braces} here. {"kind": "game"}',
        '{"kind": "ga\tme", "kind": "game"}',
    ],
)
def test_the_object_is_found_wherever_it_stands(text: str) -> None:
    assert parse_answer(text)["kind"] == "game"


def test_an_answer_without_anything_of_use_is_refused() -> None:
    with pytest.raises(Unavailable):
        read_preparation({"kind": "tracker", "pages": "many", "plan": []})


def test_texts_are_short_and_on_one_line() -> None:
    brief = read(summary="One\nline\x00 and\u202e more. " * 50, kind="LANDING page\n").brief
    assert len(brief.summary) <= 240
    assert brief.summary.isprintable()
    assert brief.kind == "landing page"


@pytest.mark.parametrize("path", ["https://evil.example", "/../etc", "/tasks/:id", "/a b", "javascript:1", 5])
def test_a_page_that_cannot_be_opened_is_left_out(path: object) -> None:
    assert read(pages=[{"path": path, "title": "Evil"}]).brief.pages == ()


def test_the_start_page_comes_first_and_each_page_once() -> None:
    pages = [
        {"path": "Tasks/", "title": "Tasks"},
        {"path": "/", "title": "Start"},
        {"path": "/tasks", "title": "Again"},
    ]
    assert [page.path for page in read(pages=pages).brief.pages] == ["/", "/tasks"]


def test_a_check_begins_at_a_page() -> None:
    (check,) = read(checks=[{"title": "Seen", "steps": STEPS[1:]}]).brief.checks
    assert check.steps[0] == BrowserStep("open", "/")


@pytest.mark.parametrize(
    "step",
    [
        {"do": "eval", "target": "alert(1)"},
        {"do": "open", "target": "http://169.254.169.254/"},
        {"do": "press", "target": "Enter Enter Enter"},
        {"do": "choose", "target": "Colour", "value": ""},
        {"do": "see", "target": ""},
        {"do": ["see"], "target": "x"},
        "see Plants",
    ],
)
def test_a_check_with_a_step_that_cannot_be_run_is_left_out(step: object) -> None:
    assert read(checks=[{"title": "Bad", "steps": [*STEPS, step]}]).brief.checks == ()


def test_a_check_that_only_opens_says_nothing() -> None:
    assert read(checks=[{"title": "Opens", "steps": STEPS[:1]}]).brief.checks == ()


def test_there_are_at_most_eight_checks() -> None:
    checks = [{"title": f"Check {number}", "steps": STEPS} for number in range(30)]
    assert len(read(checks=checks).brief.checks) == MOST_CHECKS


def test_pages_are_checked_where_there_are_too_few_checks() -> None:
    pages = [{"path": f"/{name}", "title": name.title()} for name in ("plants", "places", "charts")]
    titles = [check.title for check in read(pages=pages, checks=[{"title": "Seen", "steps": STEPS}]).brief.checks]
    assert titles == ["Seen", "Plants", "Places"]


def test_questions_have_two_to_four_options_and_are_at_most_three() -> None:
    questions = [{"text": "Alone?", "options": ["Yes"]}] + [
        {"text": f"Which {n}?", "options": ["a", "a", "b", "c", "d", "e"]} for n in range(5)
    ]
    asked = read(questions=questions).questions
    assert [one.options for one in asked] == [("a", "b", "c", "d")] * 3


@pytest.mark.parametrize(("said", "language"), [("de", "de"), ("pt-BR", "pt-BR"), ("German", "en"), (None, "en")])
def test_the_language_is_a_code(said: object, language: str) -> None:
    assert read(language=said).brief.language == language


def test_there_is_always_a_plan() -> None:
    pages = [{"path": "/", "title": "Plants", "purpose": "all of them"}]
    assert read(pages=pages).plan_steps == ("Plants: all of them",)
    assert read().plan_steps == ("A diary.",)


def test_what_was_read_is_read_the_same_again() -> None:
    pages = [{"path": "/", "title": "Plants", "purpose": "all"}]
    entities = [{"name": "Plant", "fields": ["name"]}]
    checks = [{"title": f"Check {number}", "steps": STEPS} for number in range(3)]
    first = read(pages=pages, entities=entities, checks=checks, questions=[{"text": "Which?", "options": ["a", "b"]}])
    assert read_preparation(json.loads(json.dumps(first.to_json()))) == first
    assert Brief.from_json(first.brief.to_json()) == first.brief


def test_whatever_a_model_says_is_read_or_refused() -> None:
    """Random values in every place: nothing but Unavailable comes out of it, and what is read can be kept."""
    chance = random.Random(7)  # noqa: S311  # the same each time
    names = ["kind", "summary", "pages", "entities", "plan", "checks", "questions", "language", "steps", "do", "target"]

    def value(depth: int) -> Any:
        if depth == 0 or chance.random() < 0.4:
            return chance.choice([None, 1, 2.5, True, "", "/", "see", "open", "x" * 500, "\ud800", []])
        if chance.random() < 0.5:
            return [value(depth - 1) for _ in range(chance.randrange(4))]
        return {chance.choice(names): value(depth - 1) for _ in range(chance.randrange(5))}

    for _ in range(2_000):
        answer = {name: value(4) for name in names}
        try:
            found = read_preparation(answer)
        except Unavailable:
            continue
        assert Brief.from_json(found.brief.to_json()) == found.brief
        json.dumps(found.to_json()).encode()
