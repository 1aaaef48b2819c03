"""The sign-in, sign-up and reset pages: what was typed before, why it was refused, where to go afterwards."""

import asyncio
from urllib.parse import quote

import reflex as rx

from overskill import container
from overskill.services.notes import DRAFT_COOKIE, read_note
from overskill.state.session import cookie_of

SHOWN_OF_DRAFT = 140


class SignInState(rx.State):
    is_loaded: bool = False
    error: str = ""
    field: str = ""  # which one the error is about; "" for the whole form
    email: str = ""
    name: str = ""
    next: str = ""
    onward: str = ""  # the query that carries `next` to the other sign-in page
    token: str = ""  # of a reset link
    is_sent: bool = False
    draft: str = ""  # the prompt that waits for this sign-in, shortened

    @rx.event
    async def load(self) -> None:
        redis = container.get().redis
        query = self.router.url.query_parameters
        note = await asyncio.to_thread(read_note, redis, "form", query.get("note", ""))
        draft = await asyncio.to_thread(read_note, redis, "draft", cookie_of(self, DRAFT_COOKIE))
        self.error, self.field = note.get("error", ""), note.get("field", "")
        self.email, self.name = note.get("email", ""), note.get("name", "")
        self.next, self.token = query.get("next", ""), query.get("token", "")
        self.onward = f"?next={quote(self.next)}" if self.next else ""
        self.is_sent = query.get("sent") == "1"
        self.draft = _shorten(draft.get("prompt", ""))
        self.is_loaded = True


def _shorten(prompt: str) -> str:
    text = " ".join(prompt.split())
    return text if len(text) <= SHOWN_OF_DRAFT else f"{text[: SHOWN_OF_DRAFT - 1]}…"
