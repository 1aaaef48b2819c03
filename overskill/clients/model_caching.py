"""Where a conversation may be kept in a provider's cache, for those that keep only what is marked.

A mark says: keep everything up to here. They take four at most.
"""

from collections.abc import Mapping, Sequence
from typing import Any

_MARK = {"cache_control": {"type": "ephemeral"}}

Message = Mapping[str, Any]


def marked_for_caching(messages: Sequence[Message], lasting: int = 0) -> list[Message]:
    """Marks the end of the rules (the same for all), of what lasts (the same in the next turn), of the request
    (the same in every round of the turn), and of all of it (the next round begins with it)."""
    ends = {0, lasting - 1, lasting, len(messages) - 1} if lasting else {0, len(messages) - 1}
    return [_marked(message) if place in ends else message for place, message in enumerate(messages)]


def _marked(message: Message) -> Message:
    """Marks stand on parts of a text. A message without text can't carry one."""
    content = message.get("content")
    if isinstance(content, str) and content:
        return {**message, "content": [{"type": "text", "text": content, **_MARK}]}
    if isinstance(content, list):
        texts = [place for place, part in enumerate(content) if part.get("type") == "text"]
        return {
            **message,
            "content": [part | _MARK if place in texts[-1:] else part for place, part in enumerate(content)],
        }
    return message
