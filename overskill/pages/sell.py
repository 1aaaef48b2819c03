"""A creator's desk: what they sell and what it brought, what they could sell, and how one begins."""

import reflex as rx

from overskill.components.app_card import CARD, cover
from overskill.components.button import button, link_button, submit_button
from overskill.components.card import card
from overskill.components.feedback import callout, empty, skeleton
from overskill.components.field import CONTROL, field, text_input
from overskill.components.focus_keeper import focus_keeper
from overskill.components.icon import icon
from overskill.components.layout import page
from overskill.components.market.desk import desk_page, status_badge
from overskill.components.market.money import money
from overskill.components.words import Content
from overskill.state.sell import (
    LONGEST_CREATOR_BIO,
    LONGEST_CREATOR_NAME,
    LONGEST_CREATOR_USERNAME,
    LONGEST_CREATOR_WEBSITE,
    DeskRow,
    SellableApp,
    SellState,
    TakenRow,
)

STEPS = (
    ("sparkles", "Choose an app", "Any app of yours with a saved version. What buyers get is that version, checked."),
    ("image", "Show and price it", "Words, pictures and up to three licences: to use, to own, or to sell on."),
    ("badge_check", "Let it be checked", "We build it, test it and audit its packages. What passes is published."),
)


def sell_page() -> rx.Component:
    return focus_keeper(
        rx.cond(
            SellState.is_loaded,
            rx.cond(SellState.is_creator, _desk(), _welcome()),
            page(
                skeleton("mt-12 h-8 w-48"),
                *[skeleton("mt-6 h-28 w-full rounded-xl") for _ in range(3)],
            ),
        ),
    )


def _welcome() -> rx.Component:
    return page(
        rx.el.div(
            rx.el.h1(
                "Sell what you make", class_name="text-3xl font-semibold tracking-[-0.03em] text-balance sm:text-4xl"
            ),
            rx.el.p(
                "Each sale installs a copy of its own for the buyer, at an address of its own. You get the money, and "
                "keep improving the app: buyers are offered your releases.",
                class_name="mt-3 max-w-2xl text-[15px] leading-relaxed text-soft",
            ),
            class_name="pt-12 sm:pt-16",
        ),
        _steps(),
        card(
            rx.el.h2("Begin with your page", class_name="text-[17px] font-semibold"),
            rx.el.p("Buyers see who made an app. You can change all of it later.", class_name="mt-1 text-sm text-soft"),
            _begin_form(),
            class_name="mt-10 max-w-2xl p-5 sm:p-7",
        ),
    )


def _steps() -> rx.Component:
    return rx.el.ol(
        *[
            rx.el.li(
                rx.el.span(
                    icon(name, size=18),
                    class_name="grid size-10 place-items-center rounded-xl bg-accent-soft text-accent-ink",
                ),
                rx.el.h2(f"{number}. {title}", class_name="mt-4 text-[15px] font-semibold"),
                rx.el.p(text, class_name="mt-1 text-sm leading-relaxed text-soft"),
                class_name="rounded-xl border border-line bg-surface p-5 shadow-card",
            )
            for number, (name, title, text) in enumerate(STEPS, 1)
        ],
        class_name="mt-10 grid gap-4 sm:grid-cols-3",
    )


def _begin_form() -> rx.Component:
    return rx.el.form(
        rx.el.div(
            field(
                "Name",
                text_input(
                    "name",
                    id="creator-name",
                    default_value=SellState.name,
                    max_length=LONGEST_CREATOR_NAME,
                    required=True,
                    auto_complete="off",
                ),
                error=_refusal_of("name"),
            ),
            field(
                "Username",
                text_input(
                    "username",
                    id="creator-username",
                    default_value=SellState.username,
                    max_length=LONGEST_CREATOR_USERNAME,
                    required=True,
                    auto_complete="off",
                    spell_check=False,
                    class_name="font-mono",
                ),
                hint="Your page is at /creators/<username>.",
                error=_refusal_of("username"),
            ),
            class_name="grid gap-4 sm:grid-cols-2",
        ),
        field(
            "About you",
            rx.el.textarea(
                name="bio",
                max_length=LONGEST_CREATOR_BIO,
                rows=2,
                placeholder="What you make, in a sentence or two",
                custom_attrs={"id": "creator-bio"},
                class_name=f"{CONTROL} resize-y px-3 py-2 leading-relaxed",
            ),
            error=_refusal_of("bio"),
        ),
        field(
            "Website",
            text_input(
                "website",
                id="creator-website",
                max_length=LONGEST_CREATOR_WEBSITE,
                placeholder="https://example.com",
                auto_complete="url",
            ),
            error=_refusal_of("website"),
        ),
        rx.el.div(submit_button("Open my page"), class_name="flex justify-end"),
        on_submit=SellState.become,
        class_name="mt-6 flex flex-col gap-4",
    )


def _refusal_of(name: str) -> rx.Var[str]:
    return rx.cond(SellState.refused == name, SellState.refusal, "")


def _desk() -> rx.Component:
    return desk_page(
        "listings",
        "Sell",
        "Your listings, and what they brought.",
        rx.cond(SellState.is_suspended, _suspended(), rx.fragment()),
        rx.cond(SellState.needs_account, _needs_account(), rx.fragment()),
        rx.cond(SellState.chosen.slug != "", _chosen(), rx.fragment()),
        rx.cond(
            SellState.listings.length() > 0,
            rx.el.ul(rx.foreach(SellState.listings, _listing), class_name="flex flex-col gap-3"),
            rx.cond(SellState.apps.length() > 0, _steps(), _nothing()),
        ),
        rx.cond(SellState.apps.length() > 0, _apps(), rx.fragment()),
        actions=(
            link_button("My page", href=rx.Var.create(f"/creators/{SellState.username}"), size="sm", icon="user_round"),
        ),
    )


def _suspended() -> rx.Component:
    return callout(
        "Your selling is suspended. ",
        rx.el.a("Read why, and appeal", href="/sell/notices"),
        ".",
        tone="danger",
        class_name="mb-6",
    )


def _needs_account() -> rx.Component:
    return callout(
        "Buyers can pay, and we keep what is yours until we know where to send it. ",
        rx.el.a("Set up payouts", href="/sell/earnings"),
        ".",
        tone="warning",
        class_name="mb-6",
    )


def _chosen() -> rx.Component:
    return card(
        rx.el.div(
            rx.el.div(
                cover(
                    SellState.chosen.name,
                    SellState.chosen.accent,
                    thumbnail=SellState.chosen.thumbnail,
                    logo_url=SellState.chosen.logo,
                ),
                class_name="w-40 shrink-0 overflow-hidden rounded-lg border border-line",
            ),
            rx.el.div(
                rx.el.h2(f"Sell “{SellState.chosen.name}”", class_name="text-[17px] font-semibold"),
                rx.el.p(
                    "We begin a draft with what the app says of itself. Nobody sees it until you submit it.",
                    class_name="mt-1 max-w-md text-sm leading-relaxed text-soft",
                ),
                class_name="min-w-0 flex-1 basis-56",
            ),
            button("Begin the listing", variant="primary", on_click=SellState.begin(SellState.chosen.slug)),
            class_name="flex flex-wrap items-center gap-5",
        ),
        class_name="mb-8 p-5",
    )


def _nothing() -> rx.Component:
    return empty(
        "store",
        "Nothing to sell yet",
        "Describe an app first. Once it has a saved version, it can be listed here.",
        link_button("Build an app", href="/studio", variant="primary"),
    )


def _listing(row: DeskRow) -> rx.Component:
    return rx.el.li(
        card(
            rx.el.div(
                _picture(row),
                rx.el.div(
                    rx.el.div(
                        rx.el.h2(
                            rx.el.a(
                                row.title,
                                href=f"/sell/{row.slug}",
                                class_name="after:absolute after:inset-0 after:rounded-xl",
                            ),
                            class_name="truncate text-[15px] font-semibold",
                        ),
                        status_badge(row.status, row.status_words),
                        class_name="flex items-center gap-2.5",
                    ),
                    rx.cond(
                        row.reason != "",
                        rx.el.p(row.reason, class_name="mt-1 line-clamp-2 text-[13px] text-warning"),
                        rx.fragment(),
                    ),
                    rx.el.dl(
                        _figure("Views", row.views),
                        _figure("Sales", row.sales),
                        _figure("Conversion", row.conversion),
                        _figure("Sold for", _taken(row)),
                        rx.cond(row.rating != "", _figure("Rating", row.rating), rx.fragment()),
                        class_name="mt-3 flex flex-wrap gap-x-8 gap-y-2",
                    ),
                    class_name="min-w-0 flex-1",
                ),
                class_name="flex items-start gap-4 p-4 sm:gap-5",
            ),
            class_name=(
                "relative transition-[box-shadow,border-color] duration-200 ease-calm hover:border-strong "
                "hover:shadow-raised focus-within:border-strong"
            ),
        ),
        key=row.slug,
    )


def _picture(row: DeskRow) -> rx.Component:
    return rx.el.div(
        rx.cond(
            row.cover != "",
            rx.el.img(
                src=f"/media/{row.cover}.webp",
                alt="",
                loading="lazy",
                class_name="absolute inset-0 size-full object-cover object-top",
            ),
            rx.fragment(),
        ),
        style={"--app": row.accent},
        class_name=(
            "relative hidden aspect-16/10 w-36 shrink-0 overflow-hidden rounded-lg border border-line "
            "bg-[color-mix(in_srgb,var(--app)_18%,var(--surface))] min-[480px]:block"
        ),
    )


def _figure(name: str, value: Content | int) -> rx.Component:
    return rx.el.div(
        rx.el.dt(name, class_name="text-[13px] text-faint"),
        rx.el.dd(value, class_name="mt-0.5 text-sm font-medium tabular-nums text-ink"),
    )


def _taken(row: DeskRow) -> rx.Component:
    return rx.cond(
        row.taken.length() > 0,
        rx.el.span(rx.foreach(row.taken, _one_taken), class_name="flex flex-wrap gap-x-2"),
        rx.el.span("Nothing yet", class_name="font-normal text-faint"),
    )


def _one_taken(taken: TakenRow) -> rx.Component:
    return money(taken.amount, taken.currency)


def _apps() -> rx.Component:
    return rx.el.section(
        rx.el.h2("Apps you could sell", class_name="text-[15px] font-semibold"),
        rx.el.p(
            "Choosing one begins a draft. Nobody sees it until you submit it.", class_name="mt-1 text-sm text-soft"
        ),
        rx.el.ul(
            rx.foreach(SellState.apps, _app),
            class_name="mt-4 grid grid-cols-1 gap-4 min-[480px]:grid-cols-2 lg:grid-cols-4",
        ),
        class_name="mt-12",
    )


def _app(app: SellableApp) -> rx.Component:
    return rx.el.li(
        rx.el.button(
            cover(app.name, app.accent, thumbnail=app.thumbnail, logo_url=app.logo),
            rx.el.span(
                rx.el.span(app.name, class_name="block truncate text-sm font-medium text-ink"),
                rx.el.span(icon("plus", size=15), class_name="text-faint"),
                class_name="flex items-center justify-between gap-2 border-t border-line px-3.5 py-2.5",
            ),
            type="button",
            on_click=SellState.begin(app.slug),
            custom_attrs={"aria-label": rx.Var.create(f"Sell {app.name}")},
            class_name=CARD,
        ),
        key=app.slug,
    )
