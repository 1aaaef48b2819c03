"""Submitting a listing, its releases, and their checks as they happen."""

import asyncio
from collections.abc import AsyncIterator
from functools import partial
from typing import Any
from uuid import UUID

import reflex as rx
from reflex.event import EventType
from sqlmodel import Session

from overskill import container
from overskill.db import in_thread
from overskill.errors import Conflict, InvalidInput, NotFound
from overskill.models import ListingStatus, ReleaseStatus
from overskill.services.generation import Wish
from overskill.services.market.desk import view_parts
from overskill.services.market.listings import listing_to_change, relist, submit, withdraw
from overskill.services.market.release_telling import release_topic
from overskill.services.market.releases import LONGEST_NOTES, edit_notes, make_release
from overskill.services.studio import send_message
from overskill.state.base import assign
from overskill.state.limits import limit
from overskill.state.outages import outlast
from overskill.state.sell_listing import (
    SellListingState,
    about_in,
    listing_in_address,
    refuse,
    show_listing,
    show_parts,
    text_in,
)
from overskill.state.sell_rows import mending_of, mending_words
from overskill.state.session import greet_user, require_user
from overskill.state.toasts import done

LONGEST_RELEASE_NOTES = LONGEST_NOTES
_LINES = 30
STAGES = 6  # lines of a check, where there is a browser


class SellReleaseState(rx.State):
    lines: list[str] = []  # of the check under way, the newest last
    is_checking: bool = False
    _mark: int | None = None  # from before what the page was opened with was read

    @rx.event
    async def open(self) -> AsyncIterator[EventType[()] | None]:
        """When the page is opened."""
        user = await greet_user(self)
        yield None  # its frame is shown also where there is no such listing
        listing = await self.get_state(SellListingState)
        before = listing.listing_id
        self._mark = await asyncio.to_thread(container.get().progress.mark)
        try:
            await show_listing(listing, user=user)
        except NotFound as missing:
            assign(listing, problem=missing.message, is_loaded=True)
            return
        if listing.listing_id != before:  # a tab that comes back stays where it was, with what is typed there
            assign(listing, step="releases" if listing.status == ListingStatus.REVIEW.value else "words")
        yield SellReleaseState.watch

    @rx.event
    async def submit(self, form: dict[str, Any]) -> list[EventType[()]]:
        user = await require_user(self)
        await limit(user, "publish")
        services, listing = container.get(), await self.get_state(SellListingState)
        slug, notes = listing_in_address(self), text_in(form, "notes")
        try:
            await in_thread(submit, user.id, slug, notes=notes, queue=services.queue, settings=services.settings)
        except InvalidInput as refusal:
            refuse(listing, "release", refusal, "notes")
            return []
        await show_listing(listing, kept="release")
        await self._checked_release()  # with the same answer, so that what is told next is there when the form goes
        return [SellReleaseState.watch, done("Submitted. The checks take a minute or two.")]

    @rx.event
    async def make_release(self, form: dict[str, Any]) -> list[EventType[()]]:
        user = await require_user(self)
        await limit(user, "publish")
        listing = await self.get_state(SellListingState)
        try:
            await in_thread(_make_release, user.id, listing_in_address(self), form)
        except InvalidInput as refusal:
            refuse(listing, "release", refusal, "notes")
            return []
        await show_listing(listing, kept="release")
        await self._checked_release()
        return [SellReleaseState.watch, done("It is being checked. Until then the release before is sold.")]

    @rx.event
    async def mend(self) -> EventType[()]:
        """Ask the studio for what the checks refused, and go there."""
        user = await require_user(self)
        await limit(user, "publish")
        parts = await in_thread(view_parts, user.id, listing_in_address(self))
        wrong = mending_of(parts)["mends"]
        if parts.app is None or not wrong:
            raise Conflict("Nothing is left to mend here. Reload the page to see where the listing stands.")
        slug, words = parts.app.slug, mending_words(parts.releases[0].version, wrong)
        await in_thread(send_message, user.id, slug, words, Wish(by_button=True), intake=container.get().intake)
        return rx.redirect(f"/studio/{slug}")

    @rx.event
    async def save_notes(self, form: dict[str, Any]) -> EventType[()]:
        user = await require_user(self)
        await limit(user, "sell")
        await in_thread(_save_notes, user.id, listing_in_address(self), form)
        await show_listing(await self.get_state(SellListingState))
        return done("Saved.")

    @rx.event
    async def withdraw(self) -> EventType[()]:
        user = await require_user(self)
        await limit(user, "sell")
        await in_thread(_withdraw, user.id, listing_in_address(self))
        await show_listing(await self.get_state(SellListingState))
        return done("Nobody can buy it now. Who bought it keeps it.")

    @rx.event
    async def relist(self) -> EventType[()]:
        user = await require_user(self)
        await limit(user, "sell")
        await in_thread(_relist, user.id, listing_in_address(self))
        await show_listing(await self.get_state(SellListingState))
        return done("It is sold again.")

    @rx.event(background=True, supersedes=True)
    async def watch(self) -> None:
        """While a release is checked: its lines as they are written, then what became of it."""
        async with self:
            checking, mark = await self._checked_release(), self._mark
            self._mark = None
        if checking is None:
            return
        lines = await _lines(checking)
        async with self:
            assign(self, lines=lines)
        async for _ in container.get().progress.changes(release_topic(checking), since=mark):
            await outlast(self, partial(_look, self, checking))
            async with self:
                if await self._checked_release() != checking:
                    return

    async def _checked_release(self) -> UUID | None:
        listing = await self.get_state(SellListingState)
        found = next((one for one in listing.releases if one.status == ReleaseStatus.CHECKING.value), None)
        assign(self, is_checking=found is not None)
        return UUID(found.id) if found else None


async def _look(state: SellReleaseState, release_id: UUID) -> None:
    async with state:
        user, slug = await require_user(state), listing_in_address(state)
    parts = await in_thread(view_parts, user.id, slug)
    about_html = await about_in(parts)
    lines = await _lines(release_id)
    async with state:
        assign(state, lines=lines)
        show_parts(await state.get_state(SellListingState), parts, about_html)


def _make_release(session: Session, user_id: UUID, slug: str, form: dict[str, Any]) -> None:
    listing = listing_to_change(session, user_id, slug)
    if listing.release_id is None:
        raise InvalidInput("Submit the listing first: that makes its first release.", field="notes")
    version = text_in(form, "version").strip()
    if version and (not version.isascii() or not version.isdigit() or len(version) > 9):
        raise InvalidInput("A version is a number, as the timeline shows it.", field="version")
    make_release(
        session,
        listing,
        notes=text_in(form, "notes"),
        queue=container.get().queue,
        version=int(version) if version else None,
    )


def _save_notes(session: Session, user_id: UUID, slug: str, form: dict[str, Any]) -> None:
    number = text_in(form, "number")
    if not number.isdigit() or len(number) > 9:
        raise InvalidInput("There is no such release. Reload the page.")
    edit_notes(session, listing_to_change(session, user_id, slug), int(number), text_in(form, "notes"))


def _withdraw(session: Session, user_id: UUID, slug: str) -> None:
    withdraw(session, listing_to_change(session, user_id, slug))


def _relist(session: Session, user_id: UUID, slug: str) -> None:
    relist(session, listing_to_change(session, user_id, slug))


async def _lines(release_id: UUID) -> list[str]:
    entries = await asyncio.to_thread(container.get().progress.tail, release_topic(release_id), _LINES)
    return [str(entry.get("text", "")) for entry in entries]
