"""Prices, licences and discounts of one listing."""

from typing import Any
from uuid import UUID

import reflex as rx
from reflex.event import EventType
from sqlmodel import Session

from overskill import container
from overskill.db import in_thread
from overskill.errors import InvalidInput
from overskill.models import LicenseKind
from overskill.services.market.coupons import CouponDraft, end_coupon, make_coupon
from overskill.services.market.licensed_serving import ask_to_tell
from overskill.services.market.listings import edit_terms, listing_to_change
from overskill.services.market.offers import OfferDraft, set_offers
from overskill.services.market.prices import LEAST_CHARGES
from overskill.state.arguments import id_in
from overskill.state.limits import limit
from overskill.state.sell_listing import SellListingState, listing_in_address, refuse, show_listing, text_in
from overskill.state.session import require_user
from overskill.state.toasts import done

CURRENCIES = tuple(LEAST_CHARGES)
_GONE = "That is not there any more. Reload the page."


class SellTermsState(rx.State):
    @rx.event
    async def save_prices(self, form: dict[str, Any]) -> EventType[()] | None:
        user = await require_user(self)
        await limit(user, "sell")
        listing = await self.get_state(SellListingState)
        try:
            await in_thread(_save_prices, user.id, listing_in_address(self), form)
        except InvalidInput as refusal:
            refuse(listing, "price", refusal, "currency")
            return None
        await show_listing(listing, kept="price")
        return done("Saved. Who bought before keeps what they paid for.")

    @rx.event
    async def make_coupon(self, form: dict[str, Any]) -> EventType[()] | None:
        user = await require_user(self)
        await limit(user, "sell")
        listing = await self.get_state(SellListingState)
        try:
            await in_thread(_make_coupon, user.id, listing_in_address(self), form)
        except InvalidInput as refusal:
            refuse(listing, "coupon", refusal, "code")
            return None
        await show_listing(listing, kept="coupon")
        return done("It counts from now on.")

    @rx.event
    async def end_coupon(self, coupon_id: str) -> EventType[()]:
        user = await require_user(self)
        await limit(user, "sell")
        listing = await self.get_state(SellListingState)
        await in_thread(_end_coupon, user.id, listing_in_address(self), id_in(coupon_id, _GONE))
        await show_listing(listing)
        return done("It has ended.")


def _save_prices(session: Session, user_id: UUID, slug: str, form: dict[str, Any]) -> None:
    listing = listing_to_change(session, user_id, slug)
    drafts = [
        OfferDraft(
            license=name,
            price_model=text_in(form, f"{name}_model"),
            price=text_in(form, f"{name}_price"),
            suggested=text_in(form, f"{name}_suggested"),
            interval=text_in(form, f"{name}_interval"),
            places=text_in(form, f"{name}_places"),
        )
        for name in LicenseKind
        if text_in(form, f"{name}_model")
    ]
    set_offers(session, listing, text_in(form, "currency"), drafts)
    ask_to_tell(session, listing, container.get().queue)
    edit_terms(
        session,
        listing,
        refund_days=_whole(form, "refund_days"),
        allows_remix=bool(form.get("allows_remix")),
        remix_share=_whole(form, "remix_percent") * 100,
    )


def _make_coupon(session: Session, user_id: UUID, slug: str, form: dict[str, Any]) -> None:
    listing = listing_to_change(session, user_id, slug)
    names = ("code", "percent", "amount", "days", "most_uses")
    draft = CouponDraft(**{name: text_in(form, name) for name in names})
    make_coupon(session, listing, draft, everywhere=bool(form.get("everywhere")))


def _end_coupon(session: Session, user_id: UUID, slug: str, coupon_id: UUID) -> None:
    end_coupon(session, listing_to_change(session, user_id, slug), coupon_id)


def _whole(form: dict[str, Any], name: str) -> int:
    typed = text_in(form, name).strip()
    if not typed:
        return 0
    if not typed.isascii() or not typed.isdigit() or len(typed) > 5:
        raise InvalidInput("Enter a whole number.", field=name)
    return int(typed)
