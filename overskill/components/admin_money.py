"""What is asked before money is given back, held, released or written off: always with a reason."""

import reflex as rx

from overskill.components.admin import unless_own
from overskill.components.admin_decide import reason_form
from overskill.components.button import button
from overskill.components.dialog import cancel_button, dialog, dialog_actions
from overskill.components.field import field, text_input
from overskill.components.market.money import money
from overskill.state.admin_licenses import LicenseRow, LicensesState
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
        _licenses_dialog(),
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


def _licenses_dialog() -> rx.Component:
    state = LicensesState
    listed = rx.fragment(
        rx.cond(
            state.rows.length() > 0,
            rx.el.ul(rx.foreach(state.rows, _license), class_name="mt-3 divide-y divide-line"),
            rx.el.p("This sale has none.", class_name="py-8 text-center text-sm text-faint"),
        ),
        dialog_actions(cancel_button("Close")),
    )
    limiting = reason_form(
        state.limit,
        state.refusal,
        "Set the limit",
        field(
            "Places",
            text_input(
                "most",
                id="license-most",
                default_value=state.chosen.most,
                input_mode="numeric",
                auto_complete="off",
                max_length=5,
            ),
            hint="Empty for no limit. Where it is used already it stays.",
        ),
        place="limit",
    )
    return dialog(
        rx.cond(state.chosen.id == "", "Licences", rx.Var.create(f"Places for {state.chosen.title}")),
        "In how many places each key may be activated.",
        rx.cond(state.chosen.id == "", listed, limiting),
        open=state.sale_id != "",
        on_open_change=state.close,
    )


def _license(one: LicenseRow) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.div(one.title, class_name="truncate text-sm font-medium text-ink"),
            rx.el.div(one.what, class_name="text-[13px] text-faint"),
            rx.el.div(one.used, class_name="text-[13px] text-faint"),
            class_name="min-w-0",
        ),
        unless_own(
            one.is_own,
            button(
                "Set limit",
                size="sm",
                on_click=LicensesState.choose(one.id),
                custom_attrs={"aria-label": rx.Var.create(f"Set the limit of {one.title}")},
            ),
        ),
        key=one.id,
        class_name="flex items-center justify-between gap-3 py-2.5",
    )
