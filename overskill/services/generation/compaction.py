"""Keeping a long talk inside a model's context: what was said long ago is shortened, in steps.

A step makes much room at once and stays: between two steps every request begins with all of the one before it.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from overskill.clients.models import Message
from overskill.services.generation.measures import size

FULL = 0.9  # of the context: then a step is made
AIM = 0.5  # of the context: what a step tries to come down to
KEPT = 4  # the latest messages stay as they are while that is possible
_FIRMLY, _HARD = 400, 80  # characters that are left of a text
_FILES = 4_000  # characters: in the text protocol an answer that long holds files


def compacted(messages: Sequence[Message], context_tokens: int, *, opening: int = 0) -> list[Message]:
    """The messages as they are, or after a step. The first ones, which the talk opened with, are never changed."""
    result = list(messages)
    if size(result) < context_tokens * FULL:
        return result
    for shorten, kept in ((_shortened, KEPT), (partial(_cut_down, most=_HARD), KEPT), (_shortened, 1)):
        _step(result, range(opening, len(result) - kept), shorten, int(context_tokens * AIM))
        if size(result) < context_tokens * FULL:
            break
    return result


def _step(messages: list[Message], places: range, shorten: Callable[[Message], Message], aim: int) -> None:
    """Shorten the oldest first, until it is enough."""
    left = size(messages) - aim
    for place in places:
        if left <= 0:
            return
        before = messages[place]
        messages[place] = shorten(before)
        left -= size([before]) - size([messages[place]])


def _shortened(message: Message) -> Message:
    """Without the bodies of calls, results and files, all of which can be read again."""
    most = _FIRMLY if message["role"] == "tool" else _FILES
    return _cut_down(message, most=most)


def _cut_down(message: Message, *, most: int) -> Message:
    content = message["content"]
    if isinstance(content, str) and len(content) > most:
        message = {**message, "content": f"{content[: most // 2]}\n[shortened; ask again to see it]"}
    if "tool_calls" in message:
        return {**message, "tool_calls": [_without_body(call) for call in message["tool_calls"]]}
    return message


def _without_body(call: Mapping[str, Any]) -> Mapping[str, Any]:
    function = call["function"]
    if len(function["arguments"]) < _FIRMLY:
        return call
    try:
        path = json.loads(function["arguments"], strict=False).get("path", "")
    except (ValueError, AttributeError):
        path = ""
    arguments = json.dumps({"path": path, "note": "left out here; read_file shows it"})
    return {**call, "function": {**function, "arguments": arguments}}
