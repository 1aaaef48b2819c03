"""A creator's page: who they are and what they offer; following them."""

import reflex as rx

from overskill import container
from overskill.db import in_thread
from overskill.errors import NotFound
from overskill.services.market.creator_page import CreatorPage, view_creator
from overskill.services.market.follows import follow, unfollow
from overskill.services.market.listing_page import Gone
from overskill.state.limits import limit
from overskill.state.listing_cards import ListingCard
from overskill.state.listing_parts import NOBODY, BundleOffer, CreatorCard, bundles_of, creator_card
from overskill.state.session import current_user, greet, require_user


class CreatorState(rx.State):
    is_loaded: bool = False
    problem: str = ""
    is_gone: bool = False
    title: str = ""  # of the page
    description: str = ""
    image: str = ""
    creator: CreatorCard = NOBODY
    website: str = ""
    listings: list[ListingCard] = []
    has_more: bool = False
    bundles: list[BundleOffer] = []
    is_self: bool = False
    follows: bool = False
    followers: int = 0

    @rx.event
    async def load(self) -> None:
        user = await greet(self)
        try:
            page = await in_thread(view_creator, _username_in_address(self), user)
        except NotFound as error:
            self.problem, self.is_gone = error.message, isinstance(error, Gone)
            self.title, self.is_loaded = "Not found · OverSkill", True
            return
        self._show(page)

    def _show(self, page: CreatorPage) -> None:
        site_url = container.get().settings.site_url
        self.problem, self.is_gone = "", False
        self.creator, self.website = creator_card(page.creator), page.website
        self.title = f"{page.creator.name} · OverSkill"
        self.description = page.creator.bio or f"Apps by {page.creator.name}."
        self.image = f"{site_url}{self.creator.picture or '/card.png'}"
        self.listings, self.has_more = list(page.listings), page.has_more
        self.bundles = bundles_of(page.bundles)
        self.is_self, self.follows, self.followers = page.is_self, page.follows, page.creator.follower_count
        self.is_loaded = True

    @rx.event
    async def show_more(self) -> None:
        user = await current_user(self)
        page = await in_thread(view_creator, self.creator.username, user, offset=len(self.listings))
        self.listings, self.has_more = [*self.listings, *page.listings], page.has_more

    @rx.event
    async def toggle_follow(self) -> None:
        user = await require_user(self)
        await limit(user, "follow")
        change = unfollow if self.follows else follow
        self.followers = await in_thread(change, user.id, self.creator.username)
        self.follows = not self.follows


def _username_in_address(state: rx.State) -> str:
    """The name in /creators/<username>. From a client: services check it."""
    parts = state.router.url.path.split("/")
    return parts[2] if len(parts) > 2 and parts[1] == "creators" else ""
