"""What a listing says: each field is saved when it is left."""

from typing import Any

import reflex as rx

from overskill.components.button import link_button
from overskill.components.field import CONTROL, field
from overskill.components.market.kept_field import KeptField
from overskill.components.market.prose import prose
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
    return rx.fragment(_words(), _preview())


def _preview() -> rx.Component:
    return step_section(
        "As buyers read it",
        "What is saved, as the listing's page shows it.",
        rx.el.h3(SellListingState.title, class_name="text-xl font-semibold tracking-[-0.02em] wrap-anywhere"),
        rx.el.p(
            rx.cond(SellListingState.tagline != "", SellListingState.tagline, "Its tagline comes here."),
            class_name="mt-1 text-[15px] text-soft wrap-anywhere",
        ),
        rx.cond(
            SellListingState.about_html != "",
            prose(SellListingState.about_html, class_name="mt-5 border-t border-line pt-5"),
            rx.el.p("Its description comes here.", class_name="mt-5 border-t border-line pt-5 text-sm text-faint"),
        ),
        aside=link_button(
            "The whole page",
            href=rx.Var.create(f"/apps/{SellListingState.slug}"),
            size="sm",
            icon="eye",
            target="_blank",
        ),
    )


def _words() -> rx.Component:
    return step_section(
        "Words",
        rx.cond(
            SellListingState.status == "published",
            "Each field is saved when you leave it, and says so. Buyers see it at once.",
            "Each field is saved when you leave it, and says so. Nobody sees it until you submit.",
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
            key=SellListingState.listing_id,
            class_name="flex flex-col gap-5",
        ),
    )


def _line(label: str, name: str, value: Words, most: int, *, hint: str = "", code: bool = False) -> rx.Component:
    look = "font-mono" if code else ""
    attributes = {"spellCheck": "false"} if code else {}
    return _kept(label, name, value, hint=hint, most=most, look=f"h-10 px-3 {look}".strip(), attributes=attributes)


def _category() -> rx.Component:
    choices = [[key, words] for key, words, _ in CATEGORIES]
    return _kept("Category", "category", SellListingState.category, look="h-10 px-3", choices=choices)


def _description() -> rx.Component:
    return _kept(
        "Description",
        "description",
        SellListingState.description,
        hint="Markdown: ## headings, **bold**, lists and links. What it does, who it is for, what is not in it.",
        look="resize-y px-3 py-2.5 font-mono text-[13px] leading-relaxed",
        most=LONGEST_LISTING_DESCRIPTION,
        rows=14,
    )


def _address() -> rx.Component:
    return _line(
        "Address",
        "slug",
        SellListingState.slug,
        48,
        hint="/apps/<address>. Once it was published, it stays.",
        code=True,
    )


def _kept(
    label: str,
    name: str,
    value: Words,
    *,
    look: str,
    hint: str = "",
    attributes: dict[str, str] | None = None,
    **props: Any,
) -> rx.Component:
    place = f"words.{name}"
    return field(
        label,
        KeptField.create(
            scope=SellListingState.listing_id,
            name=name,
            value=value,
            answered=SellListingState.answered[name],
            is_refused=SellListingState.refused == place,
            on_keep=SellListingState.keep_word,
            custom_attrs={"id": f"listing-{name}", **(attributes or {})},
            class_name=f"{CONTROL} {look}",
            **props,
        ),
        hint=hint,
        error=refusal_of(place),
    )
