"""A turn with a model that only writes text: its tags become events, and what could not be used goes back to it."""

from collections.abc import Generator, Iterable
from dataclasses import dataclass, field

from overskill.clients.models import Ending, ModelFailed, Reply, Started, Text, Used
from overskill.services.generation.events import Event, Kind
from overskill.services.generation.lookups import Finish, Item, Lookup, answer
from overskill.services.generation.talk import (
    BROKEN_REASON,
    LENGTH_REASON,
    MOST_ROUNDS,
    Outcome,
    Talk,
    Writing,
    usage_event,
)
from overskill.services.generation.text_protocol import TextParser

_WITHOUT_TAGS = 'you wrote no tag that makes a file. Files exist only between <os-write path="..."> and </os-write>.'


@dataclass
class _Round:
    reply: Reply = field(default_factory=Reply)
    parser: TextParser = field(default_factory=TextParser)
    answers: list[str] = field(default_factory=list)  # to what the model asked
    problems: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)  # files that broke off with the answer
    refused: set[str] = field(default_factory=set)  # files of which nothing more is taken
    finished: bool = False
    broken: ModelFailed | None = None


def with_text(talk: Talk) -> Generator[Event, str | None, Outcome]:
    for _ in range(MOST_ROUNDS):
        this = _Round()
        yield from _listen(talk, this)
        heard = len(this.problems)
        yield from _take(talk, this, this.parser.end())
        yield from talk.end_answer()
        if this.reply.ending is Ending.STOPPED:
            return Outcome.STOPPED
        if this.reply.text.strip():
            talk.messages.append(this.reply.message())
        if this.broken or this.reply.ending is Ending.LENGTH:
            del this.problems[heard:]  # that the last block is not closed is said better by what follows
            talk.resume(BROKEN_REASON if this.broken else LENGTH_REASON, this.lost)
        elif this.answers or this.problems:
            talk.messages.append({"role": "user", "content": _news(this)})
            talk.count_round(is_refused=bool(this.problems))
        elif talk.may_end(this.reply.text, has_finished=this.finished):
            return Outcome.DONE
        elif not talk.nudge(_WITHOUT_TAGS):
            return Outcome.NOTHING
    yield from talk.end_of_rounds()
    return Outcome.DONE


def _listen(talk: Talk, this: _Round) -> Writing:
    try:
        for piece in talk.hear():
            this.reply.add(piece)
            match piece:
                case Started():
                    this.parser = TextParser()
                case Text(text):
                    yield from _take(talk, this, this.parser.feed(text))
                case Used():
                    yield usage_event(piece, talk.role)
    except ModelFailed as error:
        if not error.partial:
            raise
        this.broken = error


def _take(talk: Talk, this: _Round, items: Iterable[Item]) -> Writing:
    for item in items:
        match item:
            case Lookup():
                this.answers.append(f"{item.kind} {item.argument}:\n{answer(item, talk.turn.files, talk.turn.locked)}")
            case Finish():
                this.finished = True
            case Event(kind=Kind.PROSE):
                yield from talk.say(item.text)
            case Event(kind=Kind.BAD):
                this.problems.append(f"{item.path}: {item.text}" if item.path else item.text)
                this.lost.append(item.path)
                yield item
            case Event(kind=Kind.CLOSE | Kind.DELTA) if item.path in this.refused:
                pass  # the rest of a file that is not taken
            case Event():
                yield from _offer(talk, this, item)


def _offer(talk: Talk, this: _Round, event: Event) -> Writing:
    if event.kind is Kind.OPEN:
        this.refused.discard(event.path)
    refused = yield from talk.offer(event)
    if refused:
        this.refused.add(event.path)
        this.problems.append(f"Refused: {refused}")


def _news(this: _Round) -> str:
    parts = list(this.answers)
    if this.problems:
        parts += ["These could not be used. Everything else was; don't send it again.", *this.problems]
    return "\n\n".join([*parts, "Go on."])
