"""What creators that somebody follows published, and which mails they have about it."""

import reflex as rx

from overskill.components.button import link_button
from overskill.components.card import card
from overskill.components.feedback import badge, empty, skeleton
from overskill.components.field import checkbox
from overskill.components.icon import icon
from overskill.components.layout import page, page_title
from overskill.components.local_time import local_time
from overskill.state.news import NewsRow, NewsState


def news_page() -> rx.Component:
    return page(
        page_title("News", "What creators you follow published."),
        rx.cond(
            NewsState.is_loaded,
            rx.el.div(
                rx.cond(
                    NewsState.news.length() > 0,
                    rx.el.ol(rx.foreach(NewsState.news, _row), class_name="flex flex-col gap-3"),
                    _nothing(),
                ),
                _mails(),
                class_name="flex flex-col gap-12",
            ),
            rx.el.div(*[skeleton("h-24 rounded-xl") for _ in range(4)], class_name="flex flex-col gap-3"),
        ),
        width="max-w-3xl",
    )


def _nothing() -> rx.Component:
    return empty(
        "bell",
        rx.cond(NewsState.following > 0, "Nothing yet", "You follow nobody yet"),
        rx.cond(
            NewsState.following > 0,
            "What the creators you follow publish from now on comes here.",
            "Press Follow on an app’s page, or on a creator’s. What they publish from then on comes here.",
        ),
        link_button("Explore apps", href="/explore", variant="primary", icon="compass"),
    )


def _row(row: NewsRow) -> rx.Component:
    return rx.el.li(
        card(
            _cover(row),
            rx.el.div(
                rx.el.p(
                    rx.el.a(
                        row.creator,
                        href=f"/creators/{row.username}",
                        class_name="relative z-10 font-medium text-ink hover:underline",
                    ),
                    f" {row.what}",
                    class_name="text-[13px] text-soft wrap-anywhere",
                ),
                rx.el.h2(
                    rx.el.a(
                        row.title, href=f"/apps/{row.slug}", class_name="after:absolute after:inset-0 after:rounded-xl"
                    ),
                    class_name="mt-0.5 text-[15px] font-semibold text-ink wrap-anywhere",
                ),
                rx.el.p(
                    rx.cond(row.notes != "", row.notes, row.tagline),
                    class_name="mt-1 line-clamp-2 text-[13px] leading-5 text-soft wrap-anywhere",
                ),
                rx.el.p(local_time(row.at, shape="moment"), class_name="mt-1.5 text-[13px] text-faint"),
                class_name="min-w-0 flex-1",
            ),
            rx.cond(row.is_unseen, badge("New", tone="accent"), rx.fragment()),
            class_name=(
                "relative flex items-start gap-4 p-4 transition-[box-shadow,border-color] duration-200 ease-calm "
                "hover:border-strong hover:shadow-raised"
            ),
        ),
        key=row.key,
    )


def _cover(row: NewsRow) -> rx.Component:
    return rx.el.div(
        rx.cond(
            row.cover != "",
            rx.el.img(
                src=f"/media/{row.cover}.webp",
                alt="",
                loading="lazy",
                class_name="absolute inset-0 size-full object-cover object-top",
            ),
            rx.el.span(
                icon("layout_grid", size=20), class_name="absolute inset-0 grid place-items-center text-[var(--app)]"
            ),
        ),
        style={"--app": row.accent},
        custom_attrs={"aria-hidden": "true"},
        class_name=(
            "relative aspect-16/10 w-20 shrink-0 overflow-hidden rounded-lg border border-line sm:w-32 "
            "bg-[color-mix(in_srgb,var(--app)_14%,var(--surface))] "
            "dark:bg-[color-mix(in_srgb,var(--app)_20%,var(--surface))]"
        ),
    )


def _mails() -> rx.Component:
    return rx.el.section(
        rx.el.h2("Mails", id="mails-title", class_name="text-[15px] font-semibold text-ink"),
        rx.el.div(
            checkbox(
                "When creators I follow publish something",
                "mails-news",
                hint="All of it in one mail, at most once a day.",
                checked=NewsState.mails_news,
                on_change=NewsState.want_news,
            ),
            checkbox(
                "When there is an update for a copy of mine",
                "mails-updates",
                hint="One mail for each release. Updates are in the library, with or without it.",
                checked=NewsState.mails_updates,
                on_change=NewsState.want_updates,
            ),
            class_name="mt-4 flex flex-col gap-4",
        ),
        id="mails",
        custom_attrs={"aria-labelledby": "mails-title"},
        class_name="scroll-mt-20 border-t border-line pt-8",
    )
