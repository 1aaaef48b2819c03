"""A model behind an OpenAI-compatible endpoint: OpenRouter, a provider's own, Ollama, llama.cpp, vLLM, LM Studio."""

import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any, Literal

from overskill.clients.model_answer import Answer, as_told
from overskill.clients.model_caching import marked_for_caching
from overskill.clients.model_decoder import Decoder
from overskill.clients.model_errors import Cause, Endpoint, ModelFailed, failed
from overskill.clients.model_memory import LIST_LASTS, ModelFacts, ModelMemory
from overskill.clients.model_pictures import picture_probe, text_length, with_pictures
from overskill.clients.model_tap import tap
from overskill.clients.model_wire import Wire
from overskill.clients.models import ChatRequest, Ending, Finished, Message, Piece, Reasoning, Started, ToolStart, Used
from overskill.clients.providers import Provider, read_list
from overskill.errors import InvalidInput

MOST_ATTEMPTS = 4
MOST_SILENT_ATTEMPTS = 2
LONGEST_WAIT = 60.0  # seconds between attempts; a server that asks for more is reported instead
STOP_EVERY = 0.1
CHARACTERS_A_TOKEN = 4
UNLISTED_LASTS = 3600.0  # seconds until a list that could not be read is read again
# Members of a request that a server may refuse -> the words with which it does.
_OPTIONAL = {
    "stream_options": ("stream_options",),
    "max_tokens": ("max_tokens",),
    "response_format": ("response_format", "json_schema", "structured output", "grammar"),
}

_PROBE_TOOL = {
    "type": "function",
    "function": {
        "name": "ready",
        "description": "Say that you are ready.",
        "parameters": {"type": "object", "properties": {"word": {"type": "string"}}, "required": ["word"]},
    },
}
_PROBE: Sequence[Message] = (
    {"role": "user", "content": "Call the tool `ready` with the word yes. Write nothing else."},
)


class OpenAICompatible:
    def __init__(
        self,
        endpoint: Endpoint,
        key: str,
        *,
        memory: ModelMemory,
        tools: Literal["auto", "on", "off"] = "auto",
        context_tokens: int = 128_000,
        max_output_tokens: int = 32_000,
        silence: float = 120.0,
        most_attempts: int = MOST_ATTEMPTS,
        public_only: bool = False,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._endpoint = endpoint
        self._key = key
        self._memory = memory
        self._tools = tools
        self._context_tokens = context_tokens
        self._max_output_tokens = max_output_tokens
        self._silence = silence
        self._most_attempts = most_attempts
        self._public_only = public_only  # its address was typed by a user
        self._sleep = sleep
        self._dropped: set[str] = set()  # members of the request that this server does not take

    @property
    def name(self) -> str:
        return self._endpoint.model

    def context_tokens(self) -> int:
        return min(self._context_tokens, self.facts().context_tokens or self._context_tokens)

    def output_tokens(self) -> int:
        return min(self._max_output_tokens, self.facts().output_tokens or self._max_output_tokens)

    def speaks_tools(self, should_stop: Callable[[], bool]) -> bool:
        if self._tools != "auto":
            return self._tools == "on"
        known = self.facts().tools
        if known is not None:
            return known
        speaks = self._probe(should_stop)
        if not should_stop():
            self._remember_tools(speaks)
        return speaks

    def distrust_tools(self) -> None:
        if self._tools == "auto":
            self._remember_tools(speaks=False)

    def sees_pictures(self, should_stop: Callable[[], bool]) -> bool:
        known = self.facts().pictures
        if known is not None:
            return known
        sees = self._probe_pictures(should_stop)
        if not should_stop():
            self._memory.remember(self._endpoint, replace(self.facts(), pictures=sees))
        return sees

    def stream(self, request: ChatRequest, should_stop: Callable[[], bool]) -> Iterator[Piece]:
        attempt = 0
        while True:
            attempt += 1
            reached = False
            try:
                for piece in self._attempt(request, should_stop):
                    reached = reached or not isinstance(piece, (Started, Reasoning, Used))
                    yield piece
            except ModelFailed as error:
                error.partial = reached
                if error.cause is Cause.TOOLS:
                    self.distrust_tools()
                if reached or not self._may_try_again(error, attempt):
                    raise
                if self._wait(_pause(error, attempt), should_stop):
                    yield Finished(Ending.STOPPED)
                    return
            else:
                return

    def _attempt(self, request: ChatRequest, should_stop: Callable[[], bool]) -> Iterator[Piece]:
        body = self._body(request)
        url = f"{self._endpoint.base_url}/chat/completions"
        wire = Wire(url, headers=self._headers(), body=body, silence=self._silence, public_only=self._public_only)
        answer = Answer(self._endpoint, self.name)
        if (listener := tap()) is not None:
            listener.asked(self.name, body)
        wire.start()
        try:
            for piece in self._pieces(wire, answer, should_stop):
                if isinstance(piece, Finished):
                    yield self._used(answer.decoder, body)
                yield piece
        except ModelFailed:
            if answer.decoder.written:
                yield self._used(answer.decoder, body)  # it broke off, but what came was worked for
            raise
        finally:
            wire.stop()

    def _pieces(self, wire: Wire, answer: Answer, should_stop: Callable[[], bool]) -> Iterator[Piece]:
        heard = time.monotonic()
        listener = tap()
        while not should_stop():
            item = wire.next(STOP_EVERY)
            if item is None:
                if time.monotonic() - heard > 2 * self._silence:  # comments keep a socket alive, but say nothing
                    raise failed(self._endpoint, Cause.SILENT)
                continue
            heard = time.monotonic()
            if listener is not None:
                listener.heard(*as_told(item))
            yield from answer.take(item)
            if answer.is_over:
                return
        yield Finished(Ending.STOPPED)

    def _may_try_again(self, error: ModelFailed, attempt: int) -> bool:
        if error.cause is Cause.REQUEST and self._drop_what_it_names(error.detail):
            return True
        if error.retry_after is not None and error.retry_after > LONGEST_WAIT:
            return False
        most = MOST_SILENT_ATTEMPTS if error.cause is Cause.SILENT else MOST_ATTEMPTS
        return error.retryable and attempt < min(most, self._most_attempts)

    def _drop_what_it_names(self, detail: str) -> bool:
        """Whether the server complains about something optional; it is left out from now on."""
        for member, words in _OPTIONAL.items():
            if member not in self._dropped and any(word in detail for word in words):
                self._dropped.add(member)
                return True
        return False

    def _wait(self, seconds: float, should_stop: Callable[[], bool]) -> bool:
        """Sleep, in slices. Whether it was stopped."""
        while seconds > 0:
            if should_stop():
                return True
            self._sleep(min(STOP_EVERY, seconds))
            seconds -= STOP_EVERY
        return should_stop()

    def _headers(self) -> dict[str, str]:
        headers = {"Accept": "text/event-stream"}
        if self._key:
            headers["Authorization"] = f"Bearer {self._key}"
        if self._endpoint.is_openrouter:
            headers["X-Title"] = "OverSkill"
        return headers

    def _body(self, request: ChatRequest) -> dict[str, Any]:
        length = request.max_output_tokens or self._max_output_tokens
        are_seen = bool(request.pictures) and self.facts().pictures is not False
        messages = with_pictures(request.messages, request.pictures, are_seen=are_seen)
        body: dict[str, Any] = {"model": self._endpoint.model, "messages": messages, "stream": True}
        if "stream_options" not in self._dropped:
            body["stream_options"] = {"include_usage": True}
        # OpenAI itself has renamed it; everyone else still takes the first name.
        renamed = "max_tokens" in self._dropped or self._endpoint.host == "api.openai.com"
        body["max_completion_tokens" if renamed else "max_tokens"] = length
        if request.tools:
            body["tools"] = list(request.tools)
        if request.schema and "response_format" not in self._dropped:
            answer = {"name": "answer", "strict": True, "schema": request.schema}
            body["response_format"] = {"type": "json_schema", "json_schema": answer}
        if self._endpoint.is_openrouter:
            body |= self._openrouter_members(request, messages)
        return body

    def _openrouter_members(self, request: ChatRequest, messages: Sequence[Message]) -> dict[str, Any]:
        members: dict[str, Any] = {}
        if request.tools:
            members["provider"] = {"require_parameters": True}
        if self._endpoint.model.startswith(("anthropic/", "qwen/")):  # these cache only what is marked
            members["messages"] = marked_for_caching(messages, request.lasting)
        return members

    def _used(self, decoder: Decoder, body: Mapping[str, Any]) -> Used:
        usage = decoder.usage
        model = decoder.model or self.name
        if usage is None:
            sent = text_length([body["messages"], body.get("tools", ())])
            tokens_in, tokens_out = sent // CHARACTERS_A_TOKEN, -(-decoder.written // CHARACTERS_A_TOKEN)
            cost = self.facts().cost_micro(tokens_in, tokens_out, 0)
            return Used(model, tokens_in, tokens_out, cost_micro=cost, is_estimate=True)
        tokens_in, tokens_out = _count(usage.get("prompt_tokens")), _count(usage.get("completion_tokens"))
        details = usage.get("prompt_tokens_details")
        cached = _count(details.get("cached_tokens")) if isinstance(details, Mapping) else 0
        cost_in_dollars = usage.get("cost")
        if isinstance(cost_in_dollars, (int, float)):
            cost = round(cost_in_dollars * 1_000_000)
        else:
            cost = self.facts().cost_micro(tokens_in, tokens_out, cached)
        return Used(model, tokens_in, tokens_out, cached, cost)

    def facts(self) -> ModelFacts:
        """What the provider's list says, read at most once a day."""
        facts = self._memory.recall(self._endpoint)
        if facts.listed_at:
            return facts
        found = self._listed()
        if found.tools is None:
            found = replace(found, tools=facts.tools, tools_at=facts.tools_at)
        if found.pictures is None:
            found = replace(found, pictures=facts.pictures)
        self._memory.remember(self._endpoint, found)
        return found

    def _listed(self) -> ModelFacts:
        """A server without a list, or without this model in it, is as good as one that says nothing."""
        provider = Provider("", self._endpoint.base_url, self._key, is_public_only=self._public_only)
        with suppress(ModelFailed, InvalidInput):
            found = read_list(provider).get(self._endpoint.model)
            if found is not None:
                return found
        return ModelFacts(listed_at=time.time() - LIST_LASTS + UNLISTED_LASTS)

    def _remember_tools(self, speaks: bool) -> None:
        self._memory.remember(self._endpoint, replace(self.facts(), tools=speaks, tools_at=time.time()))

    def _probe_pictures(self, should_stop: Callable[[], bool]) -> bool:
        """Whether the server takes a picture for this model."""
        messages, pictures = picture_probe()
        try:
            request = ChatRequest(messages, max_output_tokens=500, pictures=pictures)
            return any(not isinstance(piece, Started) for piece in self.stream(request, should_stop))
        except ModelFailed as error:
            if error.cause in (Cause.PICTURES, Cause.REQUEST):
                return False
            raise

    def _probe(self, should_stop: Callable[[], bool]) -> bool:
        """Whether the model calls a tool when it is told to."""
        request = ChatRequest(_PROBE, tools=(_PROBE_TOOL,), max_output_tokens=2_000)
        try:
            return any(isinstance(piece, ToolStart) for piece in self.stream(request, should_stop))
        except ModelFailed as error:
            if error.cause in (Cause.TOOLS, Cause.REQUEST):
                return False
            raise


def _pause(error: ModelFailed, attempt: int) -> float:
    """As long as the server asks for, else longer each time; spread, so that workers don't come back together."""
    if error.cause is Cause.REQUEST:
        return 0.0
    if error.retry_after is not None:
        return error.retry_after
    return min(20.0, 2.0 ** (attempt - 1)) * random.uniform(0.5, 1.0)  # noqa: S311


def _count(value: object) -> int:
    return int(value) if isinstance(value, (int, float)) else 0
