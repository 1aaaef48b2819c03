"""The chat of one app as far as it is on the move: its newest turns, and what can be said next.

Turns that were over before somebody came are not in here: a browser reads them from `/api/studio/<slug>/turns` and
keeps what it was told, because a state sends a whole list again when anything in it changes.
"""

import asyncio
from collections.abc import Callable
from uuid import uuid4

import reflex as rx
from reflex.event import EventSpec

from overskill import container
from overskill.db import in_thread
from overskill.errors import InvalidInput, OverskillError
from overskill.models import GenerationMode
from overskill.services.apps import LONGEST_PROMPT
from overskill.services.apps.branching import branch_app
from overskill.services.chat.cards import UNFINISHED, TurnCard, cards_of
from overskill.services.chat.waiting import edit_waiting, move_waiting
from overskill.services.generation import Wish
from overskill.services.studio import (
    EditorView,
    answer_questions,
    build_plan,
    go_on,
    send_again,
    send_message,
    stop_turn,
    try_again,
)
from overskill.state.address import app_in_address
from overskill.state.arguments import id_in
from overskill.state.base import assign
from overskill.state.limits import limit
from overskill.state.session import require_user
from overskill.state.toasts import refused

NEWEST = 8  # turns that come with the page, so that nobody waits for those that are seen first
LONGEST_MESSAGE = LONGEST_PROMPT
_NO_ATTACHMENT = "Something you attached is no longer there. Take it off the message and attach it again."
_NO_TURN = "There is no such turn in this app."


class ChatState(rx.State):
    turns: list[TurnCard] = []  # the newest at first; then those that go on, and those that have just ended
    suggestions: list[str] = []  # between turns
    quote: str = ""  # what the next message is likely to cost
    following: str = ""  # the turn that is shown live: the one that runs, else the next
    taken: str = ""  # the turn of the last message that was taken, as the browser calls it
    refused: str = ""  # the same of the last that was not
    _going_on: list[str] = []  # turns that this tab was told of while they went on

    @rx.event
    async def send(
        self, text: str, mode: str = "build", attachments: list[str] | None = None, turn_id: str = ""
    ) -> EventSpec | None:
        """What was written stays in the composer until it is really taken, and so does what was attached.

        A browser that hears neither sends it again, under the same id: that is one message.
        """
        name = turn_id or str(uuid4())
        try:
            await _ask(self, text, _wish(mode, attachments or [], name))
        except OverskillError as refusal:
            self.refused = name
            return refused(refusal.message)
        self.taken = name
        return None

    @rx.event
    async def send_again(self, turn_id: str, text: str) -> None:
        """Go back to before a turn, and send its message once more as it was edited."""
        user = await require_user(self)
        await limit(user, "go-back")
        turn, services = id_in(turn_id, _NO_TURN), container.get()
        slug = app_in_address(self)
        await in_thread(send_again, user.id, slug, turn, text, intake=services.intake, bundler=services.bundler)

    @rx.event
    async def try_again(self, turn_id: str) -> None:
        """Send a turn's message once more."""
        await _follow(self, try_again, turn_id)

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
        await _ask(self, report, Wish(by_button=True))

    @rx.event
    async def edit_waiting(self, turn_id: str, text: str) -> None:
        """Say something else in a message that has not begun."""
        await _arrange(self, edit_waiting, turn_id, text)

    @rx.event
    async def move_waiting(self, turn_id: str, place: int) -> None:
        """Put a message at another place among those that wait."""
        await _arrange(self, move_waiting, turn_id, place)

    @rx.event
    async def stop(self, turn_id: str) -> None:
        await _stop(self, turn_id)

    @rx.event
    async def stop_following(self) -> None:
        """Stop the turn that is under way."""
        if self.following:
            await _stop(self, self.following)

    @rx.event
    async def branch(self, number: int) -> EventSpec:
        """Begin another app where a version of this one was, and go there."""
        user = await require_user(self)
        await limit(user, "copy")
        branch = await in_thread(branch_app, user.id, app_in_address(self), number)
        return rx.redirect(f"/studio/{branch.slug}")


def _wish(mode: str, attachments: list[str], turn_id: str) -> Wish:
    """Raises InvalidInput or NotFound for what no page of ours sends."""
    if mode not in tuple(GenerationMode):
        raise InvalidInput("A message is to be built or to be planned. Reload the page, then try again.")
    attached = [id_in(one, _NO_ATTACHMENT) for one in attachments]
    return Wish(mode=GenerationMode(mode), attachments=attached, turn_id=id_in(turn_id, _NO_TURN))


async def _ask(state: ChatState, text: str, wish: Wish) -> None:
    user = await require_user(state)
    await in_thread(send_message, user.id, app_in_address(state), text, wish, intake=container.get().intake)


async def _follow(state: ChatState, ask: Callable[..., None], turn_id: str, *facts: object) -> None:
    """Ask for a turn that goes on where another ended."""
    user = await require_user(state)
    turn = id_in(turn_id, _NO_TURN)
    await in_thread(ask, user.id, app_in_address(state), turn, *facts, intake=container.get().intake)


async def _arrange(state: ChatState, change: Callable[..., None], turn_id: str, fact: object) -> None:
    """Change a message that waits."""
    user = await require_user(state)
    turn = id_in(turn_id, _NO_TURN)
    await in_thread(change, user.id, app_in_address(state), turn, fact, log=container.get().progress)


async def _stop(state: ChatState, turn_id: str) -> None:
    user = await require_user(state)
    turn = id_in(turn_id, _NO_TURN)
    await in_thread(stop_turn, user.id, app_in_address(state), turn, log=container.get().progress)


async def show_turns(chat: ChatState, view: EditorView, *, is_opening: bool) -> None:
    """What has changed since this tab was told last; all of the newest to one that opens."""
    running = [turn.id for turn in view.turns if turn.status == "running"]
    queued = [turn.id for turn in view.turns if turn.status == "queued"]
    following = [*running, *queued, ""][0]
    # Long answers take a while to be made HTML of, which nobody else waits for.
    all_cards = await asyncio.to_thread(cards_of, view.turns, following)
    cards = all_cards[1 if view.has_earlier_turns else 0 :]
    told = {*chat._going_on, *running, *queued}  # noqa: SLF001 - what a browser is not to know
    moved = next((place for place, card in enumerate(cards) if card.id in told), max(0, len(cards) - 1))
    assign(
        chat,
        turns=cards if is_opening else cards[moved:],
        suggestions=[] if _asks(cards) else view.next_steps,
        following=following,
        quote=view.quote,
        _going_on=[card.id for card in cards if card.status in UNFINISHED],
    )


def _asks(cards: list[TurnCard]) -> bool:
    """Whether the newest turn waits for somebody to decide something."""
    return bool(cards) and cards[-1].outcome in ("plan", "questions", "failure")
