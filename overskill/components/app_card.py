"""An app as a card: its screenshot, or a cover drawn from its colour and its name."""

import reflex as rx

from overskill.components.words import Words


def thumbnail_url(checksum: rx.Var[str] | str) -> rx.Var[str] | str:
    return f"/thumbnails/{checksum}.png"


def cover(name: Words, accent: Words, thumbnail: Words = "", logo_url: Words = "") -> rx.Component:
    """16:10. A screenshot where there is one; else a small window in the app's own colour."""
    return rx.el.div(
        rx.cond(
            rx.Var.create(thumbnail) != "",
            rx.el.img(
                src=thumbnail_url(thumbnail),
                alt="",
                loading="lazy",
                class_name="absolute inset-0 size-full object-cover object-top",
            ),
            _drawn(name, logo_url),
        ),
        style={"--app": accent},
        class_name=(
            "relative aspect-16/10 overflow-hidden bg-[color-mix(in_srgb,var(--app)_14%,var(--surface))] "
            "dark:bg-[color-mix(in_srgb,var(--app)_18%,var(--surface))]"
        ),
    )


def _drawn(name: Words, logo_url: Words) -> rx.Component:
    return rx.el.div(
        rx.el.div(
            rx.el.div(
                rx.cond(
                    rx.Var.create(logo_url) != "",
                    rx.el.img(src=logo_url, alt="", class_name="size-5"),
                    rx.el.div(class_name="size-4 rounded-[5px] bg-[var(--app)]"),
                ),
                rx.el.span(name, class_name="truncate text-xs font-semibold text-ink"),
                class_name="flex items-center gap-2",
            ),
            rx.el.div(class_name="mt-3 h-2 w-2/5 rounded-full bg-[color-mix(in_srgb,var(--app)_70%,transparent)]"),
            rx.el.div(
                *[
                    rx.el.div(
                        rx.el.div(
                            class_name="size-2.5 rounded-[4px] bg-[color-mix(in_srgb,var(--app)_55%,transparent)]"
                        ),
                        rx.el.div(class_name=f"h-1.5 rounded-full bg-line {width}"),
                        class_name="flex items-center gap-2 rounded-md bg-sunken px-2 h-6",
                    )
                    for width in ("w-3/5", "w-2/5", "w-1/2")
                ],
                class_name="mt-3 flex flex-col gap-1.5",
            ),
            class_name=(
                "absolute inset-x-[12%] top-[16%] h-full rounded-t-xl border border-line bg-surface p-3.5 shadow-raised "
                "transition-transform duration-300 ease-calm group-hover:-translate-y-1.5"
            ),
        ),
        custom_attrs={"aria-hidden": "true"},
        class_name="absolute inset-0",
    )
