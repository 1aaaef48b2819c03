"""The marketplace: what it has, found by words, by filters, or by looking around."""

import reflex as rx

from overskill.components.button import button, link_button
from overskill.components.feedback import callout, empty, skeleton, spinner
from overskill.components.layout import page
from overskill.components.market.explore_filters import (
    category_chips,
    chosen_chips,
    filter_sheet,
    filter_sidebar,
    sort_links,
)
from overskill.components.market.list_end import ListEnd
from overskill.components.market.listing_card import listing_card, listing_card_skeleton
from overskill.components.market.search_box import SearchBox
from overskill.state.explore import MOST_TYPED, ExploreState, ListingRow
from overskill.state.listing_cards import ListingCard

_GRID = "grid grid-cols-1 gap-5 min-[520px]:grid-cols-2 xl:grid-cols-3"


def explore_page() -> rx.Component:
    return page(
        _search(),
        rx.el.div(
            filter_sidebar(),
            rx.el.div(
                category_chips(),
                rx.cond(ExploreState.is_plain, _recommended(), rx.fragment()),
                _results(),
                class_name="flex min-w-0 flex-1 flex-col gap-10",
            ),
            class_name="mt-10 flex gap-10",
        ),
    )


def _search() -> rx.Component:
    return rx.el.section(
        rx.el.h1(
            "Find an app. Make it yours.",
            class_name="text-center text-3xl font-semibold tracking-[-0.03em] sm:text-[2.6rem] sm:leading-tight",
        ),
        rx.el.p(
            "Every app here is checked, can be tried, and becomes a copy of your own that you can change.",
            class_name="mx-auto mt-3 max-w-xl text-center text-[15px] leading-relaxed text-soft sm:text-base",
        ),
        rx.el.div(
            SearchBox.create(
                words=ExploreState.words,
                query=ExploreState.query,
                typed=ExploreState.typed,
                suggestions=ExploreState.suggestions,
                limit=MOST_TYPED,
                on_type=ExploreState.suggest.debounce(150),
            ),
            class_name="mx-auto mt-7 max-w-2xl",
        ),
        class_name="halo pt-10 sm:pt-14",
    )


def _recommended() -> rx.Component:
    return rx.fragment(
        rx.cond(
            ExploreState.picks.length() > 0,
            _row("Staff picks", "Apps we use ourselves.", ExploreState.picks),
            rx.fragment(),
        ),
        rx.foreach(ExploreState.rows, _collection),
    )


def _collection(row: ListingRow) -> rx.Component:
    return _row(row.title, row.text, row.listings)


def _row(title: str | rx.Var[str], text: str | rx.Var[str], listings: list[ListingCard]) -> rx.Component:
    """Side by side; it scrolls where the screen ends."""

    def one(listing: ListingCard) -> rx.Component:
        return rx.el.li(listing_card(listing), class_name="w-[17.5rem] shrink-0 snap-start", key=listing.slug)

    return rx.el.section(
        rx.el.h2(title, class_name="text-xl font-semibold tracking-[-0.02em]"),
        rx.el.p(text, class_name="mt-0.5 text-sm text-soft"),
        rx.el.ul(
            rx.foreach(listings, one),
            class_name=(
                "-mx-4 mt-4 flex snap-x scroll-px-4 gap-5 overflow-x-auto px-4 pb-3 pt-1 "
                "sm:-mx-6 sm:scroll-px-6 sm:px-6 lg:mx-0 lg:scroll-px-0 lg:px-0"
            ),
        ),
    )


def _results() -> rx.Component:
    return rx.el.section(
        rx.el.div(
            rx.el.div(
                rx.el.h2(ExploreState.heading, class_name="truncate text-xl font-semibold tracking-[-0.02em]"),
                rx.el.div(
                    rx.cond(ExploreState.is_loaded | (ExploreState.refusal != ""), _count(), skeleton("my-1 h-4 w-24")),
                    role="status",
                    class_name="mt-0.5 min-h-5 text-sm text-soft",
                ),
                class_name="min-w-0",
            ),
            rx.el.div(
                sort_links(),
                rx.el.div(filter_sheet(), class_name="lg:hidden"),
                class_name="flex max-w-full items-center gap-2",
            ),
            class_name="flex flex-wrap items-end justify-between gap-x-6 gap-y-3",
        ),
        chosen_chips(),
        _refusal(),
        _corrections(),
        rx.match(
            rx.cond(ExploreState.is_loaded, rx.cond(ExploreState.listings.length() > 0, "some", "none"), "wait"),
            ("some", _list()),
            ("none", _nothing()),
            rx.cond(ExploreState.refusal == "", _waiting(), rx.fragment()),
        ),
        id="results",
        custom_attrs={"aria-busy": ExploreState.is_searching},
        class_name="flex scroll-mt-20 flex-col gap-5",
    )


def _count() -> rx.Component:
    return rx.cond(
        ExploreState.is_searching,
        rx.el.span(spinner(size=14), "Searching…", class_name="inline-flex items-center gap-2"),
        rx.cond(
            ExploreState.is_close & (ExploreState.corrected == ""),
            "No app has all of these words.",
            ExploreState.count,
        ),
    )


def _refusal() -> rx.Component:
    return rx.cond(
        ExploreState.refusal != "",
        rx.el.div(
            callout(
                rx.el.p(ExploreState.refusal),
                button("Search again", size="sm", on_click=ExploreState.load, class_name="mt-2"),
                tone="warning",
            ),
            role="alert",
        ),
        rx.fragment(),
    )


def _corrections() -> rx.Component:
    """What was done with words that nothing has."""
    return rx.cond(
        ExploreState.corrected != "",
        rx.el.p(
            "Showing apps for ",
            rx.el.strong(ExploreState.corrected, class_name="font-semibold text-ink"),
            ": nothing has the words as you wrote them.",
            class_name="text-sm text-soft",
        ),
        rx.cond(
            ExploreState.is_close & (ExploreState.listings.length() > 0),
            rx.el.p("These come closest, whatever their price and category.", class_name="text-sm"),
            rx.fragment(),
        ),
    )


def _list() -> rx.Component:
    def one(listing: ListingCard) -> rx.Component:
        return rx.el.li(listing_card(listing), key=listing.slug)

    return rx.el.div(
        rx.el.ul(rx.foreach(ExploreState.listings, one), class_name=_GRID),
        rx.cond(ExploreState.has_more, _end(), rx.fragment()),
        custom_attrs={"data-searching": ExploreState.is_searching},
        class_name="transition-opacity duration-200 data-[searching=true]:opacity-55",
    )


def _end() -> rx.Component:
    return ListEnd.create(
        rx.cond(
            ExploreState.is_full,
            button(
                "Go on with the next ones", icon="arrow_right", on_click=[ExploreState.more, rx.scroll_to("results")]
            ),
            button("Show more", icon="chevron_down", on_click=ExploreState.more),
        ),
        is_watching=~ExploreState.is_full,
        length=ExploreState.listings.length(),
        on_reach=ExploreState.more,
        class_name="mt-8 flex justify-center",
    )


def _nothing() -> rx.Component:
    return empty(
        "search_x",
        rx.cond(ExploreState.is_plain, "The shelves are still empty", "Nothing found"),
        rx.cond(
            ExploreState.is_plain,
            "Be the first to sell an app here, or build one for yourself.",
            "Try fewer words or fewer filters, or describe the app and have it built.",
        ),
        rx.cond(
            ExploreState.chosen.length() > 0,
            link_button("Clear the filters", href=ExploreState.cleared, icon="filter_x"),
            rx.fragment(),
        ),
        link_button("Build it", href="/", variant="primary", icon="sparkles"),
    )


def _waiting() -> rx.Component:
    return rx.el.div(
        *[listing_card_skeleton() for _ in range(6)], custom_attrs={"aria-label": "Loading apps"}, class_name=_GRID
    )
