"""A turn with a model that calls tools: it calls, its calls become events, and what came of them goes back to it."""

from collections.abc import Generator, Iterable
from dataclasses import dataclass, field

from overskill.clients.models import Ending, ModelFailed, Reply, Text, ToolDelta, ToolEnd, ToolStart, Used
from overskill.services.generation.events import Event, Kind
from overskill.services.generation.lookups import Finish, Item, Lookup, answer
from overskill.services.generation.prompts import tools
from overskill.services.generation.talk import (
    BROKEN_REASON,
    LENGTH_REASON,
    MOST_ROUNDS,
    Outcome,
    Talk,
    Writing,
    usage_event,
)
from overskill.services.generation.tool_protocol import ToolParser

_WITHOUT_CALLS = "you called no tool that writes. Files exist only through write_file and edit_file."
_DONE = {Kind.CLOSE: "Written.", Kind.EDIT: "Applied.", Kind.DELETE: "Deleted.", Kind.RENAME: "Renamed."}


@dataclass
class _Round:
    """One answer of the model. Results and refusals are by the index of the call."""

    reply: Reply = field(default_factory=Reply)
    parser: ToolParser = field(default_factory=ToolParser)
    results: dict[int, list[str]] = field(default_factory=dict)
    refused: set[int] = field(default_factory=set)
    finished: bool = False
    broken: ModelFailed | None = None

    def note(self, index: int, result: str) -> None:
        self.results.setdefault(index, []).append(result)


def with_tools(talk: Talk) -> Generator[Event, str | None, Outcome]:
    for _ in range(MOST_ROUNDS):
        this = _Round()
        yield from _listen(talk, this)
        yield from talk.end_answer()
        complete = [index for index in this.reply.calls if not this.parser.is_open(index)]
        incomplete = list(this.parser.cut())
        yield from incomplete
        if this.reply.ending is Ending.STOPPED:
            return Outcome.STOPPED
        _send_back(talk, this, complete)
        if this.broken or this.reply.ending is Ending.LENGTH:
            reason = BROKEN_REASON if this.broken else LENGTH_REASON
            talk.resume(reason, [event.path for event in incomplete if event.path])
        elif not this.reply.calls or (this.finished and not this.refused):
            if talk.may_end(this.reply.text, has_finished=this.finished):
                return Outcome.DONE
            if not talk.nudge(_WITHOUT_CALLS):
                return Outcome.NOTHING
        else:
            talk.count_round(is_refused=bool(this.refused))
    yield from talk.end_of_rounds()
    return Outcome.DONE


def _listen(talk: Talk, this: _Round) -> Writing:
    """Hear one answer to its end, or until it breaks off after something of it was used."""
    try:
        for piece in talk.hear(tools()):
            this.reply.add(piece)
            match piece:
                case Text(text):
                    yield from talk.say(text)
                case ToolStart(index, _, name):
                    this.parser.start(index, name)
                case ToolDelta(index, arguments):
                    yield from _take(talk, this, index, this.parser.feed(index, arguments))
                case ToolEnd(index):
                    yield from _take(talk, this, index, this.parser.end(index))
                case Used():
                    yield usage_event(piece, talk.role)
    except ModelFailed as error:
        if not error.partial:
            raise
        this.broken = error


def _take(talk: Talk, this: _Round, index: int, items: Iterable[Item]) -> Writing:
    for item in items:
        match item:
            case Lookup():
                this.note(index, answer(item, talk.turn.files, talk.turn.locked))
            case Finish():
                this.finished = True
            case Event(kind=Kind.BAD):
                this.refused.add(index)
                this.note(index, item.text)
                yield item
            case Event(kind=Kind.CLOSE | Kind.DELTA) if index in this.refused:
                pass  # the rest of a file that is not taken
            case Event():
                yield from _offer(talk, this, index, item)


def _offer(talk: Talk, this: _Round, index: int, event: Event) -> Writing:
    refused = yield from talk.offer(event)
    if refused:
        this.refused.add(index)
        this.note(index, f"Refused: {refused}")
    elif event.kind in _DONE:
        this.note(index, _DONE[event.kind])
    elif talk.told:
        this.note(index, talk.told)


def _send_back(talk: Talk, this: _Round, complete: list[int]) -> None:
    """Let the model know what it said, and what came of each complete call."""
    message = this.reply.message(calls=complete)
    if complete or this.reply.text.strip():
        talk.messages.append(message)
    for index in complete:
        content = "\n".join(this.results.get(index, ())) or "Done."
        talk.messages.append({"role": "tool", "tool_call_id": this.reply.calls[index]["id"], "content": content})
