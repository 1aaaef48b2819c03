"""The chat of one app: its turns, and what can be said next."""

from dataclasses import dataclass

import reflex as rx
from reflex.event import EventSpec

from overskill import container
from overskill.db import in_thread
from overskill.errors import OverskillError
from overskill.services.apps import LONGEST_PROMPT
from overskill.services.figures import count_words, duration_words, money_words
from overskill.services.generation import FileChange, TurnView
from overskill.services.studio import EditorView, send_message, stop_turn
from overskill.state.address import app_in_address
from overskill.state.arguments import id_in
from overskill.state.base import assign
from overskill.state.markdown import to_html
from overskill.state.session import require_user
from overskill.state.toasts import refused

PAGE = 20  # turns shown at first, and more with each "Show earlier"
MOST_SHOWN = 100
UNFINISHED = ("queued", "running")
LONGEST_MESSAGE = LONGEST_PROMPT
SUGGESTIONS = (
    "Make it dark green",
    "Add a due date and sort by it",
    "Add a page with charts",
    "Remove the sample data",
)


@dataclass(frozen=True)
class ChangedFile:
    path: str
    change: str  # in words: "42 lines", "changed", "removed"


@dataclass(frozen=True)
class TurnCard:
    id: str
    prompt: str
    at: str  # ISO time
    status: str
    stage: str  # "live": shown as it happens, "waiting": for the turns before it, "past"
    answer: str  # HTML
    files: list[ChangedFile]
    files_words: str
    version: int
    error: str
    author: str  # "model", "recipe" or ""
    facts: str  # model, duration, repairs, tokens and cost, in words


@dataclass(frozen=True)
class Draft:
    """Words put into the composer; the number tells one from the next."""

    text: str
    number: int


class ChatState(rx.State):
    turns: list[TurnCard] = []
    has_earlier: bool = False
    suggestions: list[str] = []  # what has not been asked for yet, between turns
    following: str = ""  # the turn that is shown live: the one that runs, else the next
    shown: int = PAGE  # so many of the newest turns
    sent_count: int = 0
    refused_count: int = 0
    draft: Draft = Draft("", 0)

    @rx.event
    async def send(self, text: str) -> EventSpec | None:
        """What was written stays in the composer until it is really taken."""
        try:
            await _ask(self, text)
        except OverskillError as refusal:
            self.refused_count += 1
            return refused(refusal.message)
        self.sent_count += 1
        return None

    @rx.event
    async def try_again(self, turn_id: str) -> None:
        """Send a turn's message once more."""
        prompt = next((turn.prompt for turn in self.turns if turn.id == turn_id), "")
        await _ask(self, prompt)

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


async def _ask(state: ChatState, text: str) -> None:
    user = await require_user(state)
    services = container.get()
    await in_thread(send_message, user.id, app_in_address(state), text, intake=services.intake)


async def _stop(state: ChatState, turn_id: str) -> None:
    user = await require_user(state)
    turn = id_in(turn_id, "There is no such turn in this app.")
    await in_thread(stop_turn, user.id, app_in_address(state), turn, log=container.get().progress)


def show_turns(chat: ChatState, view: EditorView) -> None:
    running = [turn.id for turn in view.turns if turn.status == "running"]
    queued = [turn.id for turn in view.turns if turn.status == "queued"]
    following = [*running, *queued, ""][0]
    assign(
        chat,
        turns=[card_of(turn, following) for turn in view.turns],
        has_earlier=view.has_earlier_turns,
        suggestions=_suggestions(view) if view.app.version and not following else [],
        following=following,
    )


def _suggestions(view: EditorView) -> list[str]:
    asked = {turn.prompt.lower() for turn in view.turns}
    return [words for words in SUGGESTIONS if words.lower() not in asked]


def card_of(turn: TurnView, following: str) -> TurnCard:
    unfinished = "live" if turn.id == following else "waiting"
    return TurnCard(
        id=turn.id,
        prompt=turn.prompt,
        at=turn.created_at.isoformat(),
        status=turn.status,
        stage=unfinished if turn.status in UNFINISHED else "past",
        answer=to_html(turn.answer) if turn.answer else "",
        files=[ChangedFile(change.path, _change_words(change)) for change in turn.files],
        files_words=count_words(len(turn.files), "file") if turn.files else "",
        version=turn.version,
        error=turn.error,
        author=turn.author,
        facts=" · ".join(filter(None, _facts(turn))),
    )


def _change_words(change: FileChange) -> str:
    if change.change == "written" and change.lines:
        return count_words(change.lines, "line")
    return {"written": "written", "edited": "changed", "deleted": "removed", "renamed": "renamed"}[change.change]


def _facts(turn: TurnView) -> list[str]:
    if turn.status in UNFINISHED:
        return []
    return [
        turn.model if turn.author == "model" else "",
        duration_words(turn.seconds),
        count_words(turn.repairs, "repair") if turn.repairs else "",
        count_words(turn.tokens, "token") if turn.tokens else "",
        money_words(turn.cost_micro),
    ]
