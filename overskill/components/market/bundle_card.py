"""A bundle on the page of one of its apps: what is in it, and what it saves."""

import reflex as rx

from overskill.components.card import card
from overskill.components.feedback import badge
from overskill.components.icon import icon
from overskill.components.market.money import money
from overskill.state.listing_parts import BundledCard, BundleOffer


def bundle_card(bundle: BundleOffer) -> rx.Component:
    """One link to the bundle, for a list."""
    return card(
        rx.el.ul(
            rx.foreach(bundle.apps, _item),
            custom_attrs={"aria-label": "What is in it"},
            class_name="flex flex-wrap gap-x-7 gap-y-4",
        ),
        rx.el.div(
            rx.el.div(
                rx.el.h3(
                    rx.el.a(
                        bundle.title,
                        href=f"/bundles/{bundle.slug}",
                        class_name="after:absolute after:inset-0 after:rounded-xl",
                    ),
                    class_name="text-[15px] font-semibold text-ink wrap-anywhere",
                ),
                rx.cond(
                    bundle.more > 0,
                    rx.el.p(f"and {bundle.more} more", class_name="text-[13px] text-faint"),
                    rx.fragment(),
                ),
                class_name="min-w-0",
            ),
            rx.el.div(
                rx.el.span(
                    money(bundle.amount, bundle.currency, free="Free"), class_name="text-lg font-semibold text-ink"
                ),
                rx.cond(
                    bundle.saving > 0,
                    rx.fragment(
                        rx.el.s(
                            rx.el.span("One by one: ", class_name="sr-only"),
                            money(bundle.apart, bundle.currency),
                            class_name="text-sm text-faint",
                        ),
                        badge("Save ", money(bundle.saving, bundle.currency, short=True), tone="positive"),
                    ),
                    rx.fragment(),
                ),
                class_name="flex flex-wrap items-center gap-x-2.5 gap-y-1",
            ),
            class_name="mt-4 flex flex-wrap items-center justify-between gap-x-6 gap-y-2 border-t border-line pt-4",
        ),
        class_name=(
            "relative p-5 transition-[box-shadow,border-color] duration-200 ease-calm "
            "hover:border-strong hover:shadow-raised focus-within:border-strong"
        ),
    )


def app_picture(cover: rx.Var[str] | str, accent: rx.Var[str] | str, *, class_name: str) -> rx.Component:
    """16:10, small: its first picture, or a mark in its colour."""
    return rx.el.div(
        rx.cond(
            cover != "",
            rx.el.img(
                src=f"/media/{cover}.webp",
                alt="",
                loading="lazy",
                class_name="absolute inset-0 size-full object-cover object-top",
            ),
            rx.el.span(
                icon("layout_grid", size=20), class_name="absolute inset-0 grid place-items-center text-[var(--app)]"
            ),
        ),
        style={"--app": accent},
        custom_attrs={"aria-hidden": "true"},
        class_name=(
            f"relative aspect-16/10 shrink-0 overflow-hidden rounded-lg border border-line {class_name} "
            "bg-[color-mix(in_srgb,var(--app)_14%,var(--surface))] "
            "dark:bg-[color-mix(in_srgb,var(--app)_20%,var(--surface))]"
        ),
    )


def _item(item: BundledCard) -> rx.Component:
    """With a plus before each but the first."""
    return rx.el.li(
        app_picture(item.cover, item.accent, class_name="w-full"),
        rx.el.p(item.title, class_name="mt-1.5 line-clamp-2 text-[13px] leading-snug text-soft wrap-anywhere"),
        key=item.slug,
        class_name=(
            "relative w-30 before:absolute before:-left-5 before:top-7 before:text-lg before:leading-none "
            "before:text-faint before:content-['+'] first:before:content-none sm:w-36 sm:before:top-9"
        ),
    )
