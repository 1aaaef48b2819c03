"""From the JSON of chat completions, streamed or whole, to pieces. Knows how servers differ."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from overskill.clients.model_errors import Cause, Endpoint, ModelFailed, classify, failed
from overskill.clients.models import Ending, Finished, Piece, Reasoning, Text, ToolDelta, ToolEnd, ToolStart

_ENDINGS = {"length": Ending.LENGTH, "max_tokens": Ending.LENGTH, "tool_calls": Ending.TOOL_CALLS}
_THINK, _THOUGHT = "<think>", "</think>"
_BAD_GATEWAY = 502  # what an error inside a stream counts as when it names no code of its own


@dataclass(slots=True)
class _Call:
    index: int
    id: str
    arguments: str = ""


class ThoughtFilter:
    """Some servers leave a model's thoughts in the text: `<think>...</think>` at its very beginning."""

    def __init__(self) -> None:
        self._waiting = ""
        self._state = "start"  # then "thinking" or "text"

    def feed(self, text: str) -> Iterator[Text | Reasoning]:
        if self._state == "text":
            yield Text(text)
            return
        self._waiting += text
        if self._state == "start":
            begun = self._waiting.lstrip()
            if begun.startswith(_THINK):
                self._state, self._waiting = "thinking", begun.removeprefix(_THINK)
            elif not _THINK.startswith(begun):
                self._state = "text"
                yield from self._all_as_text()
        if self._state == "thinking":
            thought, mark, rest = self._waiting.partition(_THOUGHT)
            if mark:
                self._state, self._waiting = "text", rest.lstrip()
                yield Reasoning(thought)
                yield from self._all_as_text()

    def end(self) -> Iterator[Text | Reasoning]:
        if self._state == "thinking":
            yield Reasoning(self._waiting)
        else:
            yield from self._all_as_text()

    def _all_as_text(self) -> Iterator[Text | Reasoning]:
        text, self._waiting = self._waiting, ""
        if text:
            yield Text(text)


@dataclass(slots=True)
class Decoder:
    """One per response."""

    endpoint: Endpoint
    model: str = ""  # which one answered
    usage: Mapping[str, Any] | None = None
    written: int = 0  # characters the model wrote, to estimate tokens where the server doesn't count them
    _ending: str = ""
    _calls: dict[int, _Call] = field(default_factory=dict)  # by the server's index
    _count: int = 0
    _thoughts: ThoughtFilter = field(default_factory=ThoughtFilter)

    @property
    def is_complete(self) -> bool:
        """The server said why it stopped writing."""
        return bool(self._ending)

    def data(self, text: str) -> Iterator[Piece]:
        """One event of the stream. Raises ModelFailed for an error that comes inside it."""
        try:
            chunk = json.loads(text)
        except ValueError:
            return  # a keep-alive of some proxy
        if isinstance(chunk, Mapping):
            yield from self._chunk(chunk, "delta")

    def whole(self, text: str) -> Iterator[Piece]:
        """The body of a server that answered all at once although it was asked to stream."""
        try:
            body = json.loads(text)
        except ValueError:
            raise failed(self.endpoint, Cause.UNUSABLE) from None
        if not isinstance(body, Mapping) or not ("choices" in body or "error" in body):
            raise failed(self.endpoint, Cause.UNUSABLE)
        yield from self._chunk(body, "message")
        if not self._ending and body.get("choices"):
            self._ending = "stop"

    def end(self) -> Iterator[Piece]:
        """The response is over. Raises ModelFailed if the answer is not."""
        yield from self._texts(self._thoughts.end())
        if not self._ending:
            raise failed(self.endpoint, Cause.CUT)
        if self._ending == "content_filter":
            raise failed(self.endpoint, Cause.REFUSED)
        ending = _ENDINGS.get(self._ending, Ending.STOP)
        for call in self._calls.values():
            if ending is not Ending.LENGTH or _is_json(call.arguments):  # else it was cut off in the middle
                yield ToolEnd(call.index)
        yield Finished(ending)

    def _chunk(self, chunk: Mapping[str, Any], member: str) -> Iterator[Piece]:
        if chunk.get("error"):
            raise self._error(chunk)
        self.model = str(chunk.get("model") or self.model)
        if isinstance(chunk.get("usage"), Mapping):
            self.usage = chunk["usage"]
        for choice in (chunk.get("choices") or [])[:1]:
            if choice.get("error") or choice.get("finish_reason") == "error":
                raise self._error(choice)
            yield from self._message(choice.get(member) or {})
            self._ending = str(choice.get("finish_reason") or self._ending)

    def _error(self, holder: Mapping[str, Any]) -> ModelFailed:
        return classify(self.endpoint, _BAD_GATEWAY, {"error": holder.get("error") or "The provider failed."})

    def _message(self, message: Mapping[str, Any]) -> Iterator[Piece]:
        yield from self._reasoning(message)
        content = message.get("content")
        if isinstance(content, list):  # parts
            content = "".join(str(part.get("text") or "") for part in content if isinstance(part, Mapping))
        if content:
            yield from self._texts(self._thoughts.feed(str(content)))
        for call in message.get("tool_calls") or ():
            yield from self._tool_call(call)

    def _reasoning(self, message: Mapping[str, Any]) -> Iterator[Piece]:
        """OpenRouter calls it `reasoning`; DeepSeek, vLLM and llama.cpp `reasoning_content`."""
        details = tuple(message.get("reasoning_details") or ())
        for member in ("reasoning", "reasoning_content"):
            if text := message.get(member):
                self.written += len(str(text))
                yield Reasoning(str(text), member, details)
                return
        if details:
            yield Reasoning("", details=details)

    def _texts(self, pieces: Iterator[Text | Reasoning]) -> Iterator[Piece]:
        for piece in pieces:
            self.written += len(piece.text)
            yield piece

    def _tool_call(self, part: Mapping[str, Any]) -> Iterator[Piece]:
        place = int(part.get("index") or 0)
        function = part.get("function") or {}
        call = self._calls.get(place)
        if call is None or self._is_another(call, part, function):
            if call is not None:
                yield ToolEnd(call.index)
            call = _Call(self._count, str(part.get("id") or f"call_{self._count}"))
            self._calls[place] = call
            self._count += 1
            yield ToolStart(call.index, call.id, str(function.get("name") or ""))
        arguments = function.get("arguments")
        if arguments:
            text = arguments if isinstance(arguments, str) else json.dumps(arguments)
            call.arguments += text
            self.written += len(text)
            yield ToolDelta(call.index, text)

    @staticmethod
    def _is_another(call: _Call, part: Mapping[str, Any], function: Mapping[str, Any]) -> bool:
        """Some servers give parallel calls the same index: told apart by id, or by a call that is complete already."""
        if part.get("id"):
            return bool(part["id"] != call.id)
        return bool(function.get("name")) and _is_json(call.arguments)


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True
