"""What a listing says: each field is saved when it is left."""

from typing import Any

import reflex as rx

from overskill.components.field import CONTROL, field, text_input
from overskill.components.market.selling.parts import refusal_of, step_section
from overskill.components.words import Words
from overskill.state.listing_cards import CATEGORIES
from overskill.state.sell_listing import (
    LONGEST_LISTING_DESCRIPTION,
    LONGEST_LISTING_KEYWORDS,
    LONGEST_LISTING_TAGLINE,
    LONGEST_LISTING_TITLE,
    SellListingState,
)


def words_step() -> rx.Component:
    return step_section(
        "Words",
        rx.cond(
            SellListingState.status == "published",
            "Each field is saved when you leave it, and buyers see it at once.",
            "Each field is saved when you leave it. Nobody sees it until you submit.",
        ),
        rx.el.div(
            rx.el.div(
                _line("Title", "title", SellListingState.title, LONGEST_LISTING_TITLE),
                _category(),
                class_name="grid gap-5 sm:grid-cols-[1fr_14rem]",
            ),
            _line(
                "Tagline",
                "tagline",
                SellListingState.tagline,
                LONGEST_LISTING_TAGLINE,
                hint="What it does for whom, in one line. It stands on every card.",
            ),
            _description(),
            _line(
                "Keywords",
                "keywords",
                SellListingState.keywords,
                LONGEST_LISTING_KEYWORDS,
                hint="Words people would search for, with spaces between.",
            ),
            rx.cond(SellListingState.was_published, rx.fragment(), _address()),
            key=SellListingState.slug,
            class_name="flex flex-col gap-5",
        ),
        aside=rx.el.p(SellListingState.said, role="status", class_name="min-h-5 text-[13px] text-positive"),
    )


def _line(label: str, name: str, value: Words, most: int, *, hint: str = "", **props: Any) -> rx.Component:
    return field(
        label,
        text_input(
            name,
            id=f"listing-{name}",
            default_value=value,
            max_length=most,
            auto_complete="off",
            on_blur=SellListingState.keep_word(name),
            **props,
        ),
        hint=hint,
        error=refusal_of(f"words.{name}"),
    )


def _category() -> rx.Component:
    return field(
        "Category",
        rx.el.select(
            *[rx.el.option(words, value=key) for key, words, _ in CATEGORIES],
            value=SellListingState.category,
            on_change=SellListingState.keep_word("category"),
            custom_attrs={"id": "listing-category"},
            class_name=f"{CONTROL} h-10 px-3",
        ),
        error=refusal_of("words.category"),
    )


def _description() -> rx.Component:
    return field(
        "Description",
        rx.el.textarea(
            name="description",
            default_value=SellListingState.description,
            max_length=LONGEST_LISTING_DESCRIPTION,
            rows=14,
            on_blur=SellListingState.keep_word("description"),
            custom_attrs={"id": "listing-description"},
            class_name=f"{CONTROL} resize-y px-3 py-2.5 font-mono text-[13px] leading-relaxed",
        ),
        hint="Markdown: ## headings, **bold**, lists and links. What it does, who it is for, what is not in it.",
        error=refusal_of("words.description"),
    )


def _address() -> rx.Component:
    return _line(
        "Address",
        "slug",
        SellListingState.slug,
        48,
        hint="/apps/<address>. Once it was published, it stays.",
        spell_check=False,
        class_name="font-mono",
    )
