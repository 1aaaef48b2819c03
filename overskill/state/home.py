"""The start page: what was typed and refused, who writes the apps here, and what others made."""

import asyncio

import reflex as rx

from overskill import container
from overskill.db import in_thread
from overskill.services.apps.create import LONGEST_PROMPT
from overskill.services.apps.gallery import GalleryApp, list_gallery
from overskill.services.market.explore import first_page
from overskill.services.notes import read_note
from overskill.state.listing_cards import ListingCard

GalleryTile = GalleryApp
PROMPT_LIMIT = LONGEST_PROMPT
FEW_APPS = 6


class HomeState(rx.State):
    prompt: str = ""  # to fill the box with
    error: str = ""
    is_loaded: bool = False
    has_model: bool = True  # until known: promise nothing about recipes
    gallery: list[GalleryApp] = []
    listings: list[ListingCard] = []  # the first that trend
    shows_ideas: bool = True  # beside a gallery that has little to show

    @rx.event
    async def load(self) -> None:
        services = container.get()
        gallery = await in_thread(list_gallery)
        market = await in_thread(first_page, services.redis, currency=services.settings.market_currency)
        note = await asyncio.to_thread(
            read_note, services.redis, "form", self.router.url.query_parameters.get("note", "")
        )
        self.prompt, self.error = note.get("prompt", ""), note.get("error", "")
        self.has_model = services.settings.has_model
        self.gallery, self.shows_ideas = gallery, len(gallery) < FEW_APPS
        self.listings = market.listings[:FEW_APPS]
        self.is_loaded = True
