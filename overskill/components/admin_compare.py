"""The dialog in which a listing stands beside those that it is nearly the same as."""

from typing import Any

import reflex as rx

from overskill.components.button import button
from overskill.components.dialog import dialog
from overskill.components.icon import icon
from overskill.components.local_time import local_time
from overskill.components.words import Words
from overskill.state.admin_compare import ComparedRow, CompareState


def compare_button(listing_id: Any, name: Words) -> rx.Component:  # noqa: ANN401
    return button(
        "Compare",
        size="sm",
        on_click=CompareState.open(listing_id),
        custom_attrs={"aria-label": rx.Var.create(f"Compare {name}")},
    )


def compare_dialog() -> rx.Component:
    return dialog(
        "Is it a copy?",
        "Listings of other creators that it is nearly the same as, as they are now. Open both to see them run.",
        rx.el.div(
            rx.el.div(_heading("This listing"), _listing(CompareState.listing)),
            rx.el.div(
                _heading("Like it"),
                rx.cond(
                    CompareState.others.length() > 0,
                    rx.el.ul(
                        rx.foreach(CompareState.others, lambda row: rx.el.li(_listing(row), key=row.slug)),
                        class_name="flex flex-col gap-4",
                    ),
                    rx.el.p(
                        "None is any more: one of them was changed, taken back or bought to be sold on.",
                        class_name="rounded-xl border border-dashed border-strong p-4 text-sm text-soft",
                    ),
                ),
            ),
            class_name="mt-5 grid grid-cols-2 items-start gap-3 sm:gap-4",
        ),
        wide=True,
        open=CompareState.is_open,
        on_open_change=CompareState.close,
    )


def _heading(words: str) -> rx.Component:
    return rx.el.h3(words, class_name="mb-2 text-[13px] font-medium text-faint")


def _listing(row: ComparedRow) -> rx.Component:
    return rx.el.div(
        _cover(row),
        rx.el.div(
            rx.el.a(
                row.title,
                icon("external_link", size=13),
                href=rx.Var.create(f"/apps/{row.slug}"),
                target="_blank",
                class_name="inline-flex items-center gap-1.5 font-medium text-ink hover:underline wrap-anywhere",
            ),
            rx.el.p(
                "By ",
                rx.el.a(
                    row.creator,
                    href=rx.Var.create(f"/creators/{row.username}"),
                    target="_blank",
                    class_name="underline underline-offset-2",
                ),
                class_name="mt-0.5 text-[13px] text-soft wrap-anywhere",
            ),
            rx.el.p(row.tagline, class_name="mt-1 text-[13px] text-soft wrap-anywhere empty:hidden"),
            rx.el.p(
                "Begun ",
                local_time(row.begun_at, shape="moment"),
                ", ",
                row.sales,
                class_name="mt-1 text-[13px] text-faint",
            ),
            rx.cond(
                row.alike != "",
                rx.el.p(
                    row.alike,
                    rx.cond(row.looks_the_same, ", and the start pages look the same", ""),
                    class_name="mt-2 text-[13px] font-medium text-warning",
                ),
                rx.fragment(),
            ),
            class_name="p-3 sm:p-3.5",
        ),
        class_name="overflow-hidden rounded-xl border border-line bg-surface",
    )


def _cover(row: ComparedRow) -> rx.Component:
    return rx.el.div(
        rx.cond(
            row.cover != "",
            rx.el.img(
                src=rx.Var.create(f"/media/{row.cover}.webp"),
                alt=rx.Var.create(f"The first picture of {row.title}"),
                class_name="absolute inset-0 size-full object-cover object-top",
            ),
            rx.fragment(),
        ),
        style={"--app": row.accent},
        class_name=("relative aspect-16/10 border-b border-line bg-[color-mix(in_srgb,var(--app)_18%,var(--surface))]"),
    )
