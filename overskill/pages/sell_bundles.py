"""A creator's bundles."""

import reflex as rx

from overskill.components.button import button, icon_button, link_button, submit_button
from overskill.components.card import card
from overskill.components.feedback import empty, skeleton
from overskill.components.field import CONTROL, field, text_input
from overskill.components.market.desk import desk_page
from overskill.components.market.money import money
from overskill.state.sell_bundles import (
    LONGEST_BUNDLE_TEXT,
    LONGEST_BUNDLE_TITLE,
    BundleRow,
    ChoiceRow,
    SellBundlesState,
)


def sell_bundles_page() -> rx.Component:
    return desk_page(
        "bundles",
        "Bundles",
        "Several of your apps for one price, at an address of their own.",
        rx.cond(SellBundlesState.is_loaded, _bundles(), skeleton("h-48 w-full rounded-xl")),
    )


def _bundles() -> rx.Component:
    return rx.fragment(
        rx.cond(
            SellBundlesState.bundles.length() > 0,
            rx.el.ul(rx.foreach(SellBundlesState.bundles, _bundle), class_name="mb-10 flex flex-col gap-3"),
            rx.fragment(),
        ),
        rx.cond(
            SellBundlesState.choices.length() > 1,
            _form(),
            empty(
                "package_plus",
                "A bundle takes two apps",
                "Once two of your listings are published, you can sell them together for less.",
                link_button("Your listings", href="/sell"),
            ),
        ),
    )


def _bundle(row: BundleRow) -> rx.Component:
    return rx.el.li(
        card(
            rx.el.div(
                rx.el.h2(
                    rx.el.a(row.title, href=f"/bundles/{row.slug}", class_name="hover:underline"),
                    class_name="truncate text-[15px] font-semibold",
                ),
                rx.el.code(row.address, class_name="block truncate font-mono text-[13px] text-faint"),
                class_name="min-w-0 flex-1",
            ),
            money(row.amount, row.currency, free="Free", class_name="text-sm font-medium text-ink"),
            icon_button(
                "copy",
                "Copy the address",
                size="sm",
                on_click=[rx.set_clipboard(row.address), rx.toast.success("Address copied.")],
            ),
            button("End it", size="sm", on_click=SellBundlesState.end(row.id)),
            class_name="flex flex-wrap items-center gap-4 px-5 py-4",
        ),
        key=row.id,
    )


def _form() -> rx.Component:
    return card(
        rx.el.h2("Make a bundle", class_name="text-[17px] font-semibold"),
        rx.el.p(
            "Choose one licence of each app. Another price of one of them ends the bundle.",
            class_name="mt-1 text-sm text-soft",
        ),
        rx.el.form(
            rx.el.div(
                field(
                    "Title",
                    text_input(
                        "title",
                        id="bundle-title",
                        required=True,
                        max_length=LONGEST_BUNDLE_TITLE,
                        auto_complete="off",
                    ),
                    error=_refusal_of("title"),
                ),
                field(
                    "Price of all",
                    text_input(
                        "price",
                        id="bundle-price",
                        required=True,
                        max_length=20,
                        auto_complete="off",
                        class_name="tabular-nums",
                    ),
                    hint="In the currency of the apps.",
                    error=_refusal_of("price"),
                ),
                class_name="grid gap-4 sm:grid-cols-[1fr_12rem]",
            ),
            field(
                "Description",
                rx.el.textarea(
                    name="text",
                    max_length=LONGEST_BUNDLE_TEXT,
                    rows=2,
                    custom_attrs={"id": "bundle-text"},
                    class_name=f"{CONTROL} resize-y px-3 py-2 leading-relaxed",
                ),
                error=_refusal_of("text"),
            ),
            rx.el.fieldset(
                rx.el.legend("Apps in it", class_name="text-sm font-medium text-ink"),
                rx.el.div(
                    rx.foreach(SellBundlesState.choices, _choice),
                    # The labels' own boxes can be reached with the keyboard, so the list scrolls along.
                    class_name="mt-2 max-h-96 divide-y divide-line overflow-y-auto rounded-lg border border-line",
                ),
                rx.el.p(
                    rx.cond(
                        SellBundlesState.apart_words != "",
                        SellBundlesState.apart_words,
                        "Choose two to ten, of one currency.",
                    ),
                    role="status",
                    class_name="mt-2 text-[13px] text-soft",
                ),
                rx.cond(
                    SellBundlesState.refused == "items",
                    rx.el.p(SellBundlesState.refusal, role="alert", class_name="mt-2 text-[13px] text-danger"),
                    rx.fragment(),
                ),
                class_name="min-w-0",  # a fieldset is as wide as what is in it, otherwise
            ),
            rx.el.div(submit_button("Sell this bundle"), class_name="flex justify-end"),
            key=SellBundlesState.saved.to_string(),
            on_submit=SellBundlesState.make,
            class_name="mt-6 flex flex-col gap-5",
        ),
        class_name="p-5 sm:p-7",
    )


def _choice(row: ChoiceRow) -> rx.Component:
    return rx.el.label(
        rx.el.input(
            type="checkbox",
            name=rx.Var.create(f"offer-{row.id}"),
            on_change=SellBundlesState.choose(row.id),
            class_name="size-4 shrink-0 cursor-pointer accent-accent",
        ),
        rx.el.span(
            rx.el.span(row.title, class_name="min-w-0 flex-1 truncate text-sm text-ink"),
            rx.el.span(row.license, class_name="text-[13px] text-faint"),
            class_name="flex min-w-0 flex-1 flex-col sm:flex-row sm:items-center sm:gap-3",
        ),
        money(row.amount, row.currency, free="Free", class_name="w-20 shrink-0 text-right text-sm text-soft sm:w-24"),
        key=row.id,
        class_name="flex cursor-pointer items-center gap-3 px-3.5 py-2.5 hover:bg-hover",
    )


def _refusal_of(name: str) -> rx.Var[str]:
    return rx.cond(SellBundlesState.refused == name, SellBundlesState.refusal, "")
