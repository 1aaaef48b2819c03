"""What a creator earned: balances, what is held and until when, payouts, and the way to their account at Stripe."""

import reflex as rx

from overskill.components.button import link_button
from overskill.components.card import card
from overskill.components.chart import Series, chart
from overskill.components.feedback import badge, callout, empty, skeleton
from overskill.components.local_time import local_time
from overskill.components.market.desk import desk_page
from overskill.components.market.money import money
from overskill.components.market.payout_account import payout_account
from overskill.components.words import Words
from overskill.state.earnings import EarningsState, PayoutRow, WaitingRow, WalletRow

_TITLE = "text-[15px] font-semibold"


def earnings_page() -> rx.Component:
    return desk_page(
        "earnings",
        "Earnings",
        "What you have, what waits and until when. Each currency on its own.",
        rx.cond(
            EarningsState.is_loaded,
            rx.cond(EarningsState.is_creator, _earnings(), _nothing_sold()),
            _loading(),
        ),
        actions=(
            rx.cond(
                EarningsState.currencies.length() > 0,
                link_button(
                    "CSV",
                    href="/sell/earnings.csv",
                    native=True,
                    size="sm",
                    icon="download",
                    custom_attrs={"aria-label": "Download every movement as CSV"},
                ),
                rx.fragment(),
            ),
        ),
    )


def _loading() -> rx.Component:
    return rx.el.div(
        skeleton("h-28 w-full rounded-xl"),
        skeleton("h-44 w-full rounded-xl"),
        skeleton("h-72 w-full rounded-xl"),
        class_name="flex flex-col gap-6",
    )


def _nothing_sold() -> rx.Component:
    return empty(
        "coins",
        "You do not sell anything yet",
        "Make a page of your own and put an app on sale. What it brings is listed here, to the cent.",
        link_button("Begin to sell", href="/sell", variant="primary", size="sm"),
    )


def _earnings() -> rx.Component:
    return rx.el.div(
        rx.cond(
            EarningsState.is_test,
            callout("This is test mode: payments, balances and payouts are made up, and no money moves."),
            rx.fragment(),
        ),
        _hold(),
        payout_account(),
        rx.cond(
            EarningsState.wallets.length() > 0,
            rx.fragment(
                rx.el.div(rx.foreach(EarningsState.wallets, _wallet), class_name="flex flex-col gap-4"),
                _revenue(),
                _waiting(),
                _payouts(),
            ),
            rx.cond(
                EarningsState.is_sample,
                empty(
                    "coins",
                    "Samples stand in no ledger",
                    "The sales that analytics shows were seeded: nobody paid, so there is nothing to pay out. What is "
                    "really bought from now on is listed here.",
                    link_button("Analytics", href="/sell/analytics", size="sm"),
                ),
                empty(
                    "coins",
                    "Nothing was sold yet",
                    "The first sale appears here at once. It is sent to you when its refund window has ended.",
                    link_button("Your listings", href="/sell", size="sm"),
                ),
            ),
        ),
        class_name="flex flex-col gap-6",
    )


def _hold() -> rx.Component:
    return rx.cond(
        EarningsState.hold_reason != "",
        callout(
            "Everything that is to be sent to you is on hold: ",
            EarningsState.hold_reason,
            ". ",
            rx.cond(
                EarningsState.hold_until != "",
                rx.fragment("It ends ", local_time(EarningsState.hold_until, shape="moment"), ". "),
                rx.fragment(),
            ),
            rx.el.a("Your notices", href="/sell/notices"),
            " say more, and how to appeal.",
            tone="warning",
        ),
        rx.fragment(),
    )


def _wallet(row: WalletRow) -> rx.Component:
    return card(
        rx.el.dl(
            _sum("On your account", row.available, row.currency, "Stripe pays it out.", main=True),
            _sum("On its way to it", row.pending, row.currency, "When refund windows end."),
            _sum("On hold", row.on_hold, row.currency, "The list below says why."),
            _sum("Paid out", row.paid_out, row.currency, "To your bank, so far."),
            class_name="grid grid-cols-2 gap-x-4 gap-y-5 lg:grid-cols-4",
        ),
        rx.cond(
            (row.royalties > 0) | (row.royalties_paid > 0) | (row.owed > 0),
            rx.el.div(
                rx.cond(
                    row.royalties > 0,
                    rx.el.span("Royalties of remixes: ", money(row.royalties, row.currency)),
                    rx.fragment(),
                ),
                rx.cond(
                    row.royalties_paid > 0,
                    rx.el.span("Royalties you paid: ", money(row.royalties_paid, row.currency)),
                    rx.fragment(),
                ),
                rx.cond(
                    row.owed > 0,
                    rx.el.span(
                        money(row.owed, row.currency),
                        " of refunds that came after the money was paid out. The next sales pay it.",
                        class_name="text-warning",
                    ),
                    rx.fragment(),
                ),
                class_name="mt-5 flex flex-wrap gap-x-6 gap-y-1.5 border-t border-line pt-4 text-[13px] text-soft",
            ),
            rx.fragment(),
        ),
        key=row.currency,
        class_name="p-5 sm:p-6",
    )


def _sum(name: str, amount: rx.Var[int] | int, currency: Words, text: str, *, main: bool = False) -> rx.Component:
    size = "text-2xl" if main else "text-xl"
    return rx.el.div(
        rx.el.dt(name, class_name="text-[13px] text-faint"),
        rx.el.dd(
            money(amount, currency, class_name=f"mt-1 block {size} font-semibold tracking-tight text-ink"),
            rx.el.span(text, class_name="mt-0.5 block text-[13px] text-faint"),
        ),
        class_name="min-w-0",
    )


def _revenue() -> rx.Component:
    return card(
        rx.el.div(
            rx.el.div(
                rx.el.h2("The last 30 days", class_name=_TITLE),
                rx.el.p(
                    "Your part of sales and royalties, refunds taken off. Days are in UTC.",
                    class_name="mt-0.5 text-[13px] text-faint",
                ),
            ),
            money(EarningsState.earned, EarningsState.currency, class_name="text-lg font-semibold text-ink"),
            class_name="mb-5 flex items-start justify-between gap-4",
        ),
        rx.cond(
            EarningsState.currencies.length() > 1,
            rx.el.div(rx.foreach(EarningsState.currencies, _currency), class_name="mb-5 flex flex-wrap gap-2"),
            rx.fragment(),
        ),
        chart(
            "Earned by day",
            EarningsState.days,
            [Series("earned", "Earned")],
            kind="bar",
            currency=EarningsState.currency,
            nothing="Nothing was earned in these days.",
        ),
        class_name="p-5 sm:p-6",
    )


def _currency(currency: rx.Var[str]) -> rx.Component:
    return rx.el.button(
        currency.upper(),
        type="button",
        on_click=EarningsState.show_currency(currency),
        custom_attrs={"aria-pressed": EarningsState.currency == currency},
        class_name=(
            "rounded-lg border border-line px-3 py-1.5 text-[13px] font-medium text-soft hover:text-ink "
            "aria-pressed:border-accent aria-pressed:text-ink"
        ),
    )


def _waiting() -> rx.Component:
    return rx.cond(
        EarningsState.waiting.length() > 0,
        rx.el.section(
            rx.el.h2("Next transfers", class_name=f"mb-3 {_TITLE}"),
            card(
                rx.el.ul(rx.foreach(EarningsState.waiting, _waiting_row), class_name="divide-y divide-line"),
                class_name="overflow-hidden",
            ),
        ),
        rx.fragment(),
    )


def _waiting_row(row: WaitingRow) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.div(
                rx.el.span(row.title, class_name="truncate font-medium text-ink"),
                rx.cond(row.is_royalty, badge("Royalty", tone="accent"), rx.fragment()),
                rx.cond(row.is_on_hold, badge("On hold", tone="warning"), rx.fragment()),
                class_name="flex min-w-0 items-center gap-2",
            ),
            rx.el.div(row.note, class_name="mt-0.5 text-[13px] text-faint"),
            class_name="min-w-0 flex-1",
        ),
        rx.el.div(
            money(row.amount, row.currency, class_name="font-medium text-ink"),
            rx.el.div(
                rx.cond(row.until != "", local_time(row.until, shape="moment"), rx.fragment()),
                class_name="mt-0.5 text-[13px] text-faint",
            ),
            class_name="shrink-0 text-right",
        ),
        key=row.id,
        class_name="flex items-start justify-between gap-4 px-4 py-3 text-sm sm:px-5",
    )


def _payouts() -> rx.Component:
    return rx.cond(
        EarningsState.payouts.length() > 0,
        rx.el.section(
            rx.el.h2("Payouts", class_name=f"mb-3 {_TITLE}"),
            card(
                rx.el.ul(rx.foreach(EarningsState.payouts, _payout), class_name="divide-y divide-line"),
                class_name="overflow-hidden",
            ),
        ),
        rx.fragment(),
    )


def _payout(row: PayoutRow) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.match(
                row.tone,
                ("positive", badge(row.words, tone="positive")),
                ("danger", badge(row.words, tone="danger")),
                badge(row.words),
            ),
            rx.cond(row.note != "", rx.el.p(row.note, class_name="mt-1 text-[13px] text-faint"), rx.fragment()),
            class_name="min-w-0 flex-1",
        ),
        rx.el.div(
            money(row.amount, row.currency, class_name="font-medium text-ink"),
            rx.el.div(local_time(row.at, shape="moment"), class_name="mt-0.5 text-[13px] text-faint"),
            class_name="shrink-0 text-right",
        ),
        key=row.id,
        class_name="flex items-start justify-between gap-4 px-4 py-3 text-sm sm:px-5",
    )
