"""What a creator has to answer: refunds that buyers ask for, and banks that dispute a payment."""

from collections.abc import Callable, Sequence

import reflex as rx

from overskill.components.button import button, submit_button
from overskill.components.card import card
from overskill.components.dialog import cancel_button, dialog, dialog_actions
from overskill.components.feedback import badge, empty, skeleton
from overskill.components.field import CONTROL, field, text_input
from overskill.components.local_time import local_time
from overskill.components.market.desk import desk_page
from overskill.components.market.kept_field import KeptField
from overskill.components.market.money import money
from overskill.components.words import Words
from overskill.state.sell_refunds import LONGEST_EVIDENCE, DisputeRow, RefundRow, SellRefundsState

_TITLE = "mb-3 text-[15px] font-semibold"
_ROW = "flex flex-wrap items-start justify-between gap-x-6 gap-y-3 px-4 py-4 text-sm sm:px-5"


def sell_refunds_page() -> rx.Component:
    is_empty = (
        (SellRefundsState.asked.length() == 0)
        & (SellRefundsState.past.length() == 0)
        & (SellRefundsState.disputes.length() == 0)
        & (SellRefundsState.decided.length() == 0)
    )
    return desk_page(
        "refunds",
        "Refunds",
        "Within the refund window buyers get their money back without asking. Later, you decide.",
        rx.cond(
            SellRefundsState.is_loaded,
            rx.cond(is_empty, _nothing(), _lists()),
            rx.el.div(*[skeleton("h-24 w-full rounded-xl") for _ in range(3)], class_name="flex flex-col gap-4"),
        ),
        _grant_dialog(),
        _decline_dialog(),
        _answer_dialog(),
    )


def _nothing() -> rx.Component:
    return empty(
        "undo_2",
        "Nobody asks for money back",
        "Refunds that buyers ask for, and payments that a bank disputes, are answered here. You get a mail, too.",
    )


def _lists() -> rx.Component:
    return rx.el.div(
        _list("Banks that dispute a payment", SellRefundsState.disputes, _dispute),
        _list("To be decided", SellRefundsState.asked, _refund),
        _list("Decided by a bank", SellRefundsState.decided, _dispute),
        _list("Earlier", SellRefundsState.past, _refund),
        class_name="flex flex-col gap-10",
    )


def _list(
    title: str, rows: Sequence[RefundRow] | Sequence[DisputeRow], row: Callable[..., rx.Component]
) -> rx.Component:
    return rx.cond(
        rx.Var.create(rows).length() > 0,
        rx.el.section(
            rx.el.h2(title, class_name=_TITLE),
            card(rx.el.ul(rx.foreach(rows, row), class_name="divide-y divide-line"), class_name="overflow-hidden"),
        ),
        rx.fragment(),
    )


def _status(words: Words, tone: Words) -> rx.Component:
    return rx.match(
        tone,
        ("positive", badge(words, tone="positive")),
        ("warning", badge(words, tone="warning")),
        ("danger", badge(words, tone="danger")),
        badge(words),
    )


def _refund(row: RefundRow) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.div(
                rx.el.span(row.title, class_name="font-medium text-ink"),
                _status(row.words, row.tone),
                class_name="flex flex-wrap items-center gap-2",
            ),
            rx.el.p(
                local_time(row.asked_at, shape="moment"), " · receipt ", row.receipt, class_name="mt-0.5 text-faint"
            ),
            rx.cond(
                row.reason != "", rx.el.p("“", row.reason, "”", class_name="mt-2 text-soft break-words"), rx.fragment()
            ),
            rx.cond(row.decision != "", rx.el.p(row.decision, class_name="mt-1 text-faint"), rx.fragment()),
            class_name="min-w-0 flex-1 basis-72",
        ),
        rx.el.div(
            rx.el.div(
                money(row.amount, row.currency, class_name="font-medium text-ink"),
                rx.el.div("of ", money(row.paid, row.currency), class_name="text-[13px] text-faint"),
                class_name="sm:text-right",
            ),
            rx.cond(
                row.is_asked,
                rx.el.div(
                    button("Decline", size="sm", on_click=SellRefundsState.ask("decline", row.id)),
                    button(
                        "Give it back", size="sm", variant="primary", on_click=SellRefundsState.ask("grant", row.id)
                    ),
                    class_name="flex gap-2",
                ),
                rx.fragment(),
            ),
            class_name="flex flex-wrap items-center gap-4",
        ),
        key=row.id,
        class_name=_ROW,
    )


def _dispute(row: DisputeRow) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.div(
                rx.el.span(row.title, class_name="font-medium text-ink"),
                _status(row.words, row.tone),
                class_name="flex flex-wrap items-center gap-2",
            ),
            rx.el.p(row.reason, class_name="mt-1 text-soft"),
            rx.cond(row.outcome != "", rx.el.p(row.outcome, class_name="mt-0.5 text-soft"), rx.fragment()),
            rx.el.p(
                "Receipt ",
                row.receipt,
                rx.cond(
                    row.due_at != "",
                    rx.fragment(" · answer until ", local_time(row.due_at, shape="moment")),
                    rx.fragment(),
                ),
                class_name="mt-0.5 text-faint",
            ),
            class_name="min-w-0 flex-1 basis-72",
        ),
        rx.el.div(
            money(row.amount, row.currency, class_name="font-medium text-ink"),
            rx.cond(
                row.can_be_answered,
                button("Answer", size="sm", variant="primary", on_click=SellRefundsState.write(row.id)),
                rx.fragment(),
            ),
            class_name="flex flex-wrap items-center gap-4",
        ),
        key=row.id,
        class_name=_ROW,
    )


def _refusal() -> rx.Var[str]:
    return rx.cond(SellRefundsState.refusal != "", SellRefundsState.refusal, "")


def _grant_dialog() -> rx.Component:
    chosen = SellRefundsState.refund
    return dialog(
        "Give the money back?",
        "It goes to the buyer's card or account. With all of it, their licence ends. What you got of it is taken off "
        "your earnings, and our fee is given back, too.",
        rx.el.form(
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
                error=_refusal(),
            ),
            dialog_actions(cancel_button(), submit_button("Give it back")),
            key=chosen.id,
            on_submit=SellRefundsState.grant,
            class_name="mt-4",
        ),
        open=SellRefundsState.question == "grant",
        on_open_change=SellRefundsState.close,
    )


def _decline_dialog() -> rx.Component:
    return dialog(
        "Decline the refund?",
        "The buyer gets your answer by mail.",
        rx.el.form(
            field("Why", _text_area("decision", "refund-decision", rows="4", most=1000), error=_refusal()),
            dialog_actions(cancel_button(), submit_button("Decline")),
            key=SellRefundsState.refund.id,
            on_submit=SellRefundsState.decline,
            class_name="mt-4",
        ),
        open=SellRefundsState.question == "decline",
        on_open_change=SellRefundsState.close,
    )


def _answer_dialog() -> rx.Component:
    chosen = SellRefundsState.dispute
    return dialog(
        "Answer the bank",
        "Tell it what the buyer got and what you agreed on. We add the receipt, the refund policy, and what the buyer "
        "did with your app.",
        rx.el.form(
            field(
                "What happened",
                _kept("text", rows=6, value=chosen.text),
                error=_refusal(),
            ),
            field(
                "What you sold",
                _kept("description", rows=2, value=chosen.description),
                hint="Empty: its title and licence.",
            ),
            _final_choice(),
            dialog_actions(cancel_button("Close"), submit_button(_what_it_does())),
            key=chosen.id,
            on_submit=SellRefundsState.answer,
            class_name="group mt-6 flex flex-col gap-6",
        ),
        wide=True,
        open=SellRefundsState.question == "answer",
        on_open_change=SellRefundsState.close,
    )


def _kept(name: str, *, rows: int, value: Words) -> rx.Component:
    """Kept when it is left, and when the dialog closes: nothing that was typed is lost."""
    return KeptField.create(
        scope=SellRefundsState.dispute.id,
        name=name,
        value=value,
        answered=SellRefundsState.answered[name],
        is_refused=SellRefundsState.refusal != "",
        on_keep=SellRefundsState.keep,
        most=LONGEST_EVIDENCE,
        rows=rows,
        custom_attrs={"id": f"dispute-{name}"},
        class_name=f"{CONTROL} px-3 py-2",
    )


def _what_it_does() -> rx.Component:
    """The browser alone knows how the box is ticked: its answer must not wait for the server's."""
    return rx.fragment(
        rx.el.span("Keep it", class_name="group-has-[input:checked]:hidden"),
        rx.el.span("Send it to the bank", class_name="hidden group-has-[input:checked]:inline"),
    )


def _text_area(name: str, element_id: str, *, rows: str, most: int, value: Words = "") -> rx.Component:
    return rx.el.textarea(
        name=name,
        rows=rows,
        max_length=most,
        default_value=value,
        custom_attrs={"id": element_id},
        class_name=f"{CONTROL} px-3 py-2",
    )


def _final_choice() -> rx.Component:
    return rx.el.label(
        rx.el.input(
            type="checkbox",
            name="is_final",
            class_name="mt-0.5 size-4 shrink-0 accent-accent",
        ),
        rx.el.span(
            rx.el.span("Send it to the bank", class_name="block text-sm font-medium text-ink"),
            rx.el.span(
                "It takes one answer. Without this, what you wrote is only kept here.",
                class_name="mt-0.5 block text-[13px] leading-relaxed text-faint",
            ),
        ),
        class_name="flex cursor-pointer items-start gap-3",
    )
