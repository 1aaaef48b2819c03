"""What was thought out, in the request of the model that builds; and what it is told of a good app of the kind."""

import pytest

from overskill.clients.checker import AcceptanceCheck, BrowserStep
from overskill.services.generation.brief import Brief, Entity, Page
from overskill.services.generation.brief_words import brief_words
from overskill.services.generation.briefing import opening, system_prompt
from overskill.services.generation.events import Turn
from overskill.services.generation.prompts.kinds import guide_for, guides

ADDED = AcceptanceCheck(
    "A plant that is added is in the list",
    (BrowserStep("open", "/"), BrowserStep("fill", "Name", "Fern"), BrowserStep("see", "Fern")),
)
BRIEF = Brief(
    kind="plant tracker",
    summary="Reminds of watering.",
    pages=(Page("/", "Plants", "all of them"),),
    entities=(Entity("Plant", ("name", "light")),),
    checks=(ADDED,),
    language="de",
)


def turn(**facts: object) -> Turn:
    return Turn(**{"prompt": "plants", "app_name": "", "files": {}, **facts})  # type: ignore[arg-type]


def request(asked: Turn) -> str:
    messages = opening(asked, protocol="tools", context_tokens=128_000, output_tokens=8_000)
    return str(messages[-1]["content"])


def test_the_builder_is_told_what_was_thought_out() -> None:
    told = request(turn(brief=BRIEF, plan=("List the plants",)))
    for words in ("Reminds of watering.", "/ Plants (all of them)", "Plant (name, light)", "Language of its texts: de"):
        assert words in told
    assert "1. List the plants" in told
    assert "- A plant that is added is in the list: open /, fill “Name” with “Fern”, see “Fern”" in told


def test_what_was_thought_out_is_no_part_of_what_is_cached() -> None:
    messages = opening(turn(brief=BRIEF), protocol="tools", context_tokens=128_000, output_tokens=8_000)
    assert messages[0]["content"] == system_prompt("tools")


def test_without_thoughts_nothing_is_added() -> None:
    assert brief_words(turn()) == ""
    assert "Thought out" not in request(turn())


def test_a_change_is_told_its_plan_but_not_how_to_make_an_app() -> None:
    told = brief_words(turn(is_first=False, brief=BRIEF, plan=("Add a rating",)))
    assert "1. Add a rating" in told
    assert "Pitfalls" not in told


@pytest.mark.parametrize("name", guides())
def test_each_guide_is_short_and_says_everything(name: str) -> None:
    guide = guides()[name]
    assert len(guide.text) <= 900
    for part in (guide.pages, guide.states, guide.checks, guide.pitfalls):
        assert part.endswith(".")
        assert len(part) > 40


@pytest.mark.parametrize("name", guides())
def test_each_guide_is_chosen_by_each_of_its_words(name: str) -> None:
    for word in guides()[name].words:
        chosen = guide_for(word)
        assert chosen is not None
        assert chosen.name == name


def test_no_word_stands_for_two_guides() -> None:
    words = [word for guide in guides().values() for word in guide.words]
    assert len(words) == len(set(words))


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("Plant tracker", "tracker"),
        ("landing page", "landing"),
        ("Task board game", "game"),
        ("password generator", "tool"),
        ("meal planner", "planner"),
        ("Online SHOP", "shop"),
        ("recipe: kanban", "kanban"),
        ("aquarium", ""),
        ("", ""),
    ],
)
def test_a_guide_is_found_by_the_words_of_a_brief(kind: str, name: str) -> None:
    guide = guide_for(kind)
    assert (guide.name if guide else "") == name
