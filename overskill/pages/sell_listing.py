"""One listing on its creator's desk: a wizard while it is a draft, and where it is kept afterwards."""

import reflex as rx

from overskill.components.button import link_button
from overskill.components.feedback import callout, empty, skeleton
from overskill.components.focus_keeper import focus_keeper
from overskill.components.icon import icon
from overskill.components.layout import page
from overskill.components.market.desk import status_badge
from overskill.components.market.pictures import PictureList
from overskill.components.market.selling.discounts import discounts_step
from overskill.components.market.selling.parts import step_section
from overskill.components.market.selling.price import price_step
from overskill.components.market.selling.releases import mending, releases_step
from overskill.components.market.selling.words import words_step
from overskill.components.tabs import roving, stop
from overskill.state.sell_listing import MOST_PICTURES, SellListingState

STEPS = (
    ("words", "Words", "type"),
    ("pictures", "Pictures", "images"),
    ("price", "Price and licences", "tag"),
    ("discounts", "Discounts", "ticket_percent"),
    ("releases", "Releases", "package_check"),
)


def sell_listing_page() -> rx.Component:
    return page(
        rx.el.a(
            icon("chevron_left", size=15),
            "Your listings",
            href="/sell",
            class_name="mt-8 inline-flex items-center gap-1 rounded-md text-sm text-soft hover:text-ink",
        ),
        rx.cond(
            SellListingState.is_loaded,
            rx.cond(SellListingState.problem != "", _missing(), _listing()),
            rx.el.div(skeleton("mt-6 h-9 w-64"), skeleton("mt-10 h-96 w-full rounded-xl")),
        ),
    )


def _missing() -> rx.Component:
    return rx.el.div(
        empty(
            "package_open",
            "No such listing of yours",
            SellListingState.problem,
            link_button("Your listings", href="/sell", variant="primary"),
            is_page=True,
        ),
        class_name="pt-16",
    )


def _listing() -> rx.Component:
    return rx.el.div(
        _head(),
        _notice(),
        rx.el.div(
            _steps(),
            focus_keeper(
                rx.match(
                    SellListingState.step,
                    ("pictures", _pictures()),
                    ("price", price_step()),
                    ("discounts", discounts_step()),
                    ("releases", releases_step()),
                    words_step(),
                ),
                role="tabpanel",
                custom_attrs={"aria-label": "This step"},
                class_name="min-w-0 flex-1",
            ),
            class_name="mt-8 flex flex-col gap-8 lg:flex-row lg:gap-12",
        ),
    )


def _head() -> rx.Component:
    return rx.el.div(
        rx.el.div(
            rx.el.h1(SellListingState.title, class_name="truncate text-2xl font-semibold tracking-[-0.02em]"),
            rx.el.span(status_badge(SellListingState.status, SellListingState.status_words), role="status"),
            class_name="flex min-w-0 flex-wrap items-center gap-3",
        ),
        rx.el.div(
            rx.cond(
                SellListingState.app_slug != "",
                link_button(
                    "Open in the studio",
                    href=rx.Var.create(f"/studio/{SellListingState.app_slug}"),
                    size="sm",
                    icon="pencil_ruler",
                ),
                rx.fragment(),
            ),
            link_button(
                rx.cond(SellListingState.status == "published", "See it", "Preview"),
                href=rx.Var.create(f"/apps/{SellListingState.slug}"),
                size="sm",
                icon="eye",
                target="_blank",
            ),
            class_name="flex flex-wrap gap-2",
        ),
        class_name="mt-4 flex flex-wrap items-center justify-between gap-4",
    )


def _notice() -> rx.Component:
    return rx.cond(
        SellListingState.reason != "",
        callout(
            rx.el.p(SellListingState.reason, class_name="whitespace-pre-wrap wrap-anywhere"),
            mending(),
            rx.cond(
                SellListingState.status == "suspended",
                rx.el.a("Appeal", href="/sell/notices"),
                rx.fragment(),
            ),
            tone="warning",
            class_name="mt-5",
        ),
        rx.fragment(),
    )


def _steps() -> rx.Component:
    return rx.el.div(
        roving(
            *[_step(key, words, name) for key, words, name in STEPS],
            role="tablist",
            label="Steps of the listing",
            class_name="scroll-row -mx-1 flex gap-1 p-1 lg:flex-col",
        ),
        class_name="lg:sticky lg:top-24 lg:w-52 lg:shrink-0 lg:self-start",
    )


def _step(key: str, words: str, name: str) -> rx.Component:
    is_here = SellListingState.step == key
    return rx.el.button(
        icon(name, size=16),
        rx.cond(SellListingState.status == "draft", "Submit", words) if key == "releases" else words,
        rx.cond(
            SellListingState.done.contains(key),
            rx.el.span(
                icon("check", size=15, class_name="text-positive"),
                rx.el.span("Done", class_name="sr-only"),
                class_name="lg:ml-auto",
            ),
            rx.fragment(),
        ),
        type="button",
        role="tab",
        tab_index=stop(is_here),
        on_click=SellListingState.show_step(key),
        custom_attrs={"aria-selected": is_here, "data-on": is_here},
        class_name=(
            "flex shrink-0 items-center gap-2.5 rounded-lg px-3 h-9.5 text-sm font-medium text-soft text-left "
            "transition-colors duration-150 hover:bg-hover hover:text-ink "
            "data-[on=true]:bg-accent-soft data-[on=true]:text-accent-ink"
        ),
    )


def _pictures() -> rx.Component:
    return step_section(
        "Pictures",
        "Show it in use. Drag them into order, or use the arrows.",
        PictureList.create(
            slug=SellListingState.slug,
            pictures=SellListingState.pictures,
            own=SellListingState.own_pictures,
            most=MOST_PICTURES,
            on_order=SellListingState.order_pictures,
            on_remove=SellListingState.remove_picture,
            on_describe=SellListingState.describe_picture,
            on_own=SellListingState.add_own_picture,
            on_done=SellListingState.refresh,
        ),
    )
