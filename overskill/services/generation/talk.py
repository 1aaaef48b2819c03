"""What both ways of talking to a model share: one turn's messages, what it completed, and when to give up."""

import json
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum, auto

from overskill.clients.models import (
    ChatModel,
    ChatRequest,
    Message,
    ModelRole,
    Piece,
    Reasoning,
    Text,
    Tool,
    ToolDelta,
    Used,
)
from overskill.errors import InvalidInput, OverskillError, Unavailable
from overskill.services.generation.bounds import Bounds
from overskill.services.generation.characters import storable
from overskill.services.generation.compaction import compacted
from overskill.services.generation.enclosures import pictures_in
from overskill.services.generation.events import Event, Kind, Turn
from overskill.services.generation.measures import tokens
from overskill.services.generation.prompts import prompt
from overskill.services.generation.spoken import SpokenWords
from overskill.services.packages.named import added_packages, vendor_packages
from overskill.services.packages.rules import split_spec
from overskill.services.packages.shelf import Added

Writing = Generator[Event, str | None, None]

LENGTH_REASON = "Your answer reached its greatest length and broke off."
BROKEN_REASON = "The connection broke in the middle of your answer."
END_OF_ROUNDS = "That took more steps than one message may take, so I stopped here. Say “go on” to continue."

MOST_ROUNDS = 40
MOST_ROUNDS_IN_VAIN = 6  # one after the other, of which nothing could be used
MOST_RESUMES = 8
MOST_RESUMES_IN_VAIN = 2  # without a file completed in between
_FILE_CHANGES = frozenset({Kind.CLOSE, Kind.EDIT, Kind.DELETE, Kind.RENAME, Kind.PACKAGES})


class Outcome(StrEnum):
    DONE = auto()
    STOPPED = auto()
    NOTHING = auto()  # the model was asked twice and wrote nothing that can be used


@dataclass
class Talk:
    model: ChatModel
    turn: Turn
    messages: list[Message]
    output_tokens: int
    context_tokens: int
    role: ModelRole = ModelRole.BUILD
    changes: int = 0  # that were accepted
    prose_ended: bool = True  # what is said next begins a paragraph
    told: str = ""  # what came of the event that was offered last, besides that it was taken
    complete: list[str] = field(default_factory=list)
    bounds: Bounds = field(default_factory=Bounds)
    _words: SpokenWords = field(default_factory=SpokenWords)
    _said: bool = False
    _gap: str = ""  # white space that waits for words to follow
    _nudged: bool = False
    _changes_before: int = 0  # this round
    _rounds_in_vain: int = 0
    _resumes: int = 0
    _resumes_in_vain: int = 0
    _changes_at_resume: int = 0
    _opening: int = 0  # how many messages it began with

    def __post_init__(self) -> None:
        self.complete = list(self.turn.completed)
        self._opening = len(self.messages)

    @property
    def should_stop(self) -> Callable[[], bool]:
        return self.turn.should_stop

    def request(self, tools: Sequence[Tool] = ()) -> ChatRequest:
        room = self.context_tokens - self.output_tokens - (tokens(json.dumps(tools)) if tools else 0)
        # What was shortened stays so: the next request begins with the same bytes.
        self.messages = compacted(self.messages, room, opening=self._opening)
        return ChatRequest(
            self.messages,
            tools,
            self.output_tokens,
            pictures=pictures_in(self.turn),
            lasting=max(0, self._opening - 1),  # all but the turn's own request
        )

    def hear(self, tools: Sequence[Tool] = ()) -> Iterator[Piece]:
        """One answer. What is thought or refused counts, too: a model may go on with that for ever."""
        for piece in self.model.stream(self.request(tools), self.should_stop):
            match piece:
                case Text(text):
                    self.bounds.add(len(text))
                    yield Text(storable(text))
                    continue
                case Reasoning(text) | ToolDelta(_, text):
                    self.bounds.add(len(text))
            yield piece

    def offer(self, event: Event) -> Generator[Event, str | None, str | None]:
        """Yield an event; the result is why it was refused, or None."""
        refused = None
        if event.kind is Kind.PACKAGES:
            event, refused = _resolved(event, self.turn)
        if refused and event.kind is Kind.PACKAGES:
            yield Event(Kind.PACKAGES, data={"add": [], "remove": [], "refused": [refused]})  # for who follows the turn
        if refused is None:
            self.told = "".join(f"Added {said}.\n" for said in event.data.get("said", ())).strip()
            refused = yield event
        if refused is None and event.kind in _FILE_CHANGES:
            self.changes += 1
            if event.kind is Kind.CLOSE and event.path not in self.complete:
                self.complete.append(event.path)
        return refused

    def say(self, text: str) -> Writing:
        """Prose, without files that are written in it."""
        yield from self._show(self._words.feed(text))

    def end_answer(self) -> Writing:
        yield from self._show(self._words.end())
        self.prose_ended = True

    def _show(self, text: str) -> Writing:
        """With a paragraph between what was said in different rounds and no more blank lines than that."""
        words = text.lstrip()
        self._gap += text[: len(text) - len(words)]
        if not words:
            return
        gap, self._gap = self._gap, ""
        if self.prose_ended:
            gap = "\n\n" if self._said else ""
        elif gap.count("\n") > 2:
            gap = "\n\n"
        self.prose_ended, self._said = False, True
        yield Event(Kind.PROSE, text=gap + words)

    def resume(self, reason: str, incomplete: Sequence[str]) -> None:
        """Ask for the rest after an answer that broke off. Raises when that leads nowhere."""
        self._resumes += 1
        self._resumes_in_vain = self._resumes_in_vain + 1 if self.changes == self._changes_at_resume else 0
        self._changes_at_resume = self.changes
        if self._resumes > MOST_RESUMES or self._resumes_in_vain > MOST_RESUMES_IN_VAIN:
            raise Unavailable(
                f"{self.model.name} broke off again and again, so the turn was ended. "
                "Ask for a smaller step, or switch to another model."
            )
        files = ", ".join(incomplete)
        cut = f"{files} broke off in the middle and was not kept: write it again, whole. " if incomplete else ""
        complete = ", ".join(self.complete) or "nothing yet"
        self.messages.append(
            {"role": "user", "content": prompt("resume", reason=reason, complete=complete, incomplete=cut)}
        )

    @property
    def said(self) -> bool:
        """Whether anything was said in the chat."""
        return self._said

    def count_round(self, *, is_refused: bool) -> None:
        """Raises when the model goes on with what can't be used, whatever it is told."""
        is_vain = is_refused and self.changes == self._changes_before
        self._changes_before = self.changes
        self._rounds_in_vain = self._rounds_in_vain + 1 if is_vain else 0
        if self._rounds_in_vain >= MOST_ROUNDS_IN_VAIN:
            raise Unavailable(
                f"{self.model.name} sent changes that could not be used {MOST_ROUNDS_IN_VAIN} times in a row, so the "
                "turn was ended. Say it in other words, or switch to another model."
            )

    def end_of_rounds(self) -> Writing:
        """Raises where all of them came to nothing."""
        if not self.changes:
            raise Unavailable(
                f"{self.model.name} took {MOST_ROUNDS} steps and changed nothing, so the turn was ended. "
                "Ask for a smaller step, or switch to another model."
            )
        yield from self.say(END_OF_ROUNDS)

    def may_end(self, said: str, *, has_finished: bool = False) -> bool:
        """Whether an answer that asks for nothing more is an end, and not a model that forgot to write."""
        if self.changes or self.turn.completed:
            return True
        if self.turn.feedback:
            return has_finished or self._nudged  # it was asked twice, and sees nothing to repair
        is_answer = has_finished or (bool(said.strip()) and not _holds_code(said))
        return is_answer and self._said and not self.turn.is_first

    def nudge(self, how: str) -> bool:
        """Remind the model once. False when it was reminded already."""
        if self._nudged:
            return False
        self._nudged = True
        self.messages.append({"role": "user", "content": prompt("nudge", how=how)})
        return True


def _holds_code(text: str) -> bool:
    return any(mark in text for mark in ("```", "<os-", '"write_file"'))


def _resolved(event: Event, turn: Turn) -> tuple[Event, str | None]:
    """Packages with the versions that apps get here, or why they can't be had."""
    available = vendor_packages()
    try:
        specs = [split_spec(str(spec)) for spec in event.data.get("add", ()) if str(spec).strip()]
        added = _from_shelf([spec for spec in specs if spec[0] not in available], turn)
    except OverskillError as refusal:
        return event, refusal.message
    versions = {name: f"^{available[name].version}" for name, _ in specs if name in available}
    versions |= {one.name: one.version for one in added}
    add = [f"{name}@{version}" for name, version in versions.items()]
    return Event(Kind.PACKAGES, data={**event.data, "add": add, "said": [one.sentence for one in added]}), None


def _from_shelf(specs: Sequence[tuple[str, str]], turn: Turn) -> list[Added]:
    if not specs:
        return []
    if turn.shelf is None:
        names = ", ".join(name for name, _ in specs)
        raise InvalidInput(f"{names} can't be had here. Use a package from the list, or write it yourself.")
    return turn.shelf.add([f"{name}@{wanted}" for name, wanted in specs], added_packages(turn.files))


def usage_event(used: Used, role: ModelRole) -> Event:
    data = {
        "role": role.value,
        "model": used.model,
        "tokens_in": used.tokens_in,
        "tokens_out": used.tokens_out,
        "tokens_cached": used.tokens_cached,
        "cost_micro": used.cost_micro,
        "is_own_key": used.is_own_key,
    }
    return Event(Kind.USAGE, data=data)
