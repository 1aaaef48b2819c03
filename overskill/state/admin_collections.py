"""Collections and staff picks: made, named, ordered, filled and shown on the explore page."""

from dataclasses import dataclass, field
from uuid import UUID

import reflex as rx
from reflex.event import EventType

from overskill.db import in_thread
from overskill.errors import OverskillError
from overskill.services.admin import collections_desk as desk
from overskill.services.admin.market_desk import choose_feature
from overskill.services.market.collections import MOST_SHOWN
from overskill.state.admin import enter
from overskill.state.arguments import id_in
from overskill.state.base import assign
from overskill.state.session import require_admin
from overskill.state.toasts import done

PICKS = "picks"  # in the place of a collection's id
_GONE = "This is gone. Load the page again."


@dataclass(frozen=True)
class ItemRow:
    id: str
    title: str
    slug: str
    creator: str
    is_sold: bool
    is_own: bool
    is_first: bool
    is_last: bool


@dataclass(frozen=True)
class CollectionRow:
    id: str
    title: str
    text: str
    note: str  # why visitors do not see it; "" where they do
    is_shown: bool
    is_first: bool
    is_last: bool
    listings: list[ItemRow] = field(default_factory=list)


class CollectionsState(rx.State):
    is_loaded: bool = False
    picks: list[ItemRow] = []
    rows: list[CollectionRow] = []
    wish: str = ""  # "make", "edit", "delete" or "add" that is asked for; "" for none
    chosen_id: str = ""  # a collection's, or PICKS
    title: str = ""
    text: str = ""
    refusal: str = ""
    words: str = ""  # by which something to add is looked for
    found: list[ItemRow] = []

    @rx.event
    async def load(self) -> None:
        if await enter(self):
            await _read(self)

    @rx.event
    async def ask(self, wish: str, collection_id: str) -> None:
        admin = await require_admin(self)
        one = next((row for row in self.rows if row.id == collection_id), None)
        title, text = (one.title, one.text) if one is not None else ("", "")
        found = await in_thread(desk.find_to_add, admin.id, "") if wish == "add" else []
        rows = _rows(tuple(found))
        assign(self, wish=wish, chosen_id=collection_id, title=title, text=text, refusal="", words="", found=rows)

    @rx.event
    async def close(self, _is_open: bool) -> None:
        await require_admin(self)
        assign(self, wish="", refusal="")

    @rx.event
    async def save(self, form: dict[str, str]) -> list[EventType[()]]:
        """A title and a text, of a collection that is made or of one that is there."""
        admin = await require_admin(self)
        title, text = form.get("title", ""), form.get("text", "")
        try:
            if self.wish == "make":
                await in_thread(desk.create, admin.id, title, text)
            else:
                await in_thread(desk.edit, admin.id, id_in(self.chosen_id, _GONE), title, text)
        except OverskillError as error:
            assign(self, refusal=error.message)
            return []
        words = "Made. Add listings, then show it." if self.wish == "make" else "Saved."
        assign(self, wish="")
        await _read(self)
        return [done(words)]

    @rx.event
    async def delete(self) -> EventType[()]:
        admin = await require_admin(self)
        await in_thread(desk.delete, admin.id, id_in(self.chosen_id, _GONE))
        assign(self, wish="")
        await _read(self)
        return done("Deleted. Its listings are as they were.")

    @rx.event
    async def show(self, collection_id: str, is_shown: bool) -> EventType[()]:
        admin = await require_admin(self)
        await in_thread(desk.show, admin.id, id_in(collection_id, _GONE), is_shown)
        await _read(self)
        return done("Explore shows it now." if is_shown else "Explore does not show it any more.")

    @rx.event
    async def move(self, collection_id: str, by: int) -> None:
        admin = await require_admin(self)
        await in_thread(desk.move, admin.id, id_in(collection_id, _GONE), by)
        await _read(self)

    @rx.event
    async def search(self, form: dict[str, str]) -> None:
        """For something to add."""
        admin = await require_admin(self)
        words = form.get("q", "")[:100]
        assign(self, words=words, found=_rows(tuple(await in_thread(desk.find_to_add, admin.id, words))))

    @rx.event
    async def add(self, listing_id: str) -> EventType[()]:
        """To what was chosen, which stays open for the next one."""
        admin = await require_admin(self)
        await self._put(admin.id, id_in(listing_id, _GONE))
        await _read(self)
        return done("Added.")

    @rx.event
    async def remove(self, collection_id: str, listing_id: str) -> EventType[()]:
        admin = await require_admin(self)
        listing = id_in(listing_id, _GONE)
        if collection_id == PICKS:
            await in_thread(choose_feature, admin.id, listing, False)
        else:
            await in_thread(desk.remove_item, admin.id, id_in(collection_id, _GONE), listing)
        await _read(self)
        return done("Taken out.")

    @rx.event
    async def move_item(self, collection_id: str, listing_id: str, by: int) -> None:
        admin = await require_admin(self)
        await in_thread(desk.move_item, admin.id, id_in(collection_id, _GONE), id_in(listing_id, _GONE), by)
        await _read(self)

    async def _put(self, admin_id: UUID, listing_id: UUID) -> None:
        if self.chosen_id == PICKS:
            await in_thread(choose_feature, admin_id, listing_id, True)
        else:
            await in_thread(desk.add_item, admin_id, id_in(self.chosen_id, _GONE), listing_id)


async def _read(state: CollectionsState) -> None:
    shelves = await in_thread(desk.view_shelves)
    seen = [one.id for one in shelves.collections if one.is_shown and any(item.is_sold for item in one.items)]
    last = len(shelves.collections) - 1
    rows = [
        CollectionRow(
            id=one.id,
            title=one.title,
            text=one.text,
            note=_note(one, seen),
            is_shown=one.is_shown,
            is_first=place == 0,
            is_last=place == last,
            listings=_rows(one.items),
        )
        for place, one in enumerate(shelves.collections)
    ]
    assign(state, rows=rows, picks=_rows(shelves.picks), is_loaded=True)


def _note(one: desk.CollectionLine, seen: list[str]) -> str:
    """Why visitors do not see it; "" where they do."""
    if not one.is_shown:
        return "Hidden from visitors."
    if one.id not in seen:
        return "Nothing in it is sold, so visitors do not see it."
    if seen.index(one.id) >= MOST_SHOWN:
        return f"Explore shows the first {MOST_SHOWN} collections. Move it up."
    return ""


def _rows(items: tuple[desk.Item, ...]) -> list[ItemRow]:
    last = len(items) - 1
    return [
        ItemRow(
            one.id,
            one.title,
            one.slug,
            one.creator,
            is_sold=one.is_sold,
            is_own=one.is_own,
            is_first=place == 0,
            is_last=place == last,
        )
        for place, one in enumerate(items)
    ]
