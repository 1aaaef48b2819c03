"""The language model: any OpenAI-compatible chat-completions endpoint.

ChatModel is what services see. The real one is in openai_compatible.py, its parts in model_*.py;
FakeChatModel plays a script.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, Protocol

from overskill.clients.model_errors import Cause, ModelFailed

__all__ = ["Cause", "ChatModel", "ChatRequest", "FakeChatModel", "ModelFailed", "Piece", "Reply"]

OPENROUTER_URL = "https://openrouter.ai/api/v1"
DEFAULT_MODEL = "moonshotai/kimi-k2.7-code"
DEFAULT_FALLBACKS = ("deepseek/deepseek-v4.1-flash", "google/gemini-3.8-flash")

Message = Mapping[str, Any]  # as the chat-completions API has it: role, content, tool_calls, ...
Tool = Mapping[str, Any]


class ModelRole(StrEnum):
    PLAN = "plan"  # briefs, plans, questions
    BUILD = "build"  # writes and changes apps
    FIX = "fix"  # repairs what does not work
    QUICK = "quick"  # names, logos, summaries


class Ending(StrEnum):
    STOP = "stop"
    TOOL_CALLS = "tool_calls"
    LENGTH = "length"  # the answer was longer than the model may write at once
    STOPPED = "stopped"  # by us, because should_stop() said so


@dataclass(frozen=True, slots=True)
class Started:
    """An attempt begins: whatever came before it is void."""

    model: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    text: str


@dataclass(frozen=True, slots=True)
class Reasoning:
    """What the model thinks aloud. `member` and `details` let it be sent back the way it came."""

    text: str
    member: str = "reasoning"
    details: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class ToolStart:
    index: int
    id: str
    name: str


@dataclass(frozen=True, slots=True)
class ToolDelta:
    index: int
    arguments: str


@dataclass(frozen=True, slots=True)
class ToolEnd:
    index: int


@dataclass(frozen=True, slots=True)
class Used:
    model: str
    tokens_in: int
    tokens_out: int
    tokens_cached: int = 0
    cost_micro: int = 0  # millionths of a US dollar
    is_own_key: bool = False  # paid by the user's or team's own key: no credits
    is_estimate: bool = False  # the server did not say; counted from the text


@dataclass(frozen=True, slots=True)
class Finished:
    ending: Ending


Piece = Started | Text | Reasoning | ToolStart | ToolDelta | ToolEnd | Used | Finished


@dataclass(frozen=True, slots=True)
class ChatRequest:
    messages: Sequence[Message]
    tools: Sequence[Tool] = ()
    max_output_tokens: int = 0  # 0: the model's setting
    schema: Mapping[str, Any] | None = None  # of the JSON the answer is to be; servers that know none answer freely
    pictures: Mapping[str, str] = field(default_factory=dict)  # name in a message (model_pictures) -> data URL
    lasting: int = 0  # so many messages are the beginning of later conversations, too: worth keeping in a cache


class ChatModel(Protocol):
    """Blocking; one call at a time per thread."""

    @property
    def name(self) -> str: ...

    def context_tokens(self) -> int:
        """How much it reads and writes at once: the setting, or less where the provider says so."""
        ...

    def output_tokens(self) -> int:
        """How much of that it may write: the setting, or less where the provider says so."""
        ...

    def speaks_tools(self, should_stop: Callable[[], bool]) -> bool:
        """Whether to offer it tools. Asks the model once and remembers."""
        ...

    def distrust_tools(self) -> None:
        """It was offered tools and did not use them: remember to speak text with it."""
        ...

    def sees_pictures(self, should_stop: Callable[[], bool]) -> bool:
        """Whether it is shown the pictures of a request; otherwise it reads that it can't see them."""
        ...

    def stream(self, request: ChatRequest, should_stop: Callable[[], bool]) -> Iterator[Piece]:
        """Ask, and yield the answer as it comes: Started, ..., Used, Finished.

        Tries again by itself only while nothing was yielded but Started and Reasoning. Raises ModelFailed.
        Ends with Finished(STOPPED) within 0.3 s of should_stop() turning true.
        """
        ...


class Models(Protocol):
    """The models of one turn, by what they are for."""

    def of(self, role: ModelRole, *, avoid: Sequence[str] = ()) -> ChatModel:
        """The role's first model that works, with the rest of its list behind it; those to avoid come last."""
        ...


@dataclass
class Reply:
    """Puts an answer's pieces together, to be sent back as the assistant's message."""

    text: str = ""
    ending: Ending | None = None
    calls: dict[int, dict[str, str]] = field(default_factory=dict)
    _thoughts: dict[str, str] = field(default_factory=dict)
    _details: list[Mapping[str, Any]] = field(default_factory=list)

    def add(self, piece: Piece) -> None:
        match piece:
            case Started():
                self.text, self.ending = "", None
                self.calls, self._thoughts, self._details = {}, {}, []
            case Text(text):
                self.text += text
            case Reasoning(text, member, details):
                self._thoughts[member] = self._thoughts.get(member, "") + text
                self._details.extend(details)
            case ToolStart(index, call_id, name):
                self.calls[index] = {"id": call_id, "name": name, "arguments": ""}
            case ToolDelta(index, arguments):
                self.calls[index]["arguments"] += arguments
            case Finished(ending):
                self.ending = ending
            case ToolEnd() | Used():
                pass

    def message(self, *, calls: Sequence[int] | None = None) -> Message:
        """The assistant's message, with these calls only (all by default)."""
        chosen = self.calls if calls is None else {index: self.calls[index] for index in calls}
        message: dict[str, Any] = {"role": "assistant", "content": self.text}
        if chosen:
            # Some models refuse a tool call that comes back without the thoughts it was made with.
            message |= self._thoughts if not self._details else {"reasoning_details": self._details}
            message["tool_calls"] = [
                {
                    "id": call["id"],
                    "type": "function",
                    "function": {"name": call["name"], "arguments": _valid(call["arguments"])},
                }
                for call in chosen.values()
            ]
        return message


def _valid(arguments: str) -> str:
    """Providers refuse a conversation with arguments that are no JSON, even if the model made them."""
    try:
        json.loads(arguments)
    except ValueError:
        return "{}"
    return arguments


@dataclass(frozen=True)
class OneModel:
    """The same model for everything."""

    model: ChatModel

    def of(self, role: ModelRole, *, avoid: Sequence[str] = ()) -> ChatModel:  # noqa: ARG002  # the protocol's
        return self.model


@dataclass
class FakeChatModel:
    """Answers with its script, one entry a request; an entry that is an error is raised where it stands."""

    script: list[Sequence[Piece | ModelFailed]]
    tools: bool = True
    context: int = 128_000
    name: str = "fake/model"
    output: int = 8_000
    sees: bool = True
    requests: list[ChatRequest] = field(default_factory=list)

    def context_tokens(self) -> int:
        return self.context

    def output_tokens(self) -> int:
        return self.output

    def speaks_tools(self, should_stop: Callable[[], bool]) -> bool:  # noqa: ARG002  # the protocol's
        return self.tools

    def distrust_tools(self) -> None:
        self.tools = False

    def sees_pictures(self, should_stop: Callable[[], bool]) -> bool:  # noqa: ARG002  # the protocol's
        return self.sees

    def stream(self, request: ChatRequest, should_stop: Callable[[], bool]) -> Iterator[Piece]:
        self.requests.append(replace(request, messages=list(request.messages)))
        if len(self.requests) > len(self.script):
            raise AssertionError("The script is over, and the model was asked once more.")
        yield Started(self.name)
        for piece in self.script[len(self.requests) - 1]:
            if should_stop():
                yield Finished(Ending.STOPPED)
                return
            if isinstance(piece, ModelFailed):
                self.tools = self.tools and piece.cause is not Cause.TOOLS
                raise piece
            yield piece

    @staticmethod
    def call(index: int, name: str, /, **arguments: object) -> list[Piece]:
        """The pieces of one complete tool call."""
        encoded = json.dumps(arguments)
        half = len(encoded) // 2
        deltas = [ToolDelta(index, encoded[:half]), ToolDelta(index, encoded[half:])]
        return [ToolStart(index, f"call_{index}", name), *deltas, ToolEnd(index)]

    @staticmethod
    def end(ending: Ending = Ending.STOP, **used: int) -> list[Piece]:
        """How an answer ends: what it used, and why it is over."""
        return [Used("fake/model", used.get("tokens_in", 10), used.get("tokens_out", 5)), Finished(ending)]
