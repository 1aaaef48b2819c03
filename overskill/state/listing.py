"""A listing's page: what is shown of it, what it costs with a code, buying and trying it."""

import asyncio
import json
from dataclasses import dataclass
from uuid import UUID

import reflex as rx
from reflex.event import EventType

from overskill import container
from overskill.db import in_thread
from overskill.errors import InvalidInput, NotFound, OverskillError
from overskill.models import utc_now
from overskill.services.accounts.sessions import Visitor
from overskill.services.billing.checkout import Wish, begin_checkout
from overskill.services.billing.money import parse
from overskill.services.locales import locale_in
from overskill.services.market.descriptions import plain_text
from overskill.services.market.follows import follow, unfollow
from overskill.services.market.listing_page import Gone, ListingPage, view_listing
from overskill.services.market.prices import code_of, quote
from overskill.services.market.try_outs import open_try_out, visitor_hash
from overskill.services.market.visits import count_try_out, count_view
from overskill.services.rate_limits import count_attempt
from overskill.state.arguments import id_in
from overskill.state.limits import limit
from overskill.state.listing_cards import ListingCard
from overskill.state.listing_parts import (
    NO_OFFER,
    NOBODY,
    NOTHING,
    About,
    BundleOffer,
    CreatorCard,
    OfferCard,
    PictureCard,
    RelativeCard,
    ReleaseCard,
    about_of,
    bundles_of,
    creator_card,
    family_of,
    offer_of,
    pictures_of,
    releases_of,
)
from overskill.state.listing_reviews import ListingReviews, show_reviews
from overskill.state.proof_cards import NO_PROOF, ProofCard, proof_card_of
from overskill.state.session import current_user, greet, require_user

LONGEST_DESCRIPTION = 160
_ENDED = "That offer has ended. Reload the page to see what is sold now."


class ListingState(rx.State):
    is_loaded: bool = False
    problem: str = ""  # why there is nothing to show
    is_gone: bool = False  # it was there once
    slug: str = ""
    title: str = ""  # of the page
    description: str = ""  # for search engines
    image: str = ""  # for link previews
    notice: str = ""  # above the page: why it can't be had, or that others don't see it
    about: About = NOTHING
    pictures: list[PictureCard] = []
    offers: list[OfferCard] = []
    bundles: list[BundleOffer] = []
    releases: list[ReleaseCard] = []
    proof: ProofCard = NO_PROOF
    creator: CreatorCard = NOBODY
    similar: list[ListingCard] = []
    family: list[RelativeCard] = []
    can_be_had: bool = False
    is_creator: bool = False
    is_owned: bool = False  # with any licence
    follows: bool = False
    followers: int = 0
    chosen: str = ""  # id of an offer
    code: str = ""  # that counts
    price: int = 0  # of the chosen offer, with the code
    refused: str = ""  # which field of the price box: "amount", "coupon", "email" or "" with `refusal` for all of it
    refusal: str = ""
    try_state: str = ""  # "making", "ready" or "failed"
    try_url: str = ""
    try_problem: str = ""
    try_ends_at: str = ""  # ISO time

    @rx.var
    def offer(self) -> OfferCard:
        return next((each for each in self.offers if each.id == self.chosen), NO_OFFER)

    @rx.var
    def is_free(self) -> bool:
        """As it is chosen now; what buyers may pay nothing for they may also pay for."""
        return self.price == 0 and self.offer.price_model != "pay_what_you_want"

    @rx.event
    async def load(self) -> EventType[()] | None:
        user = await greet(self)
        slug = _slug_in_address(self)
        try:
            page = await in_thread(view_listing, slug, user, now=utc_now())
        except NotFound as error:
            self.problem, self.is_gone = error.message, isinstance(error, Gone)
            self.title, self.is_loaded = "Not found · OverSkill", True
            return None
        written = await asyncio.to_thread(_written, page)
        if slug != self.slug:
            self._forget()
        self._show(page, written)
        show_reviews(await self.get_state(ListingReviews), page)
        if not page.viewing.is_creator:
            await asyncio.to_thread(count_view, container.get().redis, page.listing.id, _visitor(self), now=utc_now())
        return None

    def _forget(self) -> None:
        """What was chosen and tried on the page before."""
        self.chosen, self.code, self.refused, self.refusal = "", "", "", ""
        self.try_state, self.try_url, self.try_problem, self.try_ends_at = "", "", "", ""

    def _show(self, page: ListingPage, written: "_Written") -> None:
        listing = page.listing
        site_url = container.get().settings.site_url
        self.slug, self.problem, self.is_gone, self.notice = listing.slug, "", False, page.notice
        self.title = f"{listing.title} · OverSkill"
        self.description = written.description
        self.image = f"{site_url}/media/{listing.cover}.webp" if listing.cover else f"{site_url}/card.png"
        self.about, self.pictures, self.releases = written.about, pictures_of(page), written.releases
        self.offers = [offer_of(each, page.viewing.owned) for each in page.offers]
        self.creator, self.similar = creator_card(page.creator), list(page.similar)
        self.family, self.bundles = family_of(page), bundles_of(page.bundles)
        self.proof = proof_card_of(page.proof)
        self.can_be_had, self.is_creator = page.can_be_had, page.viewing.is_creator
        self.is_owned, self.follows = bool(page.viewing.owned), page.viewing.follows
        self.followers = page.creator.follower_count
        if all(each.id != self.chosen for each in self.offers):
            first = next((each for each in self.offers if not each.is_owned), None)
            self.chosen, self.code = (first.id if first else ""), ""
        if not self.code:
            self.price = self.offer.amount
        self.is_loaded = True

    @rx.event
    async def choose(self, offer_id: str) -> None:
        chosen = next((each for each in self.offers if each.id == offer_id), None)
        if chosen is None:
            raise NotFound(_ENDED)
        self.chosen, self.code, self.price = chosen.id, "", chosen.amount
        self.refused, self.refusal = "", ""

    @rx.event
    async def use_code(self, form: dict[str, str]) -> None:
        """See what the chosen offer costs with a code; an empty one takes it away."""
        code = form.get("coupon", "")[:40]
        if not self.offer.id:
            raise NotFound(_ENDED)
        visitor = _visitor(self)
        await asyncio.to_thread(count_attempt, container.get().redis, "coupon", visitor.ip, limit="60/hour")
        try:
            asked = await in_thread(quote, [UUID(self.chosen)], coupon=code, now=utc_now())
        except InvalidInput as error:
            self.refused, self.refusal = "coupon", error.message
            return
        self.code, self.price, self.refused, self.refusal = code_of(code), asked.amount, "", ""

    @rx.event
    async def buy(self, form: dict[str, str]) -> EventType[()] | None:
        """To the payment page; with what is free, at once to where it is being installed."""
        if not self.offer.id:
            return None
        user = await current_user(self)
        services, offer = container.get(), self.offer
        await asyncio.to_thread(count_attempt, services.redis, "buy", _visitor(self).ip, limit="60/hour")
        self.refused, self.refusal = "", ""
        try:
            wish = Wish(offer_id=id_in(offer.id, _ENDED), amount=_chosen_amount(offer, form), coupon=self.code)
            url = await asyncio.to_thread(
                begin_checkout,
                wish,
                buyer_id=user.id if user else None,
                email=form.get("email", ""),
                locale=locale_in(self.router.headers.accept_language),
                payments=services.payments,
                settings=services.settings,
                queue=services.queue,
            )
        except InvalidInput as error:
            self.refused, self.refusal = error.field, error.message
            return None
        return rx.call_script(f"location.assign({json.dumps(url)})")  # a whole page load: it may be another site's

    @rx.event
    async def toggle_follow(self) -> None:
        user = await require_user(self)
        await limit(user, "follow")
        change = unfollow if self.follows else follow
        self.followers = await in_thread(change, user.id, self.creator.username)
        self.follows = not self.follows

    @rx.event(background=True, supersedes=True)
    async def try_it(self) -> None:
        """A copy for this visitor: their account's, or this tab's."""
        async with self:
            self.try_state, self.try_problem = "making", ""
            slug = self.slug
            visitor, tab = _visitor(self), self.router.session.client_token
            user = await current_user(self)
        services = container.get()
        who = visitor_hash(str(user.id) if user else tab)
        try:
            await asyncio.to_thread(count_attempt, services.redis, "try-out", visitor.ip, who, limit="30/hour")
            copy = await asyncio.to_thread(open_try_out, slug, user, who, services.publisher)
        except OverskillError as error:
            async with self:
                self.try_state, self.try_problem = "failed", error.message
            return
        if copy.was_made and not self.is_creator:
            await asyncio.to_thread(count_try_out, services.redis, copy.listing_id, visitor, now=utc_now())
        async with self:
            if self.slug == slug:
                self.try_state, self.try_url = "ready", copy.url
                self.try_ends_at = copy.expires_at.isoformat()

    @rx.event
    async def close_try_out(self) -> None:
        self.try_state = ""


@dataclass(frozen=True)
class _Written:
    """What is made of markdown: of a long one in most of a second, which nobody else waits for."""

    about: About
    releases: list[ReleaseCard]
    description: str


def _written(page: ListingPage) -> _Written:
    description = page.listing.tagline or plain_text(page.listing.description, LONGEST_DESCRIPTION)
    return _Written(about_of(page), releases_of(page), description)


def _slug_in_address(state: rx.State) -> str:
    """The name in /apps/<slug>, as the browser shows it now. From a client: services check it."""
    parts = state.router.url.path.split("/")
    return parts[2] if len(parts) > 2 and parts[1] == "apps" else ""


def _visitor(state: rx.State) -> Visitor:
    return Visitor(ip=state.router.session.client_ip, user_agent=state.router.headers.user_agent or "")


def _chosen_amount(offer: OfferCard, form: dict[str, str]) -> int | None:
    """What somebody wants to pay, where they may choose."""
    typed = form.get("amount", "").strip()
    if offer.price_model != "pay_what_you_want" or not typed:
        return None
    return parse(typed, offer.currency, field="amount")
