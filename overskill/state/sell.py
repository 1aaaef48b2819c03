"""A creator's desk: their listings and what each has brought, apps that could be sold, and how one begins."""

from dataclasses import dataclass
from typing import Any

import reflex as rx
from reflex.event import EventType

from overskill import container
from overskill.db import in_thread
from overskill.errors import InvalidInput
from overskill.models import Listing, ListingStatus
from overskill.services.apps.gallery import logo_url
from overskill.services.market.creators import (
    LONGEST_BIO,
    LONGEST_NAME,
    LONGEST_USERNAME,
    LONGEST_WEBSITE,
    become_creator,
    suggested_username,
)
from overskill.services.market.desk import Desk, ListingRow, listed_as, view_desk
from overskill.services.market.listings import AppToSell, draft_listing
from overskill.state.address import app_in_address
from overskill.state.base import assign
from overskill.state.limits import limit
from overskill.state.session import greet_user, require_user
from overskill.state.toasts import done

LONGEST_CREATOR_NAME = LONGEST_NAME
LONGEST_CREATOR_USERNAME = LONGEST_USERNAME
LONGEST_CREATOR_BIO = LONGEST_BIO
LONGEST_CREATOR_WEBSITE = LONGEST_WEBSITE
STATUS_WORDS = {
    ListingStatus.DRAFT: "Draft",
    ListingStatus.REVIEW: "Being checked",
    ListingStatus.PUBLISHED: "Published",
    ListingStatus.SUSPENDED: "Suspended",
    ListingStatus.WITHDRAWN: "Withdrawn",
}


@dataclass(frozen=True)
class TakenRow:
    amount: int
    currency: str


@dataclass(frozen=True)
class DeskRow:
    slug: str
    title: str
    status: str
    status_words: str
    reason: str
    accent: str
    cover: str
    views: str
    sales: str
    conversion: str  # "4.2 %"; a dash before anybody looked
    rating: str
    taken: list[TakenRow]


@dataclass(frozen=True)
class SellableApp:
    slug: str
    name: str
    about: str
    thumbnail: str
    accent: str
    logo: str


NO_APP = SellableApp("", "", "", "", "", "")


class SellState(rx.State):
    is_loaded: bool = False
    is_creator: bool = False
    is_suspended: bool = False
    needs_account: bool = False  # something costs money, and nobody could be paid out yet
    username: str = ""
    name: str = ""
    listings: list[DeskRow] = []
    apps: list[SellableApp] = []
    chosen: SellableApp = NO_APP  # that a link elsewhere asked to sell
    refused: str = ""
    refusal: str = ""

    @rx.event
    async def load(self) -> EventType[()] | None:
        user = await greet_user(self)
        wanted = self.router.url.query_parameters.get("app", "")
        if wanted and (slug := await in_thread(listed_as, user.id, wanted)):
            return rx.redirect(f"/sell/{slug}", replace=True)
        desk = await in_thread(view_desk, user.id)
        _show(self, desk, wanted=wanted)
        if desk.creator is None:
            assign(self, username=suggested_username(user.name), name=user.name)
        return None

    @rx.event
    async def become(self, form: dict[str, Any]) -> EventType[()] | None:
        user = await require_user(self)
        await limit(user, "sell")
        given = {name: str(form.get(name) or "") for name in ("username", "name", "bio", "website")}
        try:
            await in_thread(become_creator, user.id, **given)
        except InvalidInput as refusal:
            assign(self, refused=refusal.field, refusal=refusal.message)
            return None
        assign(self, refused="", refusal="")
        _show(self, await in_thread(view_desk, user.id), wanted=self.chosen.slug)
        return done("Your page is there. Now choose what to sell.")

    @rx.event
    async def begin_here(self) -> EventType[()]:
        """From the studio: to the desk, where the app that is open there can be listed."""
        return rx.redirect(f"/sell?app={app_in_address(self)}")

    @rx.event
    async def begin(self, app_slug: str) -> EventType[()]:
        """A draft of this app's listing, or the listing it has."""
        user = await require_user(self)
        await limit(user, "sell")
        listing = await in_thread(draft_listing, user.id, app_slug, settings=container.get().settings)
        return rx.redirect(f"/sell/{listing.slug}")


def _show(state: SellState, desk: Desk, *, wanted: str) -> None:
    creator, apps = desk.creator, [_app(app) for app in desk.apps]
    assign(
        state,
        is_loaded=True,
        is_creator=creator is not None,
        is_suspended=creator is not None and creator.suspended_at is not None,
        needs_account=creator is not None
        and not creator.charges_enabled
        and any(row.listing.lowest_amount > 0 for row in desk.listings),
        listings=[_row(row) for row in desk.listings],
        apps=apps,
        chosen=next((app for app in apps if app.slug == wanted), NO_APP),
    )
    if creator is not None:
        assign(state, username=creator.username, name=creator.name)


def _row(row: ListingRow) -> DeskRow:
    listing = row.listing
    return DeskRow(
        slug=listing.slug,
        title=listing.title,
        status=listing.status.value,
        status_words=status_words(listing),
        reason=listing.status_reason,
        accent=listing.accent,
        cover=listing.cover,
        views=f"{listing.view_count:,}",
        sales=f"{listing.sale_count:,}",
        conversion=f"{100 * listing.sale_count / listing.view_count:.1f} %" if listing.view_count else "–",
        rating=_rating(listing),
        taken=[TakenRow(one.amount, one.currency) for one in row.taken],
    )


def status_words(listing: Listing) -> str:
    """What has passed its checks and still is in review waits for somebody, and its reason says why."""
    if listing.status is ListingStatus.REVIEW and listing.status_reason:
        return "With the staff"
    return STATUS_WORDS[listing.status]


def _rating(listing: Listing) -> str:
    if not listing.rating_count:
        return ""
    return f"{listing.rating_sum / listing.rating_count:.1f} ({listing.rating_count})"


def _app(app: AppToSell) -> SellableApp:
    return SellableApp(app.slug, app.name, app.description, app.thumbnail, app.accent, logo_url(app.icon, app.logo))
