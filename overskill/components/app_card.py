"""What stands for an app on a card: its screenshot, or a small window drawn in its colour."""

import reflex as rx

from overskill.components.cover_shapes import Shape, drawing
from overskill.components.words import Words

# Around the whole card, which is one link or one button.
CARD = (
    "group block w-full overflow-hidden rounded-xl border border-line bg-surface text-left shadow-card "
    "transition-[box-shadow,border-color,transform] duration-200 ease-calm "
    "hover:-translate-y-0.5 hover:border-strong hover:shadow-raised"
)


def thumbnail_url(checksum: Words) -> Words:
    return f"/thumbnails/{checksum}.webp"


def cover(
    name: Words, accent: Words, *, thumbnail: Words = "", logo_url: Words = "", shape: Shape = "list"
) -> rx.Component:
    """16:10. `thumbnail` is a checksum; without one a window of the given shape is drawn."""
    return rx.el.div(
        rx.cond(
            rx.Var.create(thumbnail) != "",
            rx.el.img(
                src=thumbnail_url(thumbnail),
                alt="",
                loading="lazy",
                class_name="absolute inset-0 size-full object-cover object-top",
            ),
            _window(name, logo_url, shape),
        ),
        style={"--app": accent},
        class_name=(
            "relative aspect-16/10 overflow-hidden bg-[color-mix(in_srgb,var(--app)_14%,var(--surface))] "
            "dark:bg-[color-mix(in_srgb,var(--app)_20%,var(--surface))]"
        ),
    )


def _window(name: Words, logo_url: Words, shape: Shape) -> rx.Component:
    return rx.el.div(
        rx.el.div(
            rx.cond(
                rx.Var.create(logo_url) != "",
                rx.el.img(src=logo_url, alt="", class_name="size-4.5 rounded-[5px]"),
                rx.el.div(class_name="size-4 rounded-[5px] bg-[var(--app)]"),
            ),
            rx.el.span(name, class_name="truncate text-xs font-semibold text-ink"),
            class_name="mb-3 flex items-center gap-2",
        ),
        drawing(shape),
        custom_attrs={"aria-hidden": "true"},
        class_name=(
            "absolute inset-x-[12%] top-[15%] h-full rounded-t-xl border border-line bg-surface p-3.5 "
            "shadow-raised transition-transform duration-300 ease-calm group-hover:-translate-y-1.5"
        ),
    )
