"""`/checkout/done/<purchase>`: thanks, and what was bought being installed, until it can be opened."""

import reflex as rx

from overskill.components.button import link_button
from overskill.components.card import card
from overskill.components.feedback import badge, callout, empty, progress_bar, skeleton, spinner
from overskill.components.icon import icon
from overskill.components.layout import page
from overskill.components.market.money import money
from overskill.state.checkout import CheckoutDoneState as State
from overskill.state.checkout import InstallRow


def checkout_done_page() -> rx.Component:
    return page(
        rx.el.div(
            rx.match(
                rx.cond(State.is_loaded, rx.cond(State.is_missing, "missing", State.status), "wait"),
                ("paid", _paid()),
                ("waiting", _waiting()),
                ("unpaid", _unpaid()),
                ("given-back", _given_back()),
                ("missing", _missing()),
                _placeholder(),
            ),
            class_name="mx-auto max-w-xl pt-10 sm:pt-16",
        ),
    )


def _paid() -> rx.Component:
    return rx.el.div(
        _test_note(),
        rx.el.div(
            rx.el.span(
                icon("check", size=22),
                class_name="grid size-11 place-items-center rounded-full bg-positive-soft text-positive",
            ),
            rx.el.h1(
                rx.cond(State.is_ready, "It is yours, and ready", "Thank you. It is being installed"),
                class_name="mt-4 text-2xl font-semibold tracking-[-0.02em]",
            ),
            rx.el.p(
                rx.cond(
                    State.total > 0,
                    rx.fragment("You paid ", money(State.total, State.currency), ". "),
                    rx.fragment("It cost nothing. "),
                ),
                "The receipt is on its way to ",
                rx.el.span(State.email, class_name="break-all font-medium text-ink"),
                ".",
                class_name="mt-1.5 text-sm leading-relaxed text-soft",
            ),
        ),
        rx.el.ul(rx.foreach(State.rows, _row), class_name="mt-6 flex flex-col gap-3"),
        rx.cond(State.needs_password, _new_account(), _ways_on()),
        class_name="animate-rise",
    )


def _row(row: rx.Var[InstallRow]) -> rx.Component:
    return rx.el.li(
        card(
            rx.el.div(
                rx.el.div(
                    rx.el.h2(row.title, class_name="truncate text-[15px] font-semibold"),
                    rx.el.p(
                        rx.cond(row.status == "live", row.address, row.words),
                        role="status",
                        class_name="mt-0.5 truncate text-[13px] text-faint",
                    ),
                    class_name="min-w-0 flex-1",
                ),
                rx.match(
                    row.status,
                    (
                        "live",
                        link_button(
                            "Open",
                            href=row.url,
                            variant="primary",
                            icon="external_link",
                            native=True,
                            target="_blank",
                            custom_attrs={"aria-label": "Open " + row.title.to(str)},
                        ),
                    ),
                    ("failed", badge("Failed", tone="danger")),
                    ("removed", badge("Uninstalled")),
                    rx.el.span(spinner(size=18), class_name="text-accent-ink"),
                ),
                class_name="flex items-center gap-4",
            ),
            rx.match(
                row.status,
                ("live", _own_copy(row)),
                ("removed", rx.fragment()),
                ("failed", callout(row.error, " What you paid is given back by itself.", tone="danger")),
                progress_bar(row.percent.to(int), "Installing"),
            ),
            class_name="flex flex-col gap-4 p-5",
        )
    )


def _own_copy(row: rx.Var[InstallRow]) -> rx.Component:
    return rx.cond(
        row.studio != "",
        rx.el.p(
            "It is your own copy. ",
            rx.el.a("Change it in the studio", href=row.studio, class_name="font-medium text-accent-ink underline"),
            " whenever you like.",
            class_name="text-[13px] text-soft",
        ),
        rx.fragment(),
    )


def _new_account() -> rx.Component:
    return callout(
        "Your purchase is in an account of ",
        rx.el.strong(State.email),
        ". ",
        rx.el.a("Choose a password for it", href="/reset"),
        ": a link comes by mail, and then your library opens.",
        tone="accent",
        class_name="mt-6",
    )


def _ways_on() -> rx.Component:
    return rx.el.div(
        link_button("Open your library", href="/library", icon="library"),
        link_button(
            "Receipt",
            href=rx.Var.create("/receipts/") + State.purchase_id,
            variant="ghost",
            icon="receipt_text",
            native=True,
        ),
        class_name="mt-6 flex flex-wrap gap-2",
    )


def _waiting() -> rx.Component:
    return rx.el.div(
        _test_note(),
        rx.el.div(spinner(size=22), class_name="text-accent-ink"),
        rx.el.h1("Waiting for the payment", class_name="mt-4 text-2xl font-semibold tracking-[-0.02em]"),
        rx.el.p(
            "A card takes seconds, a bank account may take days. You need not stay: it is installed by itself, and a "
            "mail tells you.",
            role="status",
            class_name="mt-1.5 text-sm leading-relaxed text-soft",
        ),
        rx.cond(State.error != "", callout(State.error, tone="warning", class_name="mt-5"), rx.fragment()),
        link_button("Look at more apps", href="/explore", class_name="mt-6"),
    )


def _unpaid() -> rx.Component:
    return empty(
        "credit_card",
        "Nothing was paid",
        rx.cond(State.error != "", State.error, "The payment page was closed, or its time ran out."),
        link_button("Back to the marketplace", href="/explore", variant="primary"),
        is_page=True,
    )


def _given_back() -> rx.Component:
    return empty(
        "undo_2",
        "This purchase was undone",
        rx.cond(
            State.error != "",
            State.error + " Your money is on its way back to you.",
            "The money was given back, or the bank has taken it. Your library says what is left of it.",
        ),
        link_button("Open your library", href="/library", variant="primary"),
        is_page=True,
    )


def _missing() -> rx.Component:
    return empty(
        "receipt_text",
        "No such purchase",
        "It isn't there, or it isn't yours. What you bought is in your library.",
        link_button("Open your library", href="/library", variant="primary"),
        is_page=True,
    )


def _test_note() -> rx.Component:
    return rx.cond(
        State.is_test,
        callout("Test mode: no money moved.", tone="warning", class_name="mb-6"),
        rx.fragment(),
    )


def _placeholder() -> rx.Component:
    return rx.el.div(
        skeleton("size-11 rounded-full"),
        skeleton("mt-4 h-8 w-2/3"),
        skeleton("mt-2 h-5 w-full"),
        skeleton("mt-6 h-24 rounded-xl"),
        class_name="flex flex-col",
    )
