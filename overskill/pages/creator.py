"""One creator: who it is, how they are rated, and what they offer."""

import reflex as rx

from overskill.components.button import button, link_button
from overskill.components.feedback import empty, skeleton
from overskill.components.layout import page
from overskill.components.market.bundle_card import bundle_card
from overskill.components.market.creator_card import (
    creator_badges,
    creator_picture,
    fact,
    follow_button,
    follower_words,
)
from overskill.components.market.listing_card import GRID, listing_card, listing_card_skeleton
from overskill.components.market.listing_parts import PageHead
from overskill.components.market.report_dialog import report_button, report_dialog
from overskill.components.market.stars import stars
from overskill.components.native import native_link
from overskill.state.creator import CreatorState


def creator_page() -> rx.Component:
    return page(
        PageHead.create(title=CreatorState.title),
        rx.cond(
            CreatorState.is_loaded,
            rx.cond(CreatorState.problem != "", _nothing_here(), _creator()),
            _opening(),
        ),
    )


def _creator() -> rx.Component:
    creator = CreatorState.creator
    return rx.fragment(
        rx.el.header(
            creator_picture(creator, size="size-20 text-2xl sm:size-24"),
            rx.el.div(
                rx.el.h1(creator.name, class_name="break-words text-3xl font-semibold tracking-[-0.025em]"),
                rx.el.p("@", creator.username, class_name="mt-0.5 text-sm text-faint"),
                creator_badges(creator, class_name="mt-3"),
                rx.cond(
                    creator.bio != "",
                    rx.el.p(
                        creator.bio,
                        class_name=(
                            "mt-3 max-w-2xl whitespace-pre-line break-words text-[15px] leading-relaxed text-soft"
                        ),
                    ),
                    rx.fragment(),
                ),
                _facts(),
                class_name="min-w-0 flex-1",
            ),
            rx.cond(
                CreatorState.is_self,
                link_button("Edit your page", href="/sell/profile", icon="pencil"),
                rx.el.div(
                    follow_button(CreatorState.follows, CreatorState.toggle_follow, size="md"),
                    report_button("creator", creator.username, creator.name),
                    class_name="flex items-center gap-4",
                ),
            ),
            report_dialog(),
            class_name="flex flex-col items-start gap-5 pb-10 pt-10 sm:flex-row",
        ),
        rx.el.section(
            rx.el.h2("Apps", id="apps-title", class_name="mb-5 text-xl font-semibold tracking-[-0.015em]"),
            rx.cond(
                CreatorState.listings.length() > 0,
                rx.el.ul(
                    rx.foreach(CreatorState.listings, lambda each: rx.el.li(listing_card(each), key=each.slug)),
                    class_name=GRID,
                ),
                empty("package_open", "Nothing yet", "What this creator publishes will be here."),
            ),
            rx.cond(
                CreatorState.has_more,
                rx.el.div(
                    button("Show more", icon="chevron_down", on_click=CreatorState.show_more),
                    class_name="mt-8 flex justify-center",
                ),
                rx.fragment(),
            ),
            custom_attrs={"aria-labelledby": "apps-title"},
        ),
        rx.cond(CreatorState.bundles.length() > 0, _bundles(), rx.fragment()),
    )


def _bundles() -> rx.Component:
    return rx.el.section(
        rx.el.h2("Cheaper together", id="bundles-title", class_name="mb-5 text-xl font-semibold tracking-[-0.015em]"),
        rx.el.ul(
            rx.foreach(CreatorState.bundles, lambda each: rx.el.li(bundle_card(each), key=each.slug)),
            class_name="grid items-start gap-5 lg:grid-cols-2",
        ),
        custom_attrs={"aria-labelledby": "bundles-title"},
        class_name="mt-14",
    )


def _facts() -> rx.Component:
    creator = CreatorState.creator
    return rx.el.div(
        rx.cond(
            creator.rating_count > 0,
            stars(creator.rating, creator.rating_count),
            rx.fragment(),
        ),
        fact("layout_grid", creator.listings),
        fact("users", follower_words(CreatorState.followers)),
        fact("calendar", "Since ", creator.since),
        rx.cond(
            CreatorState.website != "",
            native_link(
                fact("globe", CreatorState.website.replace("https://", "")),
                href=CreatorState.website,
                target="_blank",
                rel="noopener noreferrer nofollow ugc",
                class_name="hover:text-ink hover:underline",
            ),
            rx.fragment(),
        ),
        class_name="mt-4 flex flex-wrap items-center gap-x-5 gap-y-2 text-sm text-soft",
    )


def _opening() -> rx.Component:
    return rx.el.div(
        rx.el.p("Opening the page…", role="status", class_name="sr-only"),
        rx.el.div(
            skeleton("size-20 rounded-full sm:size-24"),
            rx.el.div(skeleton("h-9 w-64"), skeleton("mt-4 h-4 w-80 max-w-full"), class_name="min-w-0 flex-1"),
            class_name="flex gap-5 pb-20 pt-10",
        ),
        rx.el.div(*[listing_card_skeleton() for _ in range(3)], class_name=GRID),
    )


def _nothing_here() -> rx.Component:
    return rx.el.div(
        empty(
            "search_x",
            rx.cond(CreatorState.is_gone, "This creator is not here any more", "There is no such creator"),
            CreatorState.problem,
            link_button("Explore the marketplace", href="/explore", variant="primary"),
            is_page=True,
        ),
        class_name="mx-auto max-w-xl py-24",
    )
