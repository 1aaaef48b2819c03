"""Changes as events: whole files arrive in pieces, as if someone typed them."""

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass

from overskill.errors import Unavailable
from overskill.services.generation.events import Event, Kind, Turn
from overskill.services.generation.recipes.changes import Change
from overskill.services.generation.recipes.spec import SPEC_PATH

Events = Generator[Event, str | None, None]
Pause = Callable[[float], None]

_PIECE = 120  # characters
_WHOLE_TURN = 4.5  # seconds all pieces of a turn may take
_SLOWEST = 0.03  # seconds for one piece


class RecipeRefused(Unavailable):
    """A recipe wrote what the pipeline does not take: a bug of ours, told as it is."""


@dataclass(frozen=True, slots=True)
class Typist:
    turn: Turn
    pause: Pause

    def say(self, event: Event) -> Events:
        refusal = yield event
        if refusal is not None:
            where = event.path or event.kind
            raise RecipeRefused(f"A recipe stopped at {where}: {refusal} Try again in other words, or connect a model.")

    def write(self, changes: Sequence[Change]) -> Events:
        """All changes in order, the spec in one go: nobody reads it. Ends early when the user asks to stop."""
        typed = [change.text for change in changes if change.text and change.path != SPEC_PATH]
        pieces = sum(-(-len(text) // _PIECE) for text in typed)
        beat = min(_SLOWEST, _WHOLE_TURN / max(1, pieces))
        for change in changes:
            if self.turn.should_stop():
                return
            if change.text is not None:
                yield from self._type(change.path, change.text, 0 if change.path == SPEC_PATH else beat)
            elif change.edits:
                for edit in change.edits:
                    data = {"search": edit.search, "replace": edit.replace}
                    yield from self.say(Event(Kind.EDIT, path=change.path, data=data))
                    self.pause(_SLOWEST)
            else:
                yield from self.say(Event(Kind.DELETE, path=change.path))

    def _type(self, path: str, text: str, beat: float) -> Events:
        yield from self.say(Event(Kind.OPEN, path=path))
        for start in range(0, len(text), _PIECE):
            if self.turn.should_stop():
                return
            yield from self.say(Event(Kind.DELTA, path=path, text=text[start : start + _PIECE]))
            if beat:
                self.pause(beat)
        yield from self.say(Event(Kind.CLOSE, path=path, text=text))
