"""The library: what somebody bought, installing before their eyes, and what they do with it."""

import asyncio
import time
from functools import partial
from uuid import UUID

import reflex as rx
from reflex.event import EventType
from sqlmodel import Session

from overskill import container
from overskill.db import in_thread
from overskill.errors import NotAllowed, NotFound, OverskillError, SignInRequired
from overskill.models import RefundStatus
from overskill.services.accounts.sessions import COOKIE, SIGNED_OUT, find_session
from overskill.services.billing import renewals
from overskill.services.billing.refunds import ask
from overskill.services.market import library_actions, licenses
from overskill.services.market.installs import library_topic
from overskill.services.market.library import LibraryEntry, list_library, view_license
from overskill.services.market.license_transfers import (
    accept_transfer,
    offer_transfer,
    read_transfer,
    take_back_transfer,
)
from overskill.state.arguments import id_in
from overskill.state.base import assign
from overskill.state.library_rows import ActivationRow, LibraryRow, activation_row, row_of, uses_words
from overskill.state.limits import limit
from overskill.state.outages import outlast
from overskill.state.session import cookie_of, greet, require_user
from overskill.state.toasts import done

LONGEST_WATCH_SECONDS = 900  # installs end long before; a closed tab must not be watched for ever
MANY = 6  # from so many on, they can be searched
GROUPS = ("all", "copies", "use", "ended")
_GONE = "That is not in your library any more. Reload the page."


class LibraryState(rx.State):
    is_loaded: bool = False
    rows: list[LibraryRow] = []
    words: str = ""  # looked for
    group: str = "all"
    question: str = ""  # which is asked of `chosen`: "license", "refund", "uninstall", "transfer", "stop"
    chosen: LibraryRow = LibraryRow()
    key: str = ""
    uses: str = ""
    activations: list[ActivationRow] = []
    link: str = ""  # by which somebody takes it over: shown once
    refusal: str = ""
    is_busy: bool = False
    _user_id: UUID | None = None  # whose rows are shown
    _mark: int | None = None  # from before what the page was opened with was read

    @rx.var
    def shown(self) -> list[LibraryRow]:
        words = self.words.strip().lower()
        return [row for row in self.rows if self.group in ("all", row.group) and words in row.title.lower()]

    @rx.var
    def has_many(self) -> bool:
        return len(self.rows) >= MANY

    @rx.event
    async def load(self) -> list[EventType[()]]:
        assign(self, question="", words="", group="all")
        user = await greet(self)
        if user is None:
            raise SignInRequired("You are signed out. Sign in to see what you bought.")
        mark = await asyncio.to_thread(container.get().progress.mark)
        watches = await _show(self, user.id)
        assign(self, _mark=mark)
        return watches

    @rx.event
    async def search(self, words: str) -> None:
        self.words = words[:80]

    @rx.event
    async def show_group(self, group: str) -> None:
        self.group = group if group in GROUPS else "all"

    @rx.event(background=True, supersedes=True)
    async def watch(self) -> None:
        """Show what is being installed, step by step, until nothing is."""
        async with self:
            if self._user_id is None or not any(row.is_working for row in self.rows):
                return
            topic, token, mark = library_topic(self._user_id), cookie_of(self, COOKIE), self._mark
            self._mark = None
        until = time.monotonic() + LONGEST_WATCH_SECONDS
        log = container.get().progress
        async for _ in log.changes(topic, at_least_every=3.0, since=mark):
            try:
                entries = await outlast(self, partial(in_thread, _look, token))
            except SignInRequired:
                return
            async with self:
                assign(self, rows=[row_of(entry) for entry in entries])
                if not any(row.is_working for row in self.rows) or time.monotonic() > until:
                    return

    @rx.event
    async def choose(self, question: str, item_id: str) -> None:
        """Open a dialog about one of them."""
        user = await require_user(self)
        found = next((row for row in self.rows if row.id == item_id), None)
        if found is None:
            raise NotFound(_GONE)
        assign(self, chosen=found, refusal="", link="", key="", activations=[], uses="")
        if question == "license":
            await _show_license(self, user.id)
        self.question = question

    @rx.event
    async def close(self, is_open: bool) -> None:
        if not is_open:
            assign(self, question="", key="", activations=[], link="")

    @rx.event
    async def replace_key(self) -> EventType[()]:
        user = await require_user(self)
        await limit(user, "library")
        key = id_in(self.chosen.license_id, _GONE)
        await in_thread(licenses.rotate_key, user.id, key, settings=container.get().settings)
        await _show_license(self, user.id)
        return done("This is the key now. The one before works no more.")

    @rx.event
    async def end_activation(self, activation_id: str) -> None:
        user = await require_user(self)
        await in_thread(
            library_actions.end_own_activation,
            user.id,
            id_in(self.chosen.license_id, _GONE),
            id_in(activation_id, _GONE),
        )
        await _show_license(self, user.id)

    @rx.event
    async def ask_refund(self, form: dict[str, str]) -> list[EventType[()]] | None:
        user = await require_user(self)
        await limit(user, "library")
        if not self.chosen.license_id:
            raise NotFound(_GONE)
        await in_thread(licenses.own_license, user.id, id_in(self.chosen.license_id, _GONE))
        purchase_id, reason = id_in(self.chosen.purchase_id, _GONE), form.get("reason", "")
        try:
            refund = await in_thread(ask, user.id, purchase_id, None, reason, queue=container.get().queue)
        except OverskillError as error:
            self.refusal = error.message
            return None
        self.question = ""
        words = "The money is on its way back." if refund.status is RefundStatus.PENDING else "Its creator was asked."
        return [done(words), *await _show(self, user.id)]

    @rx.event
    async def stop_renewing(self) -> list[EventType[()]]:
        """It is not paid again, and works until what is paid ends."""
        user = await require_user(self)
        await limit(user, "library")
        purchase_id, payments = id_in(self.chosen.purchase_id, _GONE), container.get().payments
        await asyncio.to_thread(renewals.stop, user.id, purchase_id, payments=payments)
        self.question = ""
        return [done("It is not paid again. It works until what is paid ends."), *await _show(self, user.id)]

    @rx.event
    async def go_on_renewing(self, purchase_id: str) -> list[EventType[()]]:
        user = await require_user(self)
        await limit(user, "library")
        key, payments = id_in(purchase_id, _GONE), container.get().payments
        await asyncio.to_thread(renewals.go_on, user.id, key, payments=payments)
        return [done("It goes on, and is renewed as before."), *await _show(self, user.id)]

    @rx.event
    async def uninstall(self) -> list[EventType[()]]:
        user = await require_user(self)
        key, publisher = id_in(self.chosen.install_id, _GONE), container.get().publisher
        is_off = await asyncio.to_thread(library_actions.uninstall, user.id, key, publisher)
        self.question = ""
        words = "It is uninstalled." if is_off else "It is uninstalled, and goes off the air once the edge answers."
        return [done(words), *await _show(self, user.id)]

    @rx.event
    async def install_again(self, install_id: str) -> list[EventType[()]]:
        user = await require_user(self)
        await limit(user, "publish")
        queue = container.get().queue
        await in_thread(library_actions.reinstall, user.id, id_in(install_id, _GONE), queue=queue)
        return await _show(self, user.id)

    @rx.event
    async def hand_on(self, form: dict[str, str]) -> list[EventType[()]] | None:
        """Mail a link, and show it once for where no mail is sent."""
        user = await require_user(self)
        await limit(user, "library")
        services = container.get()
        key, email = id_in(self.chosen.license_id, _GONE), form.get("email", "")
        try:
            token = await in_thread(offer_transfer, user.id, key, email, queue=services.queue)
        except OverskillError as error:
            self.refusal = error.message
            return None
        assign(self, link=f"{services.settings.site_url}/library/accept?token={token}", refusal="")
        return await _show(self, user.id)

    @rx.event
    async def take_back(self, license_id: str) -> list[EventType[()]]:
        user = await require_user(self)
        await in_thread(take_back_transfer, user.id, id_in(license_id, _GONE))
        return [done("That link does not work any more."), *await _show(self, user.id)]


class TakeOverState(rx.State):
    """The page of a link by which somebody hands something on."""

    is_loaded: bool = False
    is_signed_in: bool = False
    giver: str = ""
    title: str = ""
    slug: str = ""
    has_copy: bool = False
    problem: str = ""
    here: str = ""  # "?next=…", to come back after signing in

    @rx.event
    async def load(self) -> None:
        user = await greet(self)
        assign(self, is_signed_in=user is not None, problem="", here=f"?next=/library/accept%3Ftoken%3D{_token(self)}")
        try:
            offer = await in_thread(read_transfer, _token(self))
            assign(self, giver=offer.giver, title=offer.title, slug=offer.listing, has_copy=offer.has_copy)
        except NotAllowed as error:
            self.problem = error.message
        self.is_loaded = True

    @rx.event
    async def accept(self) -> EventType[()]:
        user = await require_user(self)
        await limit(user, "library")
        services = container.get()
        await in_thread(
            accept_transfer,
            user.id,
            _token(self),
            queue=services.queue,
            log=services.progress,
            shares=services.shares,
        )
        return rx.redirect("/library")


def _token(state: rx.State) -> str:
    token = state.router.url.query_parameters.get("token", "")
    return "".join(letter for letter in token if letter.isascii() and (letter.isalnum() or letter in "-_"))[:100]


def _look(session: Session, token: str) -> list[LibraryEntry]:
    user = find_session(session, token)
    if user is None:
        raise SignInRequired(SIGNED_OUT)
    return list_library(session, user.id)


async def _show(state: LibraryState, user_id: UUID) -> list[EventType[()]]:
    """What is watched from then on: installs that are under way."""
    entries = await in_thread(list_library, user_id)
    assign(state, rows=[row_of(entry) for entry in entries], is_loaded=True, _user_id=user_id)
    return [LibraryState.watch] if any(row.is_working for row in state.rows) else []


async def _show_license(state: LibraryState, user_id: UUID) -> None:
    key = id_in(state.chosen.license_id, _GONE)
    view = await in_thread(view_license, user_id, key, settings=container.get().settings)
    assign(
        state,
        key=view.key,
        uses=uses_words(len(view.activations), view.most_activations),
        activations=[activation_row(each) for each in view.activations],
    )
