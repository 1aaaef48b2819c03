"""The turns of an app, a page at a time from the newest to the first, and the search in all of them."""

import re
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session, col, select

from overskill.errors import NotFound
from overskill.models import App, ChatMessage, Generation
from overskill.services.apps.access import app_to_read
from overskill.services.chat.cards import TurnCard, cards_of
from overskill.services.generation import list_turns

PAGE = 40
MOST_AT_ONCE = 600  # turns up to one that was searched for
MOST_HITS = 50
SHORTEST_SEARCH = 2
LONGEST_SEARCH = 200
_AROUND = 60  # characters of what surrounds a hit


@dataclass(frozen=True, slots=True)
class TurnsPage:
    """Oldest first. `has_earlier`: there are more before them."""

    turns: list[TurnCard]
    has_earlier: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """Where something was said. `lead`, `words` and `rest` are the text around it, as it is written there."""

    turn: str  # id
    author: str  # "user" or "assistant"
    at: str  # ISO time
    lead: str
    words: str
    rest: str


def turns_page(
    session: Session, user_id: UUID, slug: str, *, before: UUID | None = None, until: UUID | None = None
) -> TurnsPage:
    """The turns before one, or the newest; with `until`, all of them back to that one. Raises NotFound."""
    app = app_to_read(session, user_id, slug)
    limit = MOST_AT_ONCE if until else PAGE
    turns = list_turns(
        session,
        app.id,
        limit=limit + 1,
        before=_turn_of(session, app, before).created_at if before else None,
        since=_turn_of(session, app, until).created_at if until else None,
    )
    if until and len(turns) <= limit:  # what came before the first of them
        turns = [*list_turns(session, app.id, limit=1, before=_turn_of(session, app, until).created_at), *turns]
        has_earlier = turns[0].id != str(until)
    else:
        has_earlier = len(turns) > limit
    cards = cards_of(turns, ends_newest=before is None)
    return TurnsPage(cards[1:] if has_earlier else cards, has_earlier)


def _turn_of(session: Session, app: App, turn_id: UUID) -> Generation:
    turn = session.get(Generation, turn_id)
    if turn is None or turn.app_id != app.id:
        raise NotFound("There is no such turn in this app.")
    return turn


def search_turns(session: Session, user_id: UUID, slug: str, wanted: str) -> list[Hit]:
    """What was said with these words in it, newest first. Upper and lower case are the same."""
    app = app_to_read(session, user_id, slug)
    words = " ".join(wanted.split())[:LONGEST_SEARCH]
    if len(words) < SHORTEST_SEARCH:
        return []
    rows = session.exec(
        select(ChatMessage)
        .where(
            ChatMessage.app_id == app.id,
            col(ChatMessage.generation_id).is_not(None),
            col(ChatMessage.text).icontains(words, autoescape=True),
        )
        .order_by(col(ChatMessage.created_at).desc())
        .limit(MOST_HITS)
    )
    return [_hit(row, words) for row in rows]


def _hit(row: ChatMessage, words: str) -> Hit:
    text = " ".join(row.text.split())
    found = re.search(re.escape(words), text, re.IGNORECASE)
    start, end = found.span() if found else (0, 0)  # Postgres folds some letters that Python doesn't
    lead, rest = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    return Hit(
        turn=str(row.generation_id),
        author=str(row.author),
        at=row.created_at.isoformat(),
        lead=f"…{lead}" if start > _AROUND else lead,
        words=text[start:end],
        rest=f"{rest}…" if end + _AROUND < len(text) else rest,
    )
