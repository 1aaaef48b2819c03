"""One listing on its creator's desk: what all the steps of it show, its words and its pictures."""

import asyncio
from dataclasses import replace
from typing import Any
from uuid import UUID

import reflex as rx
from reflex.event import EventType
from sqlmodel import Session

from overskill import container
from overskill.db import in_thread
from overskill.errors import Conflict, InvalidInput, OverskillError
from overskill.models import Listing, ListingStatus
from overskill.services.accounts.sessions import SignedIn
from overskill.services.market import media
from overskill.services.market.descriptions import description_html
from overskill.services.market.desk import ListingParts, view_parts
from overskill.services.market.listings import (
    LONGEST_DESCRIPTION,
    LONGEST_KEYWORDS,
    LONGEST_TAGLINE,
    LONGEST_TITLE,
    Words,
    change_address,
    edit_words,
    listing_to_change,
)
from overskill.state.arguments import id_in
from overskill.state.base import assign
from overskill.state.limits import limit
from overskill.state.proof_cards import NO_PROOF, ProofCard, proof_card_of
from overskill.state.sell_rows import (
    CouponRow,
    OfferRow,
    PictureRow,
    ReleaseRow,
    StepRow,
    listing_words,
    mending_of,
    offer_rows,
    part_rows,
)
from overskill.state.session import require_user

LONGEST_LISTING_TITLE = LONGEST_TITLE
LONGEST_LISTING_TAGLINE = LONGEST_TAGLINE
LONGEST_LISTING_DESCRIPTION = LONGEST_DESCRIPTION
LONGEST_LISTING_KEYWORDS = LONGEST_KEYWORDS
STEPS = ("words", "pictures", "price", "discounts", "releases")
WORDS = ("title", "tagline", "description", "keywords", "category", "slug")
MOST_PICTURES = media.MOST_PICTURES
LONGEST_STAMP = 16
_GONE = "That is not there any more. Reload the page."


class SellListingState(rx.State):
    is_loaded: bool = False
    problem: str = ""  # why there is none to show
    step: str = "words"
    listing_id: str = ""
    slug: str = ""
    title: str = ""
    tagline: str = ""
    description: str = ""
    about_html: str = ""  # the description as buyers read it
    keywords: str = ""
    category: str = ""
    status: str = "draft"
    status_words: str = ""
    reason: str = ""
    was_published: bool = False
    app_slug: str = ""
    accent: str = ""
    currency: str = "usd"
    part: str = ""  # of a price that its creator gets: "90 %"
    refund_days: int = 14
    allows_remix: bool = False
    remix_percent: int = 0
    owes: str = ""  # what its sales owe the listing that it was made from
    pictures: list[PictureRow] = []
    own_pictures: list[str] = []  # checksums of the app's own that are not among them
    offers: list[OfferRow] = []  # one of each licence, also of those that are not offered
    coupons: list[CouponRow] = []
    releases: list[ReleaseRow] = []
    proof: ProofCard = NO_PROOF  # of the newest release
    mends: str = ""  # what is wrong with the newest release, where a turn of the chat can mend it
    is_mended: bool = False  # the app has changed since
    steps: list[StepRow] = []
    done: list[str] = []  # steps of a draft with nothing missing
    can_submit: bool = False
    usual_seconds: int = 0  # that a check takes here, while one is under way; 0: nobody knows
    newest_version: int = 0
    sold_version: int = 0
    changes: list[str] = []  # of the app since the last release
    refused: str = ""  # which input: "words.title"
    refusal: str = ""
    kept: dict[str, int] = {"price": 0, "coupon": 0, "release": 0}  # how often each form was: it begins anew
    answered: dict[str, str] = dict.fromkeys(WORDS, "")  # by field: the stamp of what was taken or refused last

    @rx.var
    def page_title(self) -> str:
        return f"{self.title or 'A listing'} · OverSkill"

    @rx.event
    async def show_step(self, step: str) -> None:
        if step in STEPS:
            assign(self, step=step, refused="", refusal="")

    @rx.event
    async def keep_word(self, name: str, value: str, stamp: str = "") -> EventType[()] | None:
        """Saved as it is typed: each field when it is left. The stamp comes back, so that a field knows that it was."""
        user = await require_user(self)
        await limit(user, "sell")
        if name not in WORDS:
            raise InvalidInput(_GONE)
        before, earlier = listing_in_address(self), (self.refused, self.refusal)
        try:
            slug = await in_thread(_keep_word, user.id, before, name, value)
        except (InvalidInput, Conflict) as refusal:
            refuse(self, "words", refusal, name)
            self.answered[name] = stamp[:LONGEST_STAMP]
            return None
        await show_listing(self, slug)
        if earlier[0] not in ("", f"words.{name}"):  # what another field was refused for still is so
            assign(self, refused=earlier[0], refusal=earlier[1])
        self.answered[name] = stamp[:LONGEST_STAMP]
        return rx.redirect(f"/sell/{slug}", replace=True) if slug != before else None

    @rx.event
    async def add_own_picture(self, checksum: str) -> None:
        user = await require_user(self)
        await limit(user, "sell")
        await in_thread(_add_own, user.id, listing_in_address(self), checksum)
        await show_listing(self)

    @rx.event
    async def order_pictures(self, ids: list[str]) -> None:
        user = await require_user(self)
        await limit(user, "sell")
        wanted = [id_in(one, _GONE) for one in ids[: media.MOST_PICTURES]]
        await in_thread(_order, user.id, listing_in_address(self), wanted)
        await show_listing(self)

    @rx.event
    async def remove_picture(self, picture_id: str) -> None:
        user = await require_user(self)
        await limit(user, "sell")
        await in_thread(_remove, user.id, listing_in_address(self), id_in(picture_id, _GONE))
        await show_listing(self)

    @rx.event
    async def describe_picture(self, picture_id: str, alt: str) -> None:
        user = await require_user(self)
        await limit(user, "sell")
        await in_thread(_describe, user.id, listing_in_address(self), id_in(picture_id, _GONE), alt)
        await show_listing(self)

    @rx.event
    async def refresh(self) -> None:
        await show_listing(self)


def listing_in_address(state: rx.State) -> str:
    """The slug in /sell/<slug>, as the browser shows it now. From a client: services check it."""
    parts = state.router.url.path.split("/")
    return parts[2] if len(parts) > 2 and parts[1] == "sell" else ""


async def show_listing(
    state: SellListingState, slug: str = "", *, kept: str = "", user: SignedIn | None = None
) -> None:
    """`kept` names the form that was taken. The others keep what is being typed into them."""
    user = user or await require_user(state)
    parts = await in_thread(view_parts, user.id, slug or listing_in_address(state))
    show_parts(state, parts, await about_in(parts))
    assign(state, refused="", refusal="")
    if kept:
        state.kept[kept] += 1


async def about_in(parts: ListingParts) -> str:
    """The description as HTML. That of a long one takes a fifth of a second, which nobody else waits for."""
    return await asyncio.to_thread(description_html, parts.listing.description)


def show_parts(state: SellListingState, parts: ListingParts, about_html: str) -> None:
    listing = parts.listing
    held = {one.checksum for one in parts.pictures}
    assign(
        state,
        is_loaded=True,
        problem="",
        **listing_words(listing),
        part=f"{100 - container.get().settings.market_fee / 100:g} %",
        about_html=about_html,
        app_slug=parts.app.slug if parts.app else "",
        owes=f"{parts.origin} gets {parts.owes / 100:g} % of what each sale brings you." if parts.origin else "",
        pictures=[PictureRow(one.id, one.checksum, one.alt, one.width, one.height) for one in parts.pictures],
        own_pictures=[one for one in parts.own_pictures if one not in held],
        offers=offer_rows(parts.offers, listing.currency),
        **part_rows(parts),
        proof=proof_card_of(parts.proof),
        **mending_of(parts),
        done=[step.key for step in parts.steps if step.is_done and listing.status is ListingStatus.DRAFT],
        can_submit=all(step.is_done for step in parts.steps),
        usual_seconds=parts.usual_seconds,
        newest_version=parts.waiting.version,
        sold_version=parts.waiting.released_version,
        changes=[f"{change.version}. {change.note}" for change in parts.waiting.changes],
    )


def refuse(state: SellListingState, form: str, refusal: OverskillError, otherwise: str) -> None:
    """At the input it is about."""
    named = refusal.field if isinstance(refusal, InvalidInput) and refusal.field else otherwise
    assign(state, refused=f"{form}.{named}", refusal=refusal.message)


def text_in(form: dict[str, Any], name: str) -> str:
    return str(form.get(name) or "")


def _keep_word(session: Session, user_id: UUID, slug: str, name: str, value: str) -> str:
    listing = listing_to_change(session, user_id, slug)
    if name == "slug":
        change_address(session, listing, value)
        return listing.slug
    edit_words(session, listing, replace(_words_of(listing), **{name: value}))
    return listing.slug


def _words_of(listing: Listing) -> Words:
    return Words(listing.title, listing.tagline, listing.description, listing.keywords, listing.category.value)


def _add_own(session: Session, user_id: UUID, slug: str, checksum: str) -> None:
    listing = listing_to_change(session, user_id, slug)
    media.add_own_picture(session, user_id, listing, checksum, container.get().objects)


def _order(session: Session, user_id: UUID, slug: str, wanted: list[UUID]) -> None:
    media.order_pictures(session, listing_to_change(session, user_id, slug), wanted)


def _remove(session: Session, user_id: UUID, slug: str, picture_id: UUID) -> None:
    listing = listing_to_change(session, user_id, slug)
    media.remove_picture(session, listing, picture_id, container.get().objects)


def _describe(session: Session, user_id: UUID, slug: str, picture_id: UUID, alt: str) -> None:
    media.describe_picture(session, listing_to_change(session, user_id, slug), picture_id, alt)
