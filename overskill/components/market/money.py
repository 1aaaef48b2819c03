"""Amounts of money, as the reader's own browser writes them."""

import reflex as rx

from overskill.components.browser_files import browser_file

browser_file(__name__, "money.js")


class _Money(rx.Component):
    library = browser_file(__name__, "money.jsx")
    tag = "Money"
    amount: rx.Var[int]
    currency: rx.Var[str]
    free: rx.Var[str]
    signed: rx.Var[bool]
    short: rx.Var[bool]


def money(
    amount: rx.Var[int] | int,
    currency: rx.Var[str] | str,
    *,
    free: str = "",
    signed: bool = False,
    short: bool = False,
    class_name: str = "",
) -> rx.Component:
    """ "$1,234.50", "1.234,50 €" or "￥1,200", by the browser's locale.

    `amount` is in the currency's smallest unit. `free` is what 0 is called, such as "Free"; `signed` writes a "+"
    before gains; `short` leaves out cents that are none: "$12".
    """
    return _Money.create(amount=amount, currency=currency, free=free, signed=signed, short=short, class_name=class_name)
