"""The start page: say what you need, see how it works, look at what others made."""

import reflex as rx

from overskill.components.app_card import CARD, cover
from overskill.components.button import link_button, submit_button
from overskill.components.card import card
from overskill.components.cover_shapes import Shape
from overskill.components.feedback import callout, skeleton
from overskill.components.icon import icon
from overskill.components.layout import page
from overskill.components.market.listing_card import GRID, listing_card
from overskill.components.native import native_form, native_link
from overskill.components.prompt_box import prompt_box, submit_keys
from overskill.state.home import PROMPT_LIMIT, GalleryTile, HomeState
from overskill.state.session import SessionState

# (what the chip says, what it fills in)
EXAMPLES = (
    ("Habit tracker", "A habit tracker with streaks and a calm weekly view"),
    ("Invoice board", "A kanban board for my invoices: draft, sent, overdue, paid, with a total for each column"),
    ("Band website", "A dark landing page for my band with tour dates, a photo section and a newsletter form"),
    ("Booking calendar", "A booking calendar for a small hair salon with services, prices and time slots"),
    ("Sales dashboard", "A dashboard for my shop's sales with charts by month and by product"),
)

# (name, what it is, prompt, colour, drawing)
IDEAS: tuple[tuple[str, str, str, str, Shape], ...] = (
    (
        "Leafy",
        "Plant care diary",
        "Something to keep track of my plants: when I watered them and when to water next",
        "#2f9e63",
        "list",
    ),
    (
        "Ledgerly",
        "Freelance finances",
        "A tracker for freelance income and expenses with a monthly chart",
        "#3b6fe0",
        "chart",
    ),
    ("Corner Store", "Shop with a cart", "A shop catalogue for handmade ceramics with a cart", "#d9623a", "grid"),
    ("Pulse", "Team mood poll", "A weekly team mood poll with a history of the answers", "#c83f8b", "poll"),
    (
        "Parlour",
        "Bookings",
        "A booking calendar for a small tattoo studio with services and time slots",
        "#8a5cf0",
        "calendar",
    ),
    ("Launchpad", "Product roadmap", "A kanban board for our roadmap with owners and due dates", "#a87b1d", "board"),
)

STEPS = (
    ("message_square_text", "Describe it", "One sentence is enough. Say who it is for and what it keeps track of."),
    ("code_xml", "Watch it appear", "Every file is written in front of you, and the preview runs from the first one."),
    ("wand_sparkles", "Ask for changes", "“Add a due date and sort by it.” Each change is a version you can undo."),
    ("rocket", "Publish", "One click, about a second, and it is live at an address of its own."),
)


def home_page() -> rx.Component:
    return page(_hero(), _how_it_works(), _market(), _gallery())


def _hero() -> rx.Component:
    return rx.el.section(
        rx.el.h1("What do you want to build?", class_name="text-display font-semibold text-center"),
        rx.el.p(
            "Describe an app in a sentence. OverSkill writes it while you watch, shows it running, and publishes it.",
            class_name="mx-auto mt-4 max-w-xl text-center text-[17px] leading-relaxed text-soft",
        ),
        _prompt_form(),
        rx.el.div(
            *[_example_chip(words, prompt) for words, prompt in EXAMPLES],
            class_name="mx-auto mt-5 flex max-w-2xl flex-wrap justify-center gap-2",
        ),
        class_name="halo pt-16 sm:pt-24",
    )


def _prompt_form() -> rx.Component:
    return rx.el.div(
        native_form(
            prompt_box(
                "prompt",
                rx.el.div(
                    rx.cond(HomeState.has_model, rx.fragment(), _recipes_label()), class_name="min-w-0 flex-1 pl-1"
                ),
                _shortcut(),
                submit_button("Build it", icon="arrow_up"),
                label="What do you want to build?",
                placeholder="A habit tracker with streaks…",
                limit=PROMPT_LIMIT,
                text=HomeState.prompt,
                can_attach=SessionState.is_signed_in,
            ),
            action="/start",
            class_name=(
                "rounded-2xl border border-strong bg-surface shadow-raised "
                "transition-[border-color,box-shadow] duration-200 ease-calm "
                "focus-within:border-ring focus-within:ring-4 focus-within:ring-ring/20"
            ),
        ),
        rx.cond(
            HomeState.error != "", callout(HomeState.error, tone="danger", class_name="mt-3 text-left"), rx.fragment()
        ),
        class_name="mx-auto mt-9 max-w-2xl",
    )


def _shortcut() -> rx.Component:
    return submit_keys("hidden rounded-md bg-hover px-1.5 py-0.5 font-mono text-[11px] text-faint sm:block")


def _recipes_label() -> rx.Component:
    """Honest about what writes the app when no model is connected."""
    return rx.el.p(
        icon("blocks", size=14, class_name="inline mr-1.5 -mt-0.5"),
        "Written by built-in recipes. ",
        rx.el.a("Connect a model", href="/settings#model", class_name="font-medium text-accent-ink hover:underline"),
        class_name="text-[13px] text-faint",
    )


def _example_chip(words: str, prompt: str) -> rx.Component:
    return rx.el.button(
        words,
        type="button",
        custom_attrs={"data-prompt": prompt},
        class_name=(
            "rounded-full border border-line bg-surface px-3.5 h-8.5 text-[13px] font-medium text-soft shadow-card "
            "transition-colors duration-150 hover:border-strong hover:bg-hover hover:text-ink"
        ),
    )


def _how_it_works() -> rx.Component:
    return rx.el.section(
        rx.el.h2("From a sentence to a live app", class_name="text-2xl font-semibold tracking-[-0.02em]"),
        rx.el.ol(
            *[_step(number, *step) for number, step in enumerate(STEPS, start=1)],
            class_name="mt-8 grid gap-x-8 gap-y-8 sm:grid-cols-2 lg:grid-cols-4",
        ),
        class_name="mt-28",
    )


def _step(number: int, symbol: str, title: str, text: str) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.span(
                icon(symbol, size=18),
                class_name="grid size-10 place-items-center rounded-xl border border-line bg-surface text-accent-ink "
                "shadow-card",
            ),
            rx.el.span(f"{number}", class_name="font-mono text-xs text-faint"),
            class_name="flex items-center justify-between border-b border-line pb-4",
        ),
        rx.el.h3(title, class_name="mt-4 text-[15px] font-semibold"),
        rx.el.p(text, class_name="mt-1.5 text-sm leading-relaxed text-soft"),
    )


def _market() -> rx.Component:
    return rx.cond(
        HomeState.listings.length() > 0,
        rx.el.section(
            rx.el.div(
                rx.el.div(
                    rx.el.h2("Or begin with a finished one", class_name="text-2xl font-semibold tracking-[-0.02em]"),
                    rx.el.p(
                        "Try an app, get your own copy, change what you like.", class_name="mt-1 text-sm text-soft"
                    ),
                ),
                link_button("Explore all", href="/explore", icon="compass"),
                class_name="flex flex-wrap items-end justify-between gap-3",
            ),
            rx.el.div(rx.foreach(HomeState.listings, listing_card), class_name=f"mt-6 {GRID}"),
            class_name="mt-28",
        ),
        rx.fragment(),
    )


def _gallery() -> rx.Component:
    return rx.el.div(
        rx.cond(
            HomeState.gallery,
            _tiles("Published here", "Made and published on this instance.", _published()),
            rx.fragment(),
        ),
        rx.match(
            rx.cond(HomeState.is_loaded, rx.cond(HomeState.shows_ideas, "ideas", "none"), "wait"),
            ("ideas", _tiles("Start from an idea", "Pick one to begin; say what should be different.", _ideas())),
            ("none", rx.fragment()),
            _tiles("Start from an idea", "Pick one to begin; say what should be different.", _waiting_tiles()),
        ),
        id="gallery",
        class_name="mt-28 flex scroll-mt-20 flex-col gap-20",
    )


def _tiles(title: str, text: str, tiles: rx.Component) -> rx.Component:
    return rx.el.section(
        rx.el.h2(title, class_name="text-2xl font-semibold tracking-[-0.02em]"),
        rx.el.p(text, class_name="mt-1 text-sm text-soft"),
        rx.el.div(tiles, class_name="mt-6 grid gap-5 sm:grid-cols-2 lg:grid-cols-3"),
    )


def _published() -> rx.Component:
    def tile(app: GalleryTile) -> rx.Component:
        return native_link(
            cover(app.name, app.accent, thumbnail=app.thumbnail, logo_url=app.logo_url),
            rx.el.div(
                rx.el.div(
                    rx.el.p(app.name, class_name="truncate text-sm font-medium text-ink"),
                    rx.cond(
                        app.description != "",
                        rx.el.p(app.description, class_name="truncate text-[13px] text-faint"),
                        rx.fragment(),
                    ),
                    class_name="min-w-0",
                ),
                icon("arrow_up_right", class_name="text-faint transition-colors group-hover:text-ink"),
                class_name="flex min-h-12 items-center justify-between gap-3 border-t border-line px-4 py-2",
            ),
            href=app.url,
            target="_blank",
            rel="noopener",
            class_name=CARD,
        )

    return rx.foreach(HomeState.gallery, tile)


def _ideas() -> rx.Component:
    return rx.fragment(
        *[
            rx.el.button(
                cover(name, accent, shape=shape),
                rx.el.div(
                    rx.el.div(
                        rx.el.div(name, class_name="text-sm font-medium text-ink"),
                        rx.el.div(text, class_name="text-[13px] text-faint"),
                        class_name="min-w-0",
                    ),
                    rx.el.span(
                        "Use this idea",
                        class_name="whitespace-nowrap text-[13px] font-medium text-accent-ink sm:opacity-0 "
                        "transition-opacity duration-150 group-hover:opacity-100 group-focus-visible:opacity-100",
                    ),
                    class_name="flex items-center justify-between gap-3 border-t border-line px-4 py-3",
                ),
                type="button",
                custom_attrs={"data-prompt": prompt},
                class_name=CARD,
            )
            for name, text, prompt, accent, shape in IDEAS
        ]
    )


def _waiting_tiles() -> rx.Component:
    return rx.fragment(
        *[card(skeleton("aspect-16/10 rounded-b-none"), class_name="h-68 overflow-hidden") for _ in range(3)]
    )
