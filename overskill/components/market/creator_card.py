"""Who offers an app: picture, name, badges, and the button that follows them."""

import reflex as rx
from reflex.event import EventType

from overskill.components.button import button
from overskill.components.feedback import badge
from overskill.components.icon import icon
from overskill.components.words import Words
from overskill.state.listing_parts import CreatorCard


def creator_picture(creator: CreatorCard, *, size: str = "size-11 text-sm") -> rx.Component:
    look = f"{size} shrink-0 rounded-full border border-line"
    return rx.cond(
        creator.picture != "",
        rx.el.img(src=creator.picture, alt="", class_name=f"{look} object-cover"),
        rx.el.span(
            creator.initials,
            custom_attrs={"aria-hidden": "true"},
            class_name=f"{look} grid place-items-center bg-accent-soft font-semibold text-accent-ink",
        ),
    )


def creator_badges(creator: CreatorCard, *, class_name: str = "") -> rx.Component:
    return rx.el.span(
        rx.cond(creator.is_verified, badge("Verified", tone="accent", icon="badge_check"), rx.fragment()),
        rx.cond(creator.is_house, badge("By this site", icon="house"), rx.fragment()),
        rx.cond(creator.level != "", badge(creator.level, icon="award"), rx.fragment()),
        class_name=f"flex flex-wrap gap-1.5 empty:hidden {class_name}".strip(),
    )


def follow_button(follows: rx.Var[bool] | bool, on_click: EventType[()], *, size: str = "sm") -> rx.Component:
    return button(
        rx.cond(follows, "Following", "Follow"),
        icon="bell",
        size=size,  # type: ignore[arg-type]  # one of the sizes of a button
        on_click=on_click,
        custom_attrs={"aria-pressed": follows},
        class_name="aria-[pressed=true]:text-accent-ink",
    )


def follower_words(count: rx.Var[int] | int) -> rx.Component:
    return rx.cond(rx.Var.create(count) == 1, "1 follower", rx.Var.create(f"{count} followers"))


def fact(icon_name: str, *words: rx.Component | Words) -> rx.Component:
    return rx.el.span(icon(icon_name, size=14), *words, class_name="inline-flex items-center gap-1.5")
