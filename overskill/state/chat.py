"""The chat of one app: its turns, and what can be said next."""

from collections.abc import Callable
from dataclasses import dataclass

import reflex as rx
from reflex.event import EventSpec

from overskill import container
from overskill.db import in_thread
from overskill.errors import InvalidInput, OverskillError
from overskill.models import GenerationMode
from overskill.services.apps import LONGEST_PROMPT
from overskill.services.generation import NO_WISH, Wish
from overskill.services.studio import EditorView, answer_questions, build_plan, go_on, send_message, stop_turn
from overskill.state.address import app_in_address
from overskill.state.arguments import id_in
from overskill.state.base import assign
from overskill.state.session import require_user
from overskill.state.toasts import refused
from overskill.state.turn_card import UNFINISHED, TurnCard, cards_of

PAGE = 20  # turns shown at first, and more with each "Show earlier"
MOST_SHOWN = 100
LONGEST_MESSAGE = LONGEST_PROMPT
_NO_ATTACHMENT = "Something you attached is no longer there. Take it off the message and attach it again."
_NO_TURN = "There is no such turn in this app."
SUGGESTIONS = (
    "Make it dark green",
    "Add a due date and sort by it",
    "Add a page with charts",
    "Remove the sample data",
)


@dataclass(frozen=True)
class Draft:
    """Words put into the composer; the number tells one from the next."""

    text: str
    number: int


class ChatState(rx.State):
    # Two lists, because a change sends a whole list again: what is over and followed by more never changes.
    earlier: list[TurnCard] = []
    turns: list[TurnCard] = []  # the newest, and all that are not over
    has_earlier: bool = False
    suggestions: list[str] = []  # what has not been asked for yet, between turns
    quote: str = ""  # what the next message is likely to cost
    following: str = ""  # the turn that is shown live: the one that runs, else the next
    shown: int = PAGE  # so many of the newest turns
    sent_count: int = 0
    refused_count: int = 0
    draft: Draft = Draft("", 0)

    @rx.event
    async def send(self, text: str, mode: str = "build", attachments: list[str] | None = None) -> EventSpec | None:
        """What was written stays in the composer until it is really taken, and so does what was attached."""
        try:
            await _ask(self, text, _wish(mode, attachments or []))
        except OverskillError as refusal:
            self.refused_count += 1
            return refused(refusal.message)
        self.sent_count += 1
        return None

    @rx.event
    async def try_again(self, turn_id: str) -> None:
        """Send a turn's message once more."""
        prompt = next((turn.prompt for turn in [*self.turns, *self.earlier] if turn.id == turn_id), "")
        await _ask(self, prompt)

    @rx.event
    async def go_on(self, turn_id: str) -> None:
        """Take up a turn that failed where it ended."""
        await _follow(self, go_on, turn_id)

    @rx.event
    async def build_plan(self, turn_id: str, steps: list[str]) -> None:
        """Build what a turn has planned, with its steps as they were left."""
        await _follow(self, build_plan, turn_id, steps)

    @rx.event
    async def answer(self, turn_id: str, answers: dict[str, str]) -> None:
        """Go on after a turn that asked; without answers it builds what seems likeliest."""
        await _follow(self, answer_questions, turn_id, answers)

    @rx.event
    async def fix(self, report: str) -> None:
        """Send an error of the preview as a message."""
        await _ask(self, report)

    @rx.event
    async def stop(self, turn_id: str) -> None:
        await _stop(self, turn_id)

    @rx.event
    async def stop_following(self) -> None:
        """Stop the turn that is under way."""
        if self.following:
            await _stop(self, self.following)

    @rx.event
    async def suggest(self, text: str) -> None:
        """Put words into the composer, to be changed or sent."""
        self.draft = Draft(text, self.draft.number + 1)


def _wish(mode: str, attachments: list[str]) -> Wish:
    """Raises InvalidInput or NotFound for what no page of ours sends."""
    if mode not in tuple(GenerationMode):
        raise InvalidInput("A message is to be built or to be planned. Reload the page, then try again.")
    return Wish(mode=GenerationMode(mode), attachments=[id_in(one, _NO_ATTACHMENT) for one in attachments])


async def _ask(state: ChatState, text: str, wish: Wish = NO_WISH) -> None:
    user = await require_user(state)
    await in_thread(send_message, user.id, app_in_address(state), text, wish, intake=container.get().intake)


async def _follow(state: ChatState, ask: Callable[..., None], turn_id: str, *facts: object) -> None:
    """Ask for a turn that goes on where another ended."""
    user = await require_user(state)
    turn = id_in(turn_id, _NO_TURN)
    await in_thread(ask, user.id, app_in_address(state), turn, *facts, intake=container.get().intake)


async def _stop(state: ChatState, turn_id: str) -> None:
    user = await require_user(state)
    turn = id_in(turn_id, _NO_TURN)
    await in_thread(stop_turn, user.id, app_in_address(state), turn, log=container.get().progress)


def show_turns(chat: ChatState, view: EditorView) -> None:
    running = [turn.id for turn in view.turns if turn.status == "running"]
    queued = [turn.id for turn in view.turns if turn.status == "queued"]
    following = [*running, *queued, ""][0]
    cards = cards_of(view.turns, following)
    settled = next((place for place, card in enumerate(cards) if card.status in UNFINISHED), max(0, len(cards) - 1))
    assign(
        chat,
        earlier=cards[:settled],
        turns=cards[settled:],
        has_earlier=view.has_earlier_turns,
        suggestions=_suggestions(view) if view.app.version and not following and not _asks(cards) else [],
        following=following,
        quote=view.quote,
    )


def _asks(cards: list[TurnCard]) -> bool:
    """Whether the newest turn waits for somebody to decide something."""
    return bool(cards) and cards[-1].outcome in ("plan", "questions", "failure")


def _suggestions(view: EditorView) -> list[str]:
    asked = {turn.prompt.lower() for turn in view.turns}
    return [words for words in SUGGESTIONS if words.lower() not in asked]
