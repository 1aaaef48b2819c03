"""A listing on a card: its picture, what it is, whose it is, what people say and what it costs."""

from typing import cast

import reflex as rx

from overskill.components.app_card import cover
from overskill.components.card import card
from overskill.components.cover_shapes import Shape
from overskill.components.feedback import skeleton
from overskill.components.icon import icon
from overskill.components.market.money import money
from overskill.components.market.stars import stars
from overskill.state.listing_cards import ListingCard

GRID = "grid grid-cols-1 gap-5 min-[520px]:grid-cols-2 lg:grid-cols-3"

# What is drawn of a listing without a picture.
_DRAWINGS: dict[str, Shape] = {
    "productivity": "board",
    "business": "chart",
    "finance": "chart",
    "health": "calendar",
    "education": "poll",
    "food": "grid",
    "travel": "calendar",
    "events": "calendar",
    "games": "poll",
    "websites": "grid",
    "tools": "board",
}


def listing_card(listing: ListingCard) -> rx.Component:
    """One link to the listing's page, for a list: give it a `GRID`, or a width of its own."""
    return card(
        listing_cover(listing),
        rx.el.div(
            rx.el.div(
                rx.el.h3(
                    rx.el.a(
                        listing.title,
                        href=f"/apps/{listing.slug}",
                        class_name="after:absolute after:inset-0 after:rounded-xl",
                    ),
                    class_name="truncate text-[15px] font-semibold",
                ),
                listing_price(listing, class_name="shrink-0 text-sm font-medium text-ink"),
                class_name="flex items-baseline justify-between gap-3",
            ),
            rx.el.p(listing.tagline, class_name="mt-1 line-clamp-2 min-h-10 text-[13px] leading-5 text-soft"),
            rx.el.div(
                _creator(listing),
                rx.cond(
                    listing.rating_count > 0,
                    stars(listing.rating, listing.rating_count, class_name="shrink-0"),
                    rx.el.span("No ratings yet", class_name="shrink-0"),
                ),
                class_name="mt-3 flex items-center justify-between gap-3 text-[13px] text-faint",
            ),
            class_name="border-t border-line px-4 pb-3.5 pt-3",
        ),
        class_name=(
            "group relative overflow-hidden transition-[box-shadow,border-color,transform] duration-200 ease-calm "
            "hover:-translate-y-0.5 hover:border-strong hover:shadow-raised focus-within:border-strong"
        ),
    )


def listing_cover(listing: ListingCard) -> rx.Component:
    """16:10: its first picture, or a drawing for its category in its colour."""
    picture = rx.el.div(
        rx.el.img(
            src=f"/media/{listing.cover}.webp",
            alt="",
            loading="lazy",
            class_name="absolute inset-0 size-full object-cover object-top",
        ),
        style={"--app": listing.accent},
        class_name=(
            "relative aspect-16/10 overflow-hidden bg-[color-mix(in_srgb,var(--app)_14%,var(--surface))] "
            "dark:bg-[color-mix(in_srgb,var(--app)_20%,var(--surface))]"
        ),
    )
    drawings = [(name, cover(listing.title, listing.accent, shape=shape)) for name, shape in _DRAWINGS.items()]
    return rx.el.div(
        rx.cond(
            listing.cover != "",
            picture,
            cast("rx.Component", rx.match(listing.category, *drawings, cover(listing.title, listing.accent))),
        ),
        rx.cond(
            listing.is_featured,
            rx.el.span(
                icon("award", size=12),
                "Staff pick",
                class_name=(
                    "absolute left-2.5 top-2.5 inline-flex h-6 items-center gap-1 rounded-md border border-line "
                    "bg-surface/95 px-2 text-xs font-medium text-ink shadow-card"
                ),
            ),
            rx.fragment(),
        ),
        class_name="relative",
    )


def listing_price(listing: ListingCard, *, class_name: str = "") -> rx.Component:
    """ "Free", "$12", "$5 / month" or, where the buyer names the price, "from $3"."""
    amount = money(listing.amount, listing.currency, free="Free", short=True)
    return rx.el.span(
        rx.match(
            listing.price_model,
            ("subscription", rx.fragment(amount, rx.el.span(f" / {listing.interval}", class_name="text-faint"))),
            (
                "pay_what_you_want",
                rx.cond(
                    listing.amount > 0,
                    rx.fragment(rx.el.span("from ", class_name="text-faint"), amount),
                    "You choose",
                ),
            ),
            amount,
        ),
        class_name=class_name,
    )


def _creator(listing: ListingCard) -> rx.Component:
    return rx.el.span(
        rx.el.a(
            listing.creator,
            href=f"/creators/{listing.username}",
            class_name="relative z-10 truncate hover:text-ink hover:underline",
        ),
        rx.cond(
            listing.is_verified,
            rx.el.span(
                icon("badge_check", size=14, class_name="text-accent-ink"),
                rx.el.span("Verified", class_name="sr-only"),
                class_name="shrink-0",
            ),
            rx.fragment(),
        ),
        class_name="flex min-w-0 items-center gap-1",
    )


def listing_card_skeleton() -> rx.Component:
    """As high as a card."""
    return card(
        skeleton("aspect-16/10 w-full rounded-none"),
        rx.el.div(
            skeleton("h-5 w-2/3"),
            skeleton("mt-2 h-4 w-full"),
            skeleton("mt-2 h-4 w-4/5"),
            skeleton("mt-4 h-4 w-1/2"),
            class_name="border-t border-line px-4 pb-4 pt-3",
        ),
        class_name="overflow-hidden",
    )
