"""A bundle: what is in it, what it costs, and buying it."""

import reflex as rx

from overskill.components.button import link_button, submit_button
from overskill.components.card import card
from overskill.components.feedback import callout, empty, skeleton
from overskill.components.field import field, text_input
from overskill.components.icon import icon
from overskill.components.layout import page
from overskill.components.market.listing_parts import PageHead
from overskill.components.market.money import money
from overskill.state.bundle import BundleState
from overskill.state.sell_bundles import ChoiceRow
from overskill.state.session import SessionState


def bundle_page() -> rx.Component:
    return page(
        PageHead.create(title=BundleState.page_title),
        rx.cond(
            BundleState.is_loaded,
            rx.cond(BundleState.is_missing, _missing(), _bundle()),
            rx.el.div(skeleton("h-9 w-72"), skeleton("mt-8 h-72 w-full rounded-xl"), class_name="pt-12"),
        ),
        width="max-w-4xl",
    )


def _missing() -> rx.Component:
    return rx.el.div(
        empty(
            "package_open",
            "This bundle is not sold any more",
            "Its apps may still be there, one by one.",
            link_button("Explore", href="/explore", variant="primary"),
            is_page=True,
        ),
        class_name="pt-16",
    )


def _bundle() -> rx.Component:
    return rx.el.div(
        rx.el.div(
            rx.el.h1(BundleState.title, class_name="text-3xl font-semibold tracking-[-0.03em] text-balance"),
            rx.el.p(
                "By ",
                rx.el.a(
                    BundleState.creator,
                    href=f"/creators/{BundleState.username}",
                    class_name="font-medium text-ink hover:underline",
                ),
                class_name="mt-2 text-sm text-soft",
            ),
            rx.el.p(
                BundleState.text,
                class_name="mt-5 max-w-prose whitespace-pre-wrap text-[15px] leading-relaxed text-soft wrap-anywhere",
            ),
            rx.el.h2("What is in it", class_name="mt-10 text-[15px] font-semibold"),
            rx.el.ul(
                rx.foreach(BundleState.items, _item),
                class_name="mt-3 divide-y divide-line rounded-xl border border-line bg-surface shadow-card",
            ),
            class_name="min-w-0 flex-1",
        ),
        _price_box(),
        class_name="flex flex-col gap-10 pt-12 md:flex-row",
    )


def _item(row: ChoiceRow) -> rx.Component:
    return rx.el.li(
        rx.el.a(
            icon("box", size=16, class_name="text-faint"),
            rx.el.span(row.title, class_name="min-w-0 flex-1 truncate text-sm font-medium text-ink"),
            rx.el.span(row.license, class_name="hidden text-[13px] text-faint sm:block"),
            money(row.amount, row.currency, free="Free", class_name="text-sm text-soft"),
            href=f"/apps/{row.slug}",
            class_name="flex items-center gap-3 px-4 py-3.5 hover:bg-hover",
        ),
        key=row.id,
    )


def _price_box() -> rx.Component:
    return rx.el.aside(
        card(
            rx.el.div(
                money(
                    BundleState.amount,
                    BundleState.currency,
                    free="Free",
                    class_name="text-3xl font-semibold tracking-tight text-ink",
                ),
                rx.cond(
                    BundleState.apart > BundleState.amount,
                    rx.el.s(money(BundleState.apart, BundleState.currency), class_name="text-sm text-faint"),
                    rx.fragment(),
                ),
                class_name="flex items-baseline gap-2.5",
            ),
            rx.el.p("For all of them together.", class_name="mt-1 text-[13px] text-faint"),
            rx.cond(BundleState.can_be_had, _buy_form(), _not_now()),
            class_name="p-5",
        ),
        class_name="md:sticky md:top-24 md:w-72 md:shrink-0 md:self-start",
    )


def _not_now() -> rx.Component:
    return callout("One of these apps is not sold at the moment.", tone="warning", class_name="mt-4")


def _buy_form() -> rx.Component:
    return rx.el.form(
        rx.cond(
            SessionState.is_loaded & ~SessionState.is_signed_in,
            field(
                "Your email",
                text_input(
                    "email", id="bundle-email", type="email", required=True, max_length=254, auto_complete="email"
                ),
                hint="Your apps and the receipt go there.",
                error=rx.cond(BundleState.refused == "email", BundleState.refusal, ""),
            ),
            rx.fragment(),
        ),
        rx.cond(
            (BundleState.refused != "email") & (BundleState.refusal != ""),
            rx.el.p(BundleState.refusal, role="alert", class_name="text-[13px] text-danger"),
            rx.fragment(),
        ),
        submit_button(rx.cond(BundleState.amount > 0, "Buy all", "Get all"), size="lg", class_name="w-full"),
        on_submit=BundleState.buy,
        class_name="mt-5 flex flex-col gap-4",
    )
