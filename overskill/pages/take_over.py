"""What somebody who follows a link to take something over sees: whose it is, what it is, and one button."""

import reflex as rx

from overskill.components.button import button, link_button
from overskill.components.card import card
from overskill.components.feedback import callout, skeleton
from overskill.components.layout import narrow_page
from overskill.state.library import TakeOverState
from overskill.state.session import SessionState


def take_over_page() -> rx.Component:
    return narrow_page(
        card(
            rx.cond(
                TakeOverState.is_loaded,
                rx.cond(TakeOverState.problem != "", _over(), _offer()),
                rx.el.div(skeleton("h-6 w-2/3"), skeleton("h-16"), skeleton("h-11"), class_name="flex flex-col gap-4"),
            ),
            class_name="p-6 sm:p-7",
        )
    )


def _offer() -> rx.Component:
    return rx.el.div(
        rx.el.h1("Take it over", class_name="text-xl font-semibold text-ink"),
        rx.el.p(
            rx.el.strong(TakeOverState.giver, class_name="font-medium text-ink"),
            " hands you ",
            rx.el.a(
                TakeOverState.title,
                href=f"/apps/{TakeOverState.slug}",
                class_name="font-medium text-ink underline underline-offset-2",
            ),
            rx.cond(
                TakeOverState.has_copy,
                ", with their copy of it as it is now. It moves to your apps, and costs you nothing.",
                ". You may use it from then on, and it costs you nothing.",
            ),
            class_name="mt-2 text-sm leading-relaxed text-soft",
        ),
        rx.cond(
            TakeOverState.is_signed_in,
            button(
                "Take it over as ",
                SessionState.name,
                variant="primary",
                size="lg",
                on_click=TakeOverState.accept,
                class_name="mt-6 w-full",
            ),
            rx.el.div(
                link_button(
                    "Sign in to take it over",
                    href=rx.Var.create("/sign-in") + TakeOverState.here,
                    variant="primary",
                    size="lg",
                    class_name="w-full",
                ),
                rx.cond(
                    SessionState.can_sign_up,
                    link_button(
                        "Create an account",
                        href=rx.Var.create("/sign-up") + TakeOverState.here,
                        size="lg",
                        class_name="w-full",
                    ),
                    rx.fragment(),
                ),
                class_name="mt-6 flex flex-col gap-2.5",
            ),
        ),
    )


def _over() -> rx.Component:
    return rx.el.div(
        rx.el.h1("This link is over", class_name="text-xl font-semibold text-ink"),
        rx.el.div(callout(TakeOverState.problem, tone="warning"), class_name="mt-4"),
        link_button("Go to OverSkill", href="/", size="lg", class_name="mt-5 w-full"),
    )
