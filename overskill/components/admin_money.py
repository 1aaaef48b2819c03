"""What is asked before money is given back, held, released or written off: always with a reason."""

import reflex as rx

from overskill.components.admin_decide import reason_form
from overskill.components.dialog import dialog
from overskill.components.field import field, text_input
from overskill.components.market.money import money
from overskill.state.admin_money import MoneyState


def money_dialogs() -> tuple[rx.Component, ...]:
    return (
        _refund_dialog(),
        _hold_dialog(),
        _asked_dialog(
            "release",
            "Release the transfer",
            " is sent to them with the next transfers, even where buyers could still ask for it back.",
            "Release",
        ),
        _asked_dialog(
            "write_off",
            "Write the debt off",
            " is no longer owed by them: the platform bears it. This can't be undone.",
            "Write off",
        ),
    )


def _refund_dialog() -> rx.Component:
    chosen = MoneyState.chosen
    return dialog(
        "Give the money back",
        rx.Var.create(
            f"{chosen.name}: it goes to the buyer's card or account. With all of it their licence ends, and everybody "
            "who got a share gives it back."
        ),
        reason_form(
            MoneyState.act,
            MoneyState.refusal,
            "Give it back",
            field(
                "Amount",
                text_input(
                    "amount",
                    id="refund-amount",
                    default_value=chosen.suggested,
                    input_mode="decimal",
                    auto_complete="off",
                    required=True,
                    max_length=20,
                ),
                hint="All that is left of it, or a part.",
            ),
            place="refund",
        ),
        open=MoneyState.wish == "refund",
        on_open_change=MoneyState.close,
    )


def _hold_dialog() -> rx.Component:
    return dialog(
        "Hold the transfer",
        rx.Var.create(f"It is not sent to {MoneyState.chosen.name}, who sees the reason beside the amount."),
        reason_form(
            MoneyState.act,
            MoneyState.refusal,
            "Hold",
            field(
                "Until",
                text_input("until", type="date"),
                hint="To the end of that day (UTC), or until it is released.",
            ),
            place="hold",
        ),
        open=MoneyState.wish == "hold",
        on_open_change=MoneyState.close,
    )


def _asked_dialog(wish: str, title: str, means: str, words: str) -> rx.Component:
    chosen = MoneyState.chosen
    return dialog(
        title,
        rx.el.span(money(chosen.amount, chosen.currency), " of ", chosen.name, means),
        reason_form(MoneyState.act, MoneyState.refusal, words, place=wish),
        open=MoneyState.wish == wish,
        on_open_change=MoneyState.close,
    )
