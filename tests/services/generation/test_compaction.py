"""Long talks stay inside the context, in steps that leave the beginning as it was."""

import json
from itertools import pairwise

from overskill.clients.models import Message
from overskill.services.generation.compaction import FULL, compacted
from overskill.services.generation.measures import size

OPENING: list[Message] = [{"role": "system", "content": "s" * 3_000}, {"role": "user", "content": "u" * 6_000}]


def round_of(number: int, written: int = 9_000, result: int = 900) -> list[Message]:
    function = {"name": "write_file", "arguments": json.dumps({"path": f"src/{number}.ts", "content": "x" * written})}
    call = {"id": f"{number}", "type": "function", "function": function}
    return [
        {"role": "assistant", "content": "", "tool_calls": [call]},
        {"role": "tool", "tool_call_id": f"{number}", "content": "y" * result},
    ]


def test_a_talk_with_room_is_left_as_it_is() -> None:
    talk = [*OPENING, *round_of(1)]
    assert compacted(talk, 100_000, opening=2) == talk


def test_a_step_drops_the_bodies_of_earlier_calls_but_stays_valid() -> None:
    talk = [*OPENING, *(message for number in range(6) for message in round_of(number))]
    shorter = compacted(talk, 14_000, opening=2)
    assert len(shorter) == len(talk)
    assert shorter[:2] == OPENING
    assert shorter[-4:] == talk[-4:]
    assert json.loads(shorter[2]["tool_calls"][0]["function"]["arguments"])["path"] == "src/0.ts"
    assert size(shorter) < 14_000 * FULL


def test_rounds_only_append_between_steps_and_always_fit() -> None:
    talk, steps = list(OPENING), 0
    talks = []
    for number in range(40):
        talk = compacted([*talk, *round_of(number)], 30_000, opening=2)
        assert size(talk) < 30_000 * FULL
        talks.append(talk)
    steps = sum(before != after[: len(before)] for before, after in pairwise(talks))
    assert steps <= 12


def test_files_that_were_read_in_text_are_shortened_too() -> None:
    talk = [*OPENING, *({"role": "user", "content": f"read_file:\n{'z' * 20_000}"} for _ in range(8))]
    assert size(compacted(talk, 30_000, opening=2)) < 30_000 * FULL


def test_even_the_latest_is_shortened_before_the_context_runs_over() -> None:
    talk = [*OPENING, *(message for number in range(3) for message in round_of(number, 30_000, 40_000))]
    assert size(compacted(talk, 20_000, opening=2)) < 20_000
