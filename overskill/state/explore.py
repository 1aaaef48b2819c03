"""The marketplace: what the address asks for, found a page after the other."""

import asyncio
import time
from collections.abc import AsyncIterator
from dataclasses import replace

import reflex as rx

from overskill import container
from overskill.db import in_thread
from overskill.errors import LimitReached
from overskill.services.market.collections import ListingRow
from overskill.services.market.explore import ExplorePage, Suggestion, open_explore, suggest
from overskill.services.market.search import MOST_COUNTED, Found, Place, search
from overskill.services.market.search_terms import LONGEST_WORDS, SearchTerms, read_terms
from overskill.services.rate_limits import count_attempt
from overskill.state.base import assign
from overskill.state.explore_options import PATH, Option, heading, options
from overskill.state.listing_cards import ListingCard

MOST_TYPED = LONGEST_WORDS
MOST_KEPT = 240  # each page sends the whole list again: beyond, the next one takes its place
SEARCHES, SUGGESTIONS = "600/minute", "1200/minute"  # of an address, which a whole office may share
STAYS_SECONDS = 600  # who comes back to a list finds it as it was
_REFUSAL = "Your address has searched very often just now. Wait a minute, then search again: nothing is lost."


class ExploreState(rx.State):
    is_loaded: bool = False
    is_searching: bool = False
    refusal: str = ""  # why nothing else is shown than before
    is_plain: bool = True  # nothing is asked for
    words: str = ""
    heading: str = ""
    corrected: str = ""  # what was looked for instead of `words`
    is_close: bool = False  # nothing has the words; these are called something like it
    listings: list[ListingCard] = []
    count: str = ""  # "1,000+ apps"
    has_more: bool = False
    is_full: bool = False  # the next page takes the place of these
    picks: list[ListingCard] = []
    rows: list[ListingRow] = []
    currency: str = "usd"
    categories: list[Option] = []
    prices: list[Option] = []
    ratings: list[Option] = []
    licenses: list[Option] = []
    models: list[Option] = []
    sorts: list[Option] = []
    chosen: list[Option] = []
    cleared: str = PATH
    query: str = ""
    typed: str = ""  # what is suggested for
    suggestions: list[Suggestion] = []
    _asked: SearchTerms | None = None  # by the address
    _found_by: SearchTerms = SearchTerms()  # with other words, where those were misspelt
    _next: Place | None = None
    _read_at: float = 0.0

    @rx.event
    async def load(self) -> AsyncIterator[None]:
        terms = read_terms(self.router.url.query_parameters)
        if terms == self._asked and time.time() - self._read_at < STAYS_SECONDS:
            return
        self.is_searching = True
        yield
        services = container.get()
        currency = services.settings.market_currency
        try:
            await _count_attempt(self, "search", SEARCHES)
            page = await in_thread(open_explore, terms, services.redis, currency=currency)
            self._show(terms, page, currency)
        except LimitReached:
            assign(self, refusal=_REFUSAL)  # what was found before stays
        finally:
            self.is_searching = False

    @rx.event
    async def more(self) -> None:
        """The next page. Asked for twice at once, it comes once: a tab's events wait for each other."""
        if self._next is None:
            return
        await _count_attempt(self, "search", SEARCHES)
        currency = container.get().settings.market_currency
        found = await in_thread(search, self._found_by, currency=currency, after=self._next)
        kept = [] if len(self.listings) >= MOST_KEPT else list(self.listings)
        there = {listing.slug for listing in kept}  # one that sank meanwhile comes again
        self.listings = kept + [listing for listing in found.listings if listing.slug not in there]
        self._go_on_from(found)

    @rx.event
    async def suggest(self, typed: str) -> None:
        try:
            await _count_attempt(self, "suggest", SUGGESTIONS)
            found = await in_thread(suggest, typed[:MOST_TYPED])
        except LimitReached:
            found = []  # nobody asked for them; what is typed can be searched for
        assign(self, typed=typed[:MOST_TYPED], suggestions=found)

    def _show(self, terms: SearchTerms, page: ExplorePage, currency: str) -> None:
        found = page.found
        self._asked, self._found_by, self._read_at = terms, replace(terms, words=found.words), time.time()
        assign(
            self,
            is_loaded=True,
            refusal="",
            is_plain=terms.is_plain,
            words=terms.words,
            heading=heading(terms),
            corrected=found.words if found.words != terms.words else "",
            is_close=found.is_close,
            listings=found.listings,
            count=_count_words(found.count),
            picks=page.picks,
            rows=page.rows,
            currency=currency,
            **options(terms, page.counts, currency).by_name(),
        )
        self._go_on_from(found)

    def _go_on_from(self, found: Found) -> None:
        self._next = found.next
        assign(self, has_more=found.next is not None, is_full=len(self.listings) >= MOST_KEPT)


async def _count_attempt(state: rx.State, action: str, most: str) -> None:
    """Raises LimitReached. Whoever asks need not be signed in, so they are counted by where they come from."""
    visitor = state.router.session.client_ip
    await asyncio.to_thread(count_attempt, container.get().redis, action, visitor, limit=most)


def _count_words(count: int) -> str:
    if count == 1:
        return "1 app"
    return f"{MOST_COUNTED:,}+ apps" if count > MOST_COUNTED else f"{count:,} apps"
