"""What somebody who follows an invitation sees: whose it is, and one button."""

import reflex as rx

from overskill.components.button import button, link_button
from overskill.components.card import card
from overskill.components.feedback import callout, skeleton
from overskill.components.layout import narrow_page
from overskill.state.session import SessionState
from overskill.state.team import JoinState


def join_page() -> rx.Component:
    return narrow_page(
        card(
            rx.cond(
                JoinState.is_loaded,
                rx.cond(JoinState.problem != "", _over(), _offer()),
                rx.el.div(skeleton("h-6 w-2/3"), skeleton("h-16"), skeleton("h-11"), class_name="flex flex-col gap-4"),
            ),
            class_name="p-6 sm:p-7",
        )
    )


def _offer() -> rx.Component:
    return rx.el.div(
        rx.el.h1("Join the team", class_name="text-xl font-semibold text-ink"),
        rx.el.p(
            rx.el.strong(JoinState.inviter, class_name="font-medium text-ink"),
            " invites you to the team “",
            JoinState.team,
            "”, as ",
            JoinState.role_words,
            ". You see its apps, and work on them together.",
            class_name="mt-2 text-sm leading-relaxed text-soft",
        ),
        rx.cond(
            JoinState.is_signed_in,
            button(
                "Join as ",
                SessionState.name,
                variant="primary",
                size="lg",
                on_click=JoinState.accept,
                class_name="mt-6 w-full",
            ),
            rx.el.div(
                link_button(
                    "Sign in to join",
                    href=rx.Var.create("/sign-in") + JoinState.here,
                    variant="primary",
                    size="lg",
                    class_name="w-full",
                ),
                rx.cond(
                    SessionState.can_sign_up,
                    link_button(
                        "Create an account",
                        href=rx.Var.create("/sign-up") + JoinState.here,
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
        rx.el.h1("This invitation is over", class_name="text-xl font-semibold text-ink"),
        rx.el.div(callout(JoinState.problem, tone="warning"), class_name="mt-4"),
        link_button("Go to OverSkill", href="/", size="lg", class_name="mt-5 w-full"),
    )
