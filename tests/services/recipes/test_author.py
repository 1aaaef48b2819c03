"""The stream of a turn."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from overskill.clients.bundler import Diagnostic
from overskill.errors import Unavailable
from overskill.services.generation.events import Event, Kind, Turn
from overskill.services.generation.recipes import RecipeAuthor
from overskill.services.generation.recipes.spec import SPEC_PATH
from overskill.starter import PROTECTED, starter_files
from tests.services.recipes.turns import Chat, prose, started, touched

TURN = Turn(prompt="something to keep track of my plants", app_name="", files=starter_files())


def written(events: list[Event]) -> list[str]:
    return [event.path for event in events if event.kind is Kind.CLOSE]


def test_a_first_turn_says_its_plan_and_name_before_it_writes() -> None:
    kinds = [event.kind for event in Chat().say(TURN.prompt)]
    assert kinds[:4] == [Kind.PLAN, Kind.NAME, Kind.PROSE, Kind.OPEN]
    assert kinds[-1] is Kind.USAGE


@pytest.mark.parametrize("prompt", [TURN.prompt, "page for my band"])
def test_the_frame_comes_first_so_that_there_is_something_to_see_early(prompt: str) -> None:
    paths = written(Chat().say(prompt))
    assert "src/App.tsx" in paths[:5]
    assert paths[-1] == "src/App.tsx"


def test_recipes_cost_nothing() -> None:
    usage = Chat().say(TURN.prompt)[-1].data
    assert usage == {"model": "recipes", "tokens_in": 0, "tokens_out": 0, "tokens_cached": 0, "cost_micro": 0}


def test_pieces_make_up_the_file() -> None:
    events = Chat().say(TURN.prompt)
    pieces: dict[str, str] = {}
    for event in events:
        if event.kind is Kind.OPEN:
            pieces[event.path] = ""
        elif event.kind is Kind.DELTA:
            pieces[event.path] += event.text
        elif event.kind is Kind.CLOSE:
            assert pieces[event.path] == event.text


def test_the_app_comes_last_so_that_everything_it_uses_is_there() -> None:
    assert written(Chat().say(TURN.prompt))[-1] == "src/App.tsx"


def test_files_that_the_app_can_not_start_without_are_not_touched() -> None:
    assert not PROTECTED & touched(Chat().say(TURN.prompt))


def test_the_whole_first_app_takes_about_five_seconds() -> None:
    waited: list[float] = []
    for _ in RecipeAuthor(pause=waited.append).write(TURN):
        pass
    assert 3 < sum(waited) < 6


def test_a_stop_ends_the_turn_between_two_pieces() -> None:
    left = iter([False] * 20)
    events = list(RecipeAuthor().write(replace(TURN, should_stop=lambda: next(left, True))))
    assert len(events) < 60
    assert events[-1].kind is not Kind.USAGE


def test_what_was_written_before_a_crash_is_not_written_again() -> None:
    whole = started(TURN.prompt).files
    done = (SPEC_PATH, "src/index.css", "src/data/plants.ts")
    files = starter_files() | {path: whole[path] for path in done}
    events = list(RecipeAuthor().write(replace(TURN, files=files, completed=done)))
    assert not set(done) & touched(events)
    assert "src/App.tsx" in touched(events)


def test_a_follow_up_that_is_taken_up_after_a_crash_ends_the_same() -> None:
    whole = started(TURN.prompt)
    before = dict(whole.files)
    path = "src/data/plants.ts"
    whole.say("add a price and rename room to place")
    turn = replace(
        TURN,
        prompt="add a price and rename room to place",
        files=before | {path: whole.files[path]},
        completed=(path,),
        is_first=False,
    )
    events = list(RecipeAuthor().write(turn))
    assert path not in touched(events)
    assert SPEC_PATH in touched(events)


def test_a_refusal_is_an_error_with_a_sentence() -> None:
    stream = RecipeAuthor().write(TURN)
    next(event for event in stream if event.kind is Kind.OPEN)
    with pytest.raises(Unavailable, match="not a safe path"):
        stream.send("not a safe path.")


def test_recipes_do_not_repair() -> None:
    author = RecipeAuthor()
    assert not author.can_repair()
    assert list(author.write(replace(TURN, feedback=(Diagnostic("src/App.tsx", "broken"),)))) == []


def test_the_same_words_give_the_same_app() -> None:
    assert started(TURN.prompt).files == started(TURN.prompt).files


def test_a_prompt_that_says_nothing_gets_a_general_app_and_the_truth() -> None:
    chat = Chat()
    events = chat.say("🎸")
    assert "could not make out" in prose(events)
    assert "src/data/entries.ts" in chat.files


def test_what_a_browser_can_not_do_is_said() -> None:
    assert "accounts" in prose(Chat().say("a task list where users can log in"))


def test_every_app_has_its_files_small() -> None:
    def lines() -> Iterator[tuple[str, int]]:
        for prompt in ("show me how my online sales are going", "a habit tracker with streaks", "job hunt"):
            for path, text in started(prompt).files.items():
                yield path, text.count("\n")

    assert not [found for found in lines() if found[1] > 250 and found[0] not in {SPEC_PATH, "package.json"}]
