"""What a turn costs in tokens that are read, how much of them a provider's cache knows, and how long it takes to say.

    .venv/bin/python -m benchmarks.context

A small app (25 files) and a large one (400 files, 1.5 MB), a first change and the 200th turn, in contexts of three
sizes. Nothing is asked of a model: the messages are made as for one, and measured.
"""

import json
import time
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from overskill.clients.bundler import Diagnostic
from overskill.clients.models import Message
from overskill.services.generation.briefing import opening
from overskill.services.generation.compaction import compacted
from overskill.services.generation.events import Turn
from overskill.services.generation.measures import tokens as size_of
from overskill.services.generation.outline import exports, outline, sources
from tests.services.generation.large_app import AREAS, Chat, large_app, long_chat

CONTEXTS = (128_000, 32_000, 16_000, 8_192)
_FIRST = ("recipe", AREAS["recipes"])
_BROKEN = Diagnostic("src/features/recipes/RecipeCard.tsx", "Cannot find name 'useRecipe'.", 12)


def told(turn: Turn, context: int) -> list[Message]:
    return opening(turn, protocol="tools", context_tokens=context, output_tokens=min(32_000, context // 3))


def tokens(messages: Sequence[Message]) -> int:
    return sum(size_of(str(message["content"])) for message in messages)


def common(before: Sequence[Message], after: Sequence[Message]) -> tuple[int, int, int]:
    """How many bytes both begin with, and how many they have."""
    one, other = (json.dumps(list(messages), ensure_ascii=False).encode()[:-1] for messages in (before, after))
    same = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return same, len(one), len(other)


def known(before: Sequence[Message], after: Sequence[Message]) -> float:
    """The share of a request that the one before began with, too: what a cache can know of it."""
    same, _, size = common(before, after)
    return same / size


def forgotten() -> None:
    for remembered in (exports, outline, sources):
        remembered.cache_clear()


def milliseconds(turn: Turn, context: int, *, is_first_time: bool) -> float:
    took = []
    for _ in range(5):
        if is_first_time:
            forgotten()
        began = time.process_time()
        told(turn, context)
        took.append((time.process_time() - began) * 1_000)
    return min(took)


def turns_of(chat: Chat) -> dict[str, Turn]:
    subject, area = tuple(AREAS.items())[len(chat.versions) % len(AREAS)] if len(chat.versions) > 1 else _FIRST
    change = chat.turn(f"Let me sort the {subject} cards by {area[1].lower()}")
    return {"change": change, "fix": replace(change, feedback=(_BROKEN,))}


def print_tokens(name: str, chat: Chat) -> None:
    for context in CONTEXTS:
        for kind, turn in turns_of(chat).items():
            messages = told(turn, context)
            rules, lasting, request = tokens(messages[:1]), tokens(messages[1:-1]), tokens(messages[-1:])
            total = rules + lasting + request
            cold = milliseconds(turn, context, is_first_time=True)
            warm = milliseconds(turn, context, is_first_time=False)
            print(
                f"{name:28} {context:>8,} {kind:7} {total:>7,} = {rules:>6,} rules + {lasting:>6,} lasting "
                f"+ {request:>6,} request   {cold:5.0f} ms cold {warm:5.0f} ms warm"
            )


def print_shares(name: str, chats: Sequence[Chat]) -> None:
    """Between the openings of consecutive turns, between a turn's and its repair's, and between rounds of a turn."""
    for context in CONTEXTS:
        openings = [told(turns_of(chat)["change"], context) for chat in chats]
        between = [known(before, after) for before, after in pairwise(openings)]
        lasting = [common(before[:-1], after) for before, after in pairwise(openings)]
        steps = sum(same < size for same, size, _ in lasting)
        most = sum(tokens(one[:-1]) / tokens(one) for one in openings) / len(openings)
        repair = known(*(told(turn, context) for turn in turns_of(chats[-1]).values()))
        share, broken = rounds(chats[-1], context)
        print(
            f"{name:28} {context:>8,}   next turn {sum(between) / len(between):4.0%} of {most:4.0%} that could be "
            f"({steps} steps in {len(between)} turns)   its repair {repair:4.0%}   "
            f"next round {share:4.0%} ({broken} steps in 40 rounds)"
        )


def rounds(chat: Chat, context: int) -> tuple[float, int]:
    """The mean share over 40 rounds that each write a file of 100 lines and now and then read one; the steps."""
    before = told(turns_of(chat)["change"], context)
    opening_length, room = len(before), context - min(32_000, context // 3)
    shares, steps = [], 0
    for number, content in enumerate(list(large_app().values())[:40]):
        arguments = json.dumps({"path": f"src/a{number}.tsx", "content": content})
        call = {"id": f"{number}", "type": "function", "function": {"name": "write_file", "arguments": arguments}}
        said = {"role": "assistant", "content": "", "tool_calls": [call]}
        result = {"role": "tool", "tool_call_id": f"{number}", "content": "Written." if number % 5 else content}
        after = compacted([*before, said, result], room, opening=opening_length)
        same, size, _ = common(before, after)
        steps += same < size
        shares.append(known(before, after))
        before = after
    return sum(shares) / len(shares), steps


def main() -> None:
    large = large_app()
    print(f"{len(large)} files, {sum(map(len, large.values())):,} bytes")
    print_tokens("25 files, the first change", long_chat(1, 25))
    print_tokens("400 files, the first change", long_chat(1))
    print_tokens("400 files, a follow-up", long_chat(2))
    print_tokens("400 files, turn 200", long_chat(199))
    print_shares("25 files, turns 80 to 100", [long_chat(turns, 25) for turns in range(80, 100)])
    print_shares("400 files, turns 180 to 200", [long_chat(turns) for turns in range(180, 200)])


if __name__ == "__main__":
    main()
