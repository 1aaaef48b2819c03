"""Thinking a turn through with a model before anything is written: one request, one JSON answer.

It is bounded in time, in tokens and in what it may say. Where nothing comes of it the turn goes on without.
"""

import hashlib
import json
import time
from collections.abc import Callable, Generator
from dataclasses import dataclass, field

from overskill.clients.models import (
    ChatModel,
    ChatRequest,
    Ending,
    Finished,
    Message,
    ModelRole,
    Models,
    Started,
    Text,
    Used,
)
from overskill.errors import Unavailable
from overskill.services.generation.events import Event, Kind, Turn
from overskill.services.generation.fence import Fence
from overskill.services.generation.preparation import LONGEST_ANSWER, parse_answer, read_preparation, words
from overskill.services.generation.prompts import data, prompt
from overskill.services.generation.talk import usage_event
from overskill.services.generation.thoughts import NoThoughts, Thoughts, key_of, may_be_kept, normalized

LONGEST_SECONDS = 30.0
MOST_OUTPUT_TOKENS = 8_000  # models that think first spend most of it on that
MOST_WORDS_TO_ASK_ABOUT = 40  # a longer prompt says enough
LONGEST_PROMPT = 24_000  # characters
LONGEST_ENCLOSURE = 4_000
MOST_ENCLOSURES = 5
MOST_MESSAGES = 6
LONGEST_MESSAGE = 600
MOST_PATHS = 150

_TOO_LONG = "Thinking it through took too long, so the app is built from your words alone."

Preparing = Generator[Event, None, None]


@dataclass(frozen=True)
class Enhancer:
    models: Models
    thoughts: Thoughts = field(default_factory=NoThoughts)
    clock: Callable[[], float] = time.monotonic

    def prepare(self, turn: Turn, *, may_ask: bool, must_plan: bool) -> Preparing:
        """As Author.prepare. A small change needs no brief: only a first turn and a wanted plan are thought through."""
        if not must_plan and (not turn.is_first or turn.completed or turn.brief.summary):
            return
        model = self.models.of(ModelRole.PLAN, avoid=turn.avoid)
        asks = may_ask and _may_be_asked_about(turn)
        key = self._key(turn, model)
        known = self.thoughts.get(key) if key else None
        if known is not None:
            preparation = read_preparation(known)
        else:
            answer = yield from self._ask(model, turn, asks=asks)
            if answer is None:
                return
            preparation = read_preparation(parse_answer(answer))
            if key and (asks or not preparation.questions):
                self.thoughts.put(key, "preparation", preparation.to_json())
        if asks and preparation.questions:
            yield Event(Kind.QUESTIONS, data=preparation.asked())
            return
        yield Event(Kind.BRIEF, data=preparation.brief.to_json())
        if must_plan or not turn.plan:
            yield Event(Kind.PLAN, data=preparation.plan)

    def _ask(self, model: ChatModel, turn: Turn, *, asks: bool) -> Generator[Event, None, str | None]:
        """The model's answer, or None where the user asked to stop."""
        deadline = self.clock() + LONGEST_SECONDS

        def should_stop() -> bool:
            return turn.should_stop() or self.clock() > deadline

        request = ChatRequest(
            _messages(turn, model, asks=asks),
            max_output_tokens=min(MOST_OUTPUT_TOKENS, model.output_tokens()),
            schema=data("think"),
        )
        answer = ""
        for piece in model.stream(request, should_stop):
            match piece:
                case Started():
                    answer = ""
                case Text(text):
                    answer += text
                    if len(answer) > LONGEST_ANSWER:
                        break
                case Used():
                    yield usage_event(piece, ModelRole.PLAN)
                case Finished(Ending.STOPPED):
                    if turn.should_stop():
                        return None
                    raise Unavailable(_TOO_LONG)
        return answer

    @staticmethod
    def _key(turn: Turn, model: ChatModel) -> str:
        """Under what this turn's thoughts are kept; empty where they are nobody else's business."""
        is_alone = turn.is_first and not (turn.enclosures or turn.history or turn.plan)
        if not is_alone or not may_be_kept(turn.prompt) or not normalized(turn.prompt):
            return ""
        return key_of(turn.prompt, model=model.name, instructions=_instructions())


def _may_be_asked_about(turn: Turn) -> bool:
    return turn.is_first and not turn.enclosures and len(turn.prompt.split()) <= MOST_WORDS_TO_ASK_ABOUT


def _instructions() -> str:
    """A version of what the model is told: it changes with every letter of it."""
    told = prompt("think") + json.dumps(data("think"), sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()[:12]


def _messages(turn: Turn, model: ChatModel, *, asks: bool) -> list[Message]:
    room = int((model.context_tokens() - MOST_OUTPUT_TOKENS) * 2)  # characters: half of what would fit
    wanted = turn.prompt[: max(2_000, min(LONGEST_PROMPT, room))]
    sent = [(_label(one.name), one.text[:LONGEST_ENCLOSURE]) for one in turn.enclosures[:MOST_ENCLOSURES]]
    said = [f"{one.author}: {words(one.text, LONGEST_MESSAGE)}" for one in turn.history[-MOST_MESSAGES:]]
    fence = Fence(wanted, *said, *(text for _, text in sent), *turn.files)
    parts = []
    if not turn.is_first:
        paths = sorted(turn.files)
        more = f"\nand {len(paths) - MOST_PATHS} more" if len(paths) > MOST_PATHS else ""
        parts.append(f"The app “{words(turn.app_name)}” is there already; say what it becomes with the change.")
        parts.append(fence.around("files", "\n".join(paths[:MOST_PATHS]) + more))
        parts += [fence.around("chat", "\n".join(said))] if said else []
    parts += [fence.around(f"sent along: {name}", text) for name, text in sent]
    parts.append(fence.around("request", wanted))
    if turn.plan:
        parts.append(fence.around("agreed plan", "\n".join(f"- {step}" for step in turn.plan)))
    parts.append("Answer with the JSON object." if asks else "Answer with the JSON object; `questions` is empty.")
    return [{"role": "system", "content": prompt("think")}, {"role": "user", "content": "\n\n".join(parts)}]


def _label(name: str) -> str:
    return words(name).translate({ord("["): "(", ord("]"): ")"})
