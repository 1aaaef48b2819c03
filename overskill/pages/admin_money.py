"""Money of this instance: sales and refunds, transfers and holds, debts, and the books against Stripe's."""

from typing import Any

import reflex as rx

from overskill.components.admin import acts, cell, nothing, panel, row, table, titled, unless_own
from overskill.components.admin_decide import search_form
from overskill.components.admin_money import money_dialogs
from overskill.components.button import button
from overskill.components.card import card
from overskill.components.feedback import badge, callout, empty
from overskill.components.local_time import local_time
from overskill.components.market.money import money
from overskill.components.tabs import segmented
from overskill.components.words import Words
from overskill.pages.admin_frame import admin_page, loading
from overskill.state.admin_licenses import LicensesState
from overskill.state.admin_money import MoneyState
from overskill.state.admin_money_rows import AccountRow, BookRow, DebtRow, DifferenceRow, SaleRow, TransferRow

VIEWS = [("sales", "Sales", ""), ("transfers", "Transfers", ""), ("debts", "Debts", ""), ("books", "Books", "")]
_AMOUNT = "whitespace-nowrap text-right tabular-nums"


def admin_money_page() -> rx.Component:
    return admin_page(
        "money",
        "Money",
        "Sales, what creators get of them, what is owed, and whether it all agrees with Stripe.",
        rx.cond(
            MoneyState.is_test,
            callout("This is test mode: payments, balances and payouts are made up, and no money moves."),
            rx.fragment(),
        ),
        rx.el.div(
            segmented("What of the money", MoneyState.view, VIEWS, MoneyState.show),  # type: ignore[arg-type]  # Reflex types handlers as uncallable
            class_name="overflow-x-auto",
        ),
        rx.cond(MoneyState.is_loaded, _view(), loading()),
        *money_dialogs(),
    )


def _view() -> rx.Component:
    return rx.match(
        MoneyState.view,
        ("transfers", _transfers()),
        ("debts", _debts()),
        ("books", _books()),
        _sales(),
    )


def _status(words: Words, tone: Words) -> rx.Component:
    return rx.match(
        tone,
        ("positive", badge(words, tone="positive")),
        ("accent", badge(words, tone="accent")),
        ("warning", badge(words, tone="warning")),
        ("danger", badge(words, tone="danger")),
        badge(words),
    )


def _headed(name: Words, words: Words, tone: Words, is_test: rx.Var[bool] | bool) -> rx.Component:
    return rx.el.span(
        name,
        _status(words, tone),
        rx.cond(is_test, badge("Test"), rx.fragment()),
        class_name="inline-flex flex-wrap items-center gap-2",
    )


def _searched(
    label: str, shown: rx.Component, icon: str, title: str, text: str, rows: rx.Var[list[Any]]
) -> rx.Component:
    return rx.el.div(
        search_form(label, MoneyState.words, MoneyState.search),
        rx.cond(
            rows.length() > 0,
            shown,
            rx.cond(
                MoneyState.words != "",
                empty("search", "Nothing is called so", "Search with fewer letters, or with none for the newest."),
                empty(icon, title, text),
            ),
        ),
        class_name="flex flex-col gap-6",
    )


def _sales() -> rx.Component:
    return _searched(
        "Receipt, mail address, app or creator",
        table(
            "Sales",
            [("Sale", ""), ("Paid", "text-right"), ("", "")],
            rx.foreach(MoneyState.sales, _sale),
        ),
        "receipt",
        "Nothing was sold yet",
        "Each sale of the marketplace is listed here, and can be given back.",
        rx.Var.create(MoneyState.sales),
    )


def _sale(sale: SaleRow) -> rx.Component:
    title = rx.cond(
        sale.slug != "",
        rx.el.a(sale.titles, href=f"/apps/{sale.slug}", class_name="hover:underline"),
        rx.el.span(sale.titles),
    )
    return row(
        cell(
            titled(
                _headed(title, sale.words, sale.tone, sale.is_test),
                sale.who,
                rx.fragment(
                    local_time(sale.at, shape="moment"),
                    rx.cond(sale.receipt != "", rx.fragment(" · receipt ", sale.receipt), rx.fragment()),
                ),
                sale.refunds,
            )
        ),
        cell(
            money(sale.amount, sale.currency, free="Free", class_name="font-medium text-ink"),
            class_name=_AMOUNT,
        ),
        acts(
            button(
                "Licences",
                size="sm",
                on_click=LicensesState.open(sale.id),
                custom_attrs={"aria-label": rx.Var.create(f"Licences of {sale.titles}, {sale.who}")},
            ),
            rx.cond(
                sale.left > 0,
                unless_own(
                    sale.is_own,
                    button(
                        "Give back",
                        size="sm",
                        on_click=MoneyState.ask("refund", sale.id),
                        custom_attrs={"aria-label": rx.Var.create(f"Give back {sale.titles}, {sale.who}")},
                    ),
                ),
                rx.fragment(),
            ),
        ),
        key=sale.id,
    )


def _transfers() -> rx.Component:
    return _searched(
        "Creator, listing or receipt",
        table(
            "Transfers",
            [("Transfer", ""), ("Amount", "text-right"), ("", "")],
            rx.foreach(MoneyState.transfers, _transfer),
        ),
        "banknote",
        "Nothing waits",
        "What creators earned and has not been sent to them is listed here, with the day on which it is.",
        rx.Var.create(MoneyState.transfers),
    )


def _transfer(line: TransferRow) -> rx.Component:
    return row(
        cell(
            titled(
                _headed(
                    rx.el.a(line.creator, href=f"/creators/{line.username}", class_name="hover:underline"),
                    line.words,
                    line.tone,
                    line.is_test,
                ),
                line.what,
                rx.fragment(
                    line.reason,
                    rx.cond(
                        line.until != "",
                        rx.fragment(", until ", local_time(line.until, shape="moment")),
                        rx.cond(line.is_held, ", until it is released", ""),
                    ),
                ),
                rx.cond(line.error != "", rx.el.span(line.error, class_name="text-danger"), rx.fragment()),
            )
        ),
        cell(money(line.amount, line.currency, class_name="font-medium text-ink"), class_name=_AMOUNT),
        acts(
            rx.cond(line.can_be_held, _act("Hold", "hold", line.id, line.creator), rx.fragment()),
            rx.cond(
                line.is_held,
                unless_own(line.is_own, _act("Release", "release", line.id, line.creator)),
                rx.fragment(),
            ),
        ),
        key=line.id,
    )


def _act(words: str, wish: str, row_id: Any, name: Words) -> rx.Component:  # noqa: ANN401
    return button(
        words,
        size="sm",
        on_click=MoneyState.ask(wish, row_id),
        custom_attrs={"aria-label": rx.Var.create(f"{words}: {name}")},
    )


def _debts() -> rx.Component:
    return rx.cond(
        MoneyState.debts.length() > 0,
        panel(
            "Negative balances",
            "What refunds and disputes took after the money had left. The next transfers pay it.",
            table(
                "Negative balances",
                [("Creator", ""), ("Owes", "text-right"), ("", "")],
                rx.foreach(MoneyState.debts, _debt),
            ),
        ),
        empty("scale", "Nobody owes anything", "Creators who were paid what later went back to its buyer appear here."),
    )


def _debt(debt: DebtRow) -> rx.Component:
    return row(
        cell(
            titled(
                rx.el.a(debt.creator, href=f"/creators/{debt.username}", class_name="hover:underline"),
                rx.cond(
                    debt.is_at_stripe,
                    "Their account at Stripe is below zero. Stripe takes it from their next payments or their bank; "
                    "hold their transfers meanwhile, or ask them to top it up.",
                    rx.cond(
                        debt.coming > 0,
                        rx.fragment(money(debt.coming, debt.currency), " waits to be sent to them, and pays it first."),
                        "Nothing waits to be sent to them: it is paid once they sell again, or written off.",
                    ),
                ),
            )
        ),
        cell(money(debt.amount, debt.currency, class_name="font-medium text-danger"), class_name=_AMOUNT),
        acts(
            rx.cond(
                debt.is_at_stripe,
                rx.fragment(),
                unless_own(debt.is_own, _act("Write off", "write_off", debt.key, debt.creator)),
            ),
        ),
        key=debt.key,
    )


def _books() -> rx.Component:
    return rx.fragment(
        panel(
            "Balances",
            "What the ledger has, each currency on its own, and what Stripe says we have.",
            rx.cond(
                MoneyState.books.length() > 0,
                rx.el.div(rx.foreach(MoneyState.books, _book), class_name="grid gap-4 xl:grid-cols-2"),
                nothing("No money has moved yet."),
            ),
            actions=(
                button(
                    "Compare now", size="sm", icon="refresh_cw", busy=MoneyState.is_busy, on_click=MoneyState.compare
                ),
            ),
        ),
        panel(
            "Differences",
            "Hours of the last 30 days in which Stripe had another balance than the ledger.",
            rx.cond(
                MoneyState.differences.length() > 0,
                table(
                    "Differences",
                    [("What to do", ""), ("Stripe has", "whitespace-nowrap text-right")],
                    rx.foreach(MoneyState.differences, _difference),
                ),
                nothing("There were none. The two are compared each hour."),
            ),
        ),
    )


def _book(book: BookRow) -> rx.Component:
    return card(
        rx.el.div(
            rx.el.h3(book.currency.upper(), class_name="text-sm font-semibold"),
            rx.cond(
                book.at == "",
                badge("Not compared yet"),
                rx.cond(
                    book.difference == 0,
                    badge("Agrees with Stripe", tone="positive", icon="circle_check"),
                    badge(
                        money(book.difference, book.currency, signed=True),
                        " at Stripe",
                        tone="danger",
                        icon="triangle_alert",
                    ),
                ),
            ),
            class_name="flex flex-wrap items-center justify-between gap-2",
        ),
        rx.el.dl(rx.foreach(book.accounts, _account), class_name="mt-3 flex flex-col gap-1.5 text-sm"),
        rx.cond(
            book.at != "",
            rx.el.p(
                "Compared ",
                local_time(book.at, shape="moment"),
                ": Stripe says ",
                money(book.theirs, book.currency),
                class_name="mt-3 text-[13px] text-faint",
            ),
            rx.fragment(),
        ),
        class_name="p-4 sm:p-5",
    )


def _account(account: AccountRow) -> rx.Component:
    return rx.el.div(
        rx.el.dt(account.name, class_name="text-soft"),
        rx.el.dd(
            money(account.amount, account.currency),
            class_name=rx.cond(account.is_odd, "tabular-nums text-danger", "tabular-nums text-ink"),
        ),
        class_name="flex items-baseline justify-between gap-4",
    )


def _difference(difference: DifferenceRow) -> rx.Component:
    return row(
        cell(
            titled(
                rx.el.span(
                    difference.currency.upper(),
                    rx.cond(difference.is_open, badge("Still so", tone="danger"), badge("Over")),
                    class_name="inline-flex items-center gap-2",
                ),
                rx.fragment(
                    "From ",
                    local_time(difference.since, shape="moment"),
                    " to ",
                    local_time(difference.until, shape="moment"),
                ),
                difference.advice,
            )
        ),
        cell(
            money(difference.amount, difference.currency, signed=True, class_name="font-medium text-ink"),
            class_name=_AMOUNT,
        ),
        key=difference.key,
    )
