"""One model out of several: the first that works answers, and the rest stand behind it.

The order is ours, not the provider's: every failure is seen here, counted by a circuit breaker, and paid for at
the price of the model that was asked.
"""

import time
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, replace

from overskill.clients.breakers import Breakers
from overskill.clients.model_errors import Cause, ModelFailed
from overskill.clients.model_pictures import text_length
from overskill.clients.models import ChatModel, ChatRequest, Ending, Finished, Message, Piece, Used

MOST_ROUNDS = 3  # through the whole list, while every failure is one that passes
LONGEST_WAIT = 60.0  # seconds between rounds
WAIT = 2.0
STOP_EVERY = 0.1
CHARACTERS_A_TOKEN = 4

# The others say something about the request, not about the model.
_COUNTED = frozenset(
    {Cause.KEY, Cause.CREDIT, Cause.RATE, Cause.MODEL, Cause.DOWN, Cause.UNREACHABLE}
    | {Cause.SILENT, Cause.CUT, Cause.UNUSABLE}
)
_THOUGHTS = frozenset({"reasoning", "reasoning_content", "reasoning_details"})
_HOPELESS = frozenset({Cause.KEY, Cause.CREDIT, Cause.MODEL})  # asking once more at once can't help


@dataclass(frozen=True, slots=True)
class Candidate:
    model: ChatModel
    target: str  # what its circuit breaker is called
    is_own_key: bool = False


class RoutedModel:
    """Of one role in one turn. A candidate that failed in this turn comes after those that did not."""

    def __init__(
        self,
        candidates: Sequence[Candidate],
        breakers: Breakers,
        *,
        answered: dict[str, str] | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """`answered` is told what each model calls itself: providers know a model by more names than one."""
        self._candidates = tuple(candidates)
        self._breakers = breakers
        self._answered = {} if answered is None else answered
        self._sleep = sleep
        self._failures: dict[str, int] = {}  # of this turn, by target
        self._last: Candidate | None = None  # asked last
        self._first: Candidate | None = None  # to be asked next
        self._writer: Candidate | None = None  # wrote what the conversation holds since message `_since`
        self._since = 0

    @property
    def name(self) -> str:
        return (self._last or self._next()).model.name

    def context_tokens(self) -> int:
        return self._next().model.context_tokens()

    def output_tokens(self) -> int:
        return self._next().model.output_tokens()

    def speaks_tools(self, should_stop: Callable[[], bool]) -> bool:
        return self._of_first_that_answers(lambda model: model.speaks_tools(should_stop))

    def sees_pictures(self, should_stop: Callable[[], bool]) -> bool:
        return self._of_first_that_answers(lambda model: model.sees_pictures(should_stop))

    def distrust_tools(self) -> None:
        (self._last or self._next()).model.distrust_tools()

    def stream(self, request: ChatRequest, should_stop: Callable[[], bool]) -> Iterator[Piece]:
        for number in range(1, MOST_ROUNDS + 1):
            this = _Round(is_choice=len(self._candidates) > 1)
            answered = yield from self._round(this, request, should_stop)
            if answered:
                return
            pause = this.pause()
            if len(self._candidates) == 1 or number == MOST_ROUNDS or pause is None:
                raise this.failure()
            if self._wait(pause, should_stop):
                yield Finished(Ending.STOPPED)
                return

    def _round(
        self, this: "_Round", request: ChatRequest, should_stop: Callable[[], bool]
    ) -> Generator[Piece, None, bool]:
        """Ask one after the other; the result is whether one answered, or we were stopped."""
        for candidate in self._in_order():
            try:
                fitting = this.fitting(candidate, request, should_stop)
                if fitting is None:
                    continue
                self._last = candidate
                yield from self._ask(candidate, fitting, should_stop)
            except ModelFailed as error:
                self._note(candidate, error)
                if error.partial:
                    raise
                this.note(candidate, error)
                if should_stop():
                    yield Finished(Ending.STOPPED)
                    return True
            else:
                return True
        return False

    def _ask(self, candidate: Candidate, request: ChatRequest, should_stop: Callable[[], bool]) -> Iterator[Piece]:
        if candidate is not self._writer:
            self._writer, self._since = candidate, len(request.messages)
        messages = [*map(_without_thoughts, request.messages[: self._since]), *request.messages[self._since :]]
        for piece in candidate.model.stream(replace(request, messages=messages), should_stop):
            if isinstance(piece, Finished) and piece.ending is not Ending.STOPPED:
                self._breakers.succeeded(candidate.target)
            if isinstance(piece, Used):
                self._answered[piece.model] = candidate.target
                yield replace(piece, is_own_key=candidate.is_own_key)
            else:
                yield piece

    def _note(self, candidate: Candidate, error: ModelFailed) -> None:
        self._failures[candidate.target] = self._failures.get(candidate.target, 0) + 1
        self._first = None
        if error.cause in _COUNTED:
            self._breakers.failed(
                candidate.target,
                error.message,
                at_once=error.cause in _HOPELESS or (error.retry_after or 0) > LONGEST_WAIT,
                pause=error.retry_after,
            )
        if candidate.is_own_key and error.cause is Cause.KEY:
            error.message = (
                f"The provider of {candidate.model.name} does not accept your key. "
                "Replace it in the settings, under Models."
            )

    def _next(self) -> Candidate:
        if self._first is None:
            self._first = self._ranked()[0]
        return self._first

    def _ranked(self) -> list[Candidate]:
        if len(self._candidates) == 1:
            return list(self._candidates)
        states = self._breakers.states(candidate.target for candidate in self._candidates)
        return sorted(
            self._candidates,
            key=lambda candidate: (states[candidate.target].is_open, self._failures.get(candidate.target, 0)),
        )

    def _in_order(self) -> Iterator[Candidate]:
        """Those that may be asked first; the others come after all, because nothing is left to lose then."""
        postponed = []
        for candidate in self._ranked():
            if len(self._candidates) == 1 or self._breakers.may_ask(candidate.target):
                yield candidate
            else:
                postponed.append(candidate)
        yield from postponed

    def _of_first_that_answers(self, ask: Callable[[ChatModel], bool]) -> bool:
        """What the next candidate says; it asks the model itself at times, and that can fail like anything else."""
        last: ModelFailed | None = None
        for _ in self._candidates:
            candidate = self._next()
            try:
                return ask(candidate.model)
            except ModelFailed as error:
                self._note(candidate, error)
                last = last or error
        assert last is not None  # noqa: S101  # there is at least one candidate
        raise last

    def _wait(self, seconds: float, should_stop: Callable[[], bool]) -> bool:
        """Sleep, in slices. Whether it was stopped."""
        while seconds > 0 and not should_stop():
            self._sleep(min(STOP_EVERY, seconds))
            seconds -= STOP_EVERY
        return should_stop()


def _without_thoughts(message: Message) -> Message:
    """A model's thoughts, some of them signed, are for that model alone: another may refuse them."""
    if _THOUGHTS.isdisjoint(message):
        return message
    return {member: value for member, value in message.items() if member not in _THOUGHTS}


class _Round:
    """Once through the list: who could not be asked, and who failed."""

    def __init__(self, *, is_choice: bool) -> None:
        self._is_choice = is_choice  # there is more than one
        self._failures: list[ModelFailed] = []
        self._too_small = 0  # the context of one that found it too large
        self._lacks_tools = False

    def fitting(
        self, candidate: Candidate, request: ChatRequest, should_stop: Callable[[], bool]
    ) -> ChatRequest | None:
        """The request as this candidate can take it, or None where it can't."""
        model = candidate.model
        if request.tools and not model.speaks_tools(should_stop):
            self._lacks_tools = True
            return None
        context, output = model.context_tokens(), model.output_tokens()
        if self._is_choice:
            sent = text_length([*request.messages, *request.tools]) // CHARACTERS_A_TOKEN
            if context < self._too_small or sent > context:
                return None
        return replace(request, max_output_tokens=min(request.max_output_tokens or output, output))

    def note(self, candidate: Candidate, error: ModelFailed) -> None:
        self._failures.append(error)
        if error.cause is Cause.CONTEXT:
            self._too_small = max(self._too_small, candidate.model.context_tokens())
        elif error.cause is Cause.TOOLS:
            self._lacks_tools = True

    def pause(self) -> float | None:
        """How long to wait until all may be tried again; None where that would be in vain."""
        if self._lacks_tools or not self._failures or not all(error.retryable for error in self._failures):
            return None
        waits = [WAIT if error.retry_after is None else error.retry_after for error in self._failures]
        return min(waits) if min(waits) <= LONGEST_WAIT else None

    def failure(self) -> ModelFailed:
        """Why nobody answered. That tools are missing comes first: a talk without them may still find a model."""
        first = self._failures[0] if self._failures else None
        if self._lacks_tools:
            words = first.message if first else "None of the models can call tools. Set AI_TOOLS=off to use plain text."
            return ModelFailed(words, cause=Cause.TOOLS)
        if first is None:
            return ModelFailed(
                "This is more than any of the models can read at once. Ask for less in one message, "
                "or add a model with a larger context.",
                cause=Cause.CONTEXT,
            )
        if len(self._failures) == 1:
            return first
        waits = [error.retry_after for error in self._failures if error.retry_after is not None]
        return ModelFailed(
            f"None of {len(self._failures)} models answered. {first.message}",
            cause=first.cause,
            retryable=any(error.retryable for error in self._failures),
            retry_after=min(waits, default=None),
            detail=first.detail,
        )
