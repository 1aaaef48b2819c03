"""A creator's account at Stripe: where it stands, and what they can do about it."""

import reflex as rx

from overskill.components.button import button, submit_button
from overskill.components.card import card
from overskill.components.field import CONTROL, field
from overskill.components.icon import icon
from overskill.state.earnings import COUNTRIES, EarningsState


def payout_account() -> rx.Component:
    return card(
        rx.match(
            EarningsState.account,
            (
                "ready",
                _account_row(
                    "badge_check",
                    "Payouts are set up",
                    "Stripe pays out what is on your account by itself. Change your bank there.",
                    button("Check again", size="sm", icon="refresh_cw", on_click=EarningsState.look_again),
                    button("Open Stripe", size="sm", icon="external_link", on_click=EarningsState.open_dashboard),
                ),
            ),
            (
                "wanted",
                _account_row(
                    "triangle_alert",
                    "Stripe has to know more before it pays out",
                    rx.fragment(
                        rx.cond(
                            EarningsState.wanted != "",
                            rx.fragment("It asks for ", EarningsState.wanted, ". "),
                            rx.fragment(),
                        ),
                        "Money is sent to your account meanwhile, and waits there.",
                    ),
                    button("Check again", size="sm", icon="refresh_cw", on_click=EarningsState.look_again),
                    _onboarding("Answer Stripe"),
                ),
            ),
            (
                "looked-at",
                _account_row(
                    "clock",
                    "Stripe is looking at what you sent",
                    "It takes minutes, sometimes days, and there is nothing to do. What you earn is kept for you.",
                    button("Check again", size="sm", icon="refresh_cw", on_click=EarningsState.look_again),
                ),
            ),
            (
                "refused",
                _account_row(
                    "ban",
                    "Stripe has refused your account",
                    "It told you why by mail, and how to object. What you earned is kept for you meanwhile; whoever "
                    "runs this site can tell you more.",
                    button("Check again", size="sm", icon="refresh_cw", on_click=EarningsState.look_again),
                ),
            ),
            (
                "begun",
                _account_row(
                    "clock",
                    "Your account is not finished",
                    "What you earn is kept for you until it is. It takes about five minutes.",
                    button("Check again", size="sm", icon="refresh_cw", on_click=EarningsState.look_again),
                    _onboarding("Go on"),
                ),
            ),
            _account_row(
                "landmark",
                "Set up payouts",
                "Stripe pays you, and asks who you are and for your bank: about five minutes. What you earn before is "
                "kept for you.",
                _onboarding("Set up payouts", country=True),
            ),
        ),
        class_name="p-5 sm:p-6",
    )


def _account_row(name: str, title: str, text: str | rx.Component, *actions: rx.Component) -> rx.Component:
    return rx.el.div(
        rx.el.span(
            icon(name, size=18),
            class_name="grid size-10 shrink-0 place-items-center rounded-xl bg-accent-soft text-accent-ink",
        ),
        rx.el.div(
            rx.el.h2(title, class_name="text-[15px] font-semibold"),
            rx.el.p(text, class_name="mt-0.5 text-sm leading-relaxed text-soft"),
            class_name="min-w-0 flex-1 basis-64",
        ),
        rx.el.div(*actions, class_name="flex flex-wrap items-end gap-2"),
        class_name="flex flex-wrap items-center gap-4",
    )


def _onboarding(words: str, *, country: bool = False) -> rx.Component:
    chosen = field(
        "Your country",
        rx.el.select(
            rx.el.option("Choose…", value=""),
            *[rx.el.option(name, value=code) for code, name in COUNTRIES],
            name="country",
            default_value=EarningsState.country,
            required=True,
            auto_complete="country",
            custom_attrs={"id": "payout-country"},
            class_name=f"{CONTROL} h-10 w-52 px-3",
        ),
        error=rx.cond(EarningsState.refusal != "", EarningsState.refusal, ""),
    )
    return rx.el.form(
        chosen if country else rx.fragment(),
        submit_button(words, size="sm" if not country else "md"),
        on_submit=EarningsState.begin_onboarding,
        class_name="flex flex-wrap items-end gap-2",
    )
