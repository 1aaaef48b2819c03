"""The author that is a language model."""

from collections.abc import Generator
from dataclasses import dataclass, field, replace
from typing import Literal

from overskill.clients.models import Cause, ChatModel, ModelFailed, ModelRole, Models
from overskill.errors import Unavailable
from overskill.services.generation.briefing import opening
from overskill.services.generation.enclosures import pictures_in, with_picture_parts
from overskill.services.generation.enhance import Enhancer
from overskill.services.generation.events import Event, Kind, Turn
from overskill.services.generation.talk import Outcome, Talk
from overskill.services.generation.text_loop import with_text
from overskill.services.generation.thoughts import NoThoughts, Thoughts
from overskill.services.generation.tool_loop import with_tools

UNSEEN = (
    "{model} can't see pictures, so I go by your words. Say what matters in the picture, or switch to a model that "
    "sees.\n\n"
)


@dataclass(frozen=True)
class ModelAuthor:
    """Speaks with tools where the model can, else in the text protocol. Both yield the same events."""

    models: Models
    thoughts: Thoughts = field(default_factory=NoThoughts)  # what was thought out before
    kind: Literal["model"] = "model"

    def prepare(self, turn: Turn, *, may_ask: bool, must_plan: bool) -> Generator[Event, None, None]:
        yield from Enhancer(self.models, self.thoughts).prepare(turn, may_ask=may_ask, must_plan=must_plan)

    def write(self, turn: Turn) -> Generator[Event, str | None, None]:
        role = ModelRole.FIX if turn.feedback else ModelRole.BUILD
        model = self.models.of(role, avoid=turn.avoid)
        speaks_tools = model.speaks_tools(turn.should_stop)
        if turn.should_stop():
            return
        if pictures_in(turn) and not model.sees_pictures(turn.should_stop):
            yield Event(Kind.PROSE, text=UNSEEN.format(model=model.name))
        outcome, ignores_tools, said = Outcome.NOTHING, False, False
        if speaks_tools:
            talk = _talk(model, role, turn, "tools")
            try:
                outcome = yield from with_tools(talk)
                ignores_tools, said = outcome is Outcome.NOTHING, talk.said
            except ModelFailed as error:
                if error.cause is not Cause.TOOLS:
                    raise
                turn = replace(turn, completed=tuple(talk.complete))  # what is left to ask writes in text
        if outcome is Outcome.NOTHING:
            talk = _talk(model, role, turn, "text")
            outcome = yield from with_text(talk)
            said = said or talk.said
            if ignores_tools and talk.changes:
                model.distrust_tools()  # it can write, only not by calling
        if outcome is Outcome.NOTHING and not turn.feedback and (turn.is_first or not said):
            what = "wrote no app" if turn.is_first else "said and changed nothing"
            raise Unavailable(f"{model.name} answered, but {what}. Say it in other words, or switch to another model.")

    def can_repair(self) -> bool:
        return True


def _talk(model: ChatModel, role: ModelRole, turn: Turn, protocol: Literal["tools", "text"]) -> Talk:
    context = model.context_tokens()
    output = min(model.output_tokens(), context // 3)
    messages = opening(turn, protocol=protocol, context_tokens=context, output_tokens=output)
    messages = with_picture_parts(messages, turn)
    return Talk(model, turn, messages, output_tokens=output, context_tokens=context, role=role)
