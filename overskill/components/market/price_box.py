"""What a listing costs, in the licences it is sold with, and the button that buys it."""

import reflex as rx

from overskill.components.button import button, link_button, submit_button
from overskill.components.card import card
from overskill.components.feedback import badge, callout
from overskill.components.field import field, text_input
from overskill.components.icon import icon
from overskill.components.local_time import local_time
from overskill.components.market.money import money
from overskill.components.tick import Tick
from overskill.components.words import Words
from overskill.state.listing import ListingState
from overskill.state.listing_parts import OfferCard
from overskill.state.session import SessionState


def price_box() -> rx.Component:
    return card(
        rx.cond(
            ListingState.can_be_had,
            rx.cond(ListingState.chosen != "", _choice(), _all_owned()),
            _not_sold(),
        ),
        try_button(class_name="mt-3 w-full", size="lg"),
        rx.cond(ListingState.can_be_had, _promises(), rx.fragment()),
        id="get",
        class_name="scroll-mt-20 p-5",
    )


def try_button(*, class_name: str = "", size: str = "md") -> rx.Component:
    return button(
        "Try it",
        icon="play",
        size=size,  # type: ignore[arg-type]  # one of the sizes of a button
        on_click=ListingState.try_it,
        class_name=class_name,
    )


def buy_words() -> rx.Component:
    """What pressing the button does."""
    return rx.match(
        rx.cond(ListingState.price == 0, "free", ListingState.offer.price_model),
        ("free", rx.cond(ListingState.offer.price_model == "pay_what_you_want", "Get it", "Get it for free")),
        ("subscription", "Subscribe"),
        ("pay_what_you_want", "Continue to payment"),
        "Buy now",
    )


def price_words(*, class_name: str = "") -> rx.Component:
    """What the chosen licence costs now."""
    offer = ListingState.offer
    return rx.el.span(
        rx.cond(offer.price_model == "pay_what_you_want", rx.el.span("from ", class_name="text-faint"), rx.fragment()),
        money(
            rx.cond(offer.price_model == "pay_what_you_want", offer.least, ListingState.price),
            offer.currency,
            free="Free",
        ),
        rx.cond(
            offer.price_model == "subscription",
            rx.el.span(" / ", offer.interval, class_name="text-faint"),
            rx.fragment(),
        ),
        class_name=class_name,
    )


def _choice() -> rx.Component:
    return rx.fragment(
        rx.el.div(
            rx.el.p(
                price_words(class_name="text-2xl font-semibold tracking-[-0.02em] text-ink"),
                rx.cond(
                    (ListingState.offer.listed > ListingState.price)
                    & (ListingState.offer.price_model != "pay_what_you_want"),
                    rx.el.s(
                        rx.el.span("Before: ", class_name="sr-only"),
                        money(ListingState.offer.listed, ListingState.offer.currency),
                        class_name="ml-2 text-base text-faint",
                    ),
                    rx.fragment(),
                ),
                custom_attrs={"aria-live": "polite"},
            ),
            rx.cond(
                ListingState.offer.discount_ends_at != "",
                rx.el.p(
                    icon("tag", size=14),
                    rx.el.span("Launch price until ", local_time(ListingState.offer.discount_ends_at, shape="moment")),
                    class_name="mt-1 flex items-center gap-1.5 text-[13px] text-positive",
                ),
                rx.fragment(),
            ),
        ),
        rx.cond(ListingState.offers.length() > 1, _licences(), _only_licence()),
        rx.cond(
            (ListingState.offer.price_model != "pay_what_you_want") & (ListingState.offer.amount > 0),
            _code_form(),
            rx.fragment(),
        ),
        rx.cond(
            SessionState.is_loaded & ~SessionState.is_signed_in & ListingState.is_free, _sign_in_to_get(), _buy_form()
        ),
    )


def _licences() -> rx.Component:
    return rx.el.fieldset(
        rx.el.legend("What you get", class_name="sr-only"),
        rx.foreach(ListingState.offers, _licence),
        class_name="mt-4 flex flex-col gap-2",
    )


def _licence(offer: OfferCard) -> rx.Component:
    is_chosen = ListingState.chosen == offer.id
    return rx.el.div(
        rx.el.label(
            Tick.create(
                type="radio",
                name="licence",
                value=offer.id,
                checked=is_chosen,
                on_change=ListingState.choose(offer.id),
                class_name="mt-0.5 size-4 shrink-0 accent-accent",
            ),
            rx.el.span(
                rx.el.span(
                    rx.el.span(offer.name, class_name="font-medium text-ink"),
                    rx.cond(
                        offer.is_owned,
                        badge("Yours", tone="positive"),
                        rx.el.span(
                            money(offer.amount, offer.currency, free="Free", short=True),
                            rx.cond(offer.interval != "", f" / {offer.interval}", ""),
                            class_name="text-ink",
                        ),
                    ),
                    class_name="flex items-baseline justify-between gap-3 text-sm",
                ),
                rx.el.span(offer.about, class_name="mt-0.5 block text-[13px] leading-snug text-faint"),
                class_name="min-w-0 flex-1",
            ),
            class_name="flex cursor-pointer gap-2.5 p-3",
        ),
        rx.cond(is_chosen, _what_you_get(offer.points, "px-3 pb-3 pl-9.5"), rx.fragment()),
        key=offer.id,
        custom_attrs={"data-on": is_chosen},
        class_name="rounded-lg border border-line data-[on=true]:border-ring data-[on=true]:bg-accent-soft/40",
    )


def _only_licence() -> rx.Component:
    """There is nothing to choose: what it is, and what comes with it."""
    return rx.el.div(
        rx.el.p(ListingState.offer.name, class_name="text-sm font-medium text-ink"),
        rx.el.p(ListingState.offer.about, class_name="mt-0.5 text-[13px] leading-snug text-faint"),
        _what_you_get(ListingState.offer.points, "mt-3"),
        class_name="mt-4",
    )


def _sign_in_to_get() -> rx.Component:
    """What is free is installed into an account, so there has to be one."""
    return rx.el.div(
        link_button(
            "Sign in to get it",
            href=f"/sign-in?next=/apps/{ListingState.slug}",
            variant="primary",
            size="lg",
            icon="log_in",
            class_name="w-full",
        ),
        rx.el.p("It is free, and is installed into your account.", class_name="mt-1.5 text-[13px] text-faint"),
        class_name="mt-4",
    )


def _what_you_get(points: rx.Var[list[str]] | list[str], class_name: str) -> rx.Component:
    return rx.el.ul(
        rx.foreach(points, _point),
        class_name=f"flex flex-col gap-1.5 {class_name}",
    )


def _point(words: rx.Var[str]) -> rx.Component:
    return rx.el.li(
        icon("check", size=15, class_name="mt-0.5 text-positive"),
        words,
        key=words,
        class_name="flex gap-2 text-[13px] leading-snug text-soft",
    )


def _code_form() -> rx.Component:
    return rx.el.details(
        rx.el.summary("Have a code?", class_name="w-fit rounded text-[13px] text-soft hover:text-ink"),
        rx.el.form(
            rx.el.div(
                text_input(
                    "coupon",
                    id="coupon",
                    max_length=40,
                    auto_complete="off",
                    default_value=ListingState.code,
                    placeholder="LAUNCH20",
                    custom_attrs={"aria-label": "Code", "aria-invalid": ListingState.refused == "coupon"},
                    class_name="uppercase placeholder:normal-case",
                ),
                submit_button("Use", variant="secondary", class_name="h-10 shrink-0"),
                class_name="flex gap-2",
            ),
            _refusal("coupon"),
            rx.cond(
                ListingState.code != "",
                rx.el.p(
                    icon("circle_check", size=14),
                    rx.el.span(ListingState.code, " counts: the price above is yours."),
                    role="status",
                    class_name="mt-1.5 flex gap-1.5 text-[13px] text-positive",
                ),
                rx.fragment(),
            ),
            on_submit=ListingState.use_code,
            class_name="mt-2",
        ),
        class_name="mt-4",
    )


def _buy_form() -> rx.Component:
    return rx.el.form(
        rx.cond(
            ListingState.offer.price_model == "pay_what_you_want",
            field(
                "What you want to pay",
                text_input(
                    "amount",
                    id="amount",
                    custom_attrs={"inputMode": "decimal"},
                    auto_complete="off",
                    placeholder="5.00",
                ),
                error=rx.cond(ListingState.refused == "amount", ListingState.refusal, ""),
                aside=rx.el.span(
                    "at least ",
                    money(ListingState.offer.least, ListingState.offer.currency, free="nothing"),
                    class_name="text-[13px] text-faint",
                ),
            ),
            rx.fragment(),
        ),
        rx.cond(
            SessionState.is_loaded & ~SessionState.is_signed_in,
            field(
                "Your email",
                text_input(
                    "email", id="buyer-email", type="email", max_length=254, auto_complete="email", required=True
                ),
                hint="Your licence and your receipt go there.",
                error=rx.cond(ListingState.refused == "email", ListingState.refusal, ""),
            ),
            rx.fragment(),
        ),
        rx.cond(
            ListingState.offer.is_owned,
            link_button("Open your library", href="/library", variant="primary", size="lg", icon="library"),
            rx.cond(
                ListingState.is_creator,
                callout("This is yours, so there is nothing to buy."),
                submit_button(buy_words(), icon="shopping_bag", size="lg"),
            ),
        ),
        rx.cond(
            (ListingState.refusal != "")
            & (ListingState.refused != "amount")
            & (ListingState.refused != "email")
            & (ListingState.refused != "coupon"),
            callout(ListingState.refusal, tone="danger"),
            rx.fragment(),
        ),
        on_submit=ListingState.buy,
        class_name="mt-4 flex flex-col gap-3",
    )


def _refusal(field_name: str) -> rx.Component:
    return rx.cond(
        ListingState.refused == field_name,
        rx.el.p(
            icon("circle_alert", size=14),
            ListingState.refusal,
            role="alert",
            class_name="mt-1.5 flex gap-1.5 text-[13px] text-danger",
        ),
        rx.fragment(),
    )


def _all_owned() -> rx.Component:
    return rx.fragment(
        rx.el.p(
            icon("circle_check", size=18, class_name="text-positive"),
            "You have this app",
            class_name="flex items-center gap-2 text-base font-semibold text-ink",
        ),
        link_button(
            "Open your library", href="/library", variant="primary", size="lg", icon="library", class_name="mt-4 w-full"
        ),
    )


def _not_sold() -> rx.Component:
    return rx.el.p(
        rx.cond(ListingState.notice != "", "It can’t be bought at the moment.", "Nothing of it is sold yet."),
        class_name="text-sm text-soft",
    )


def _promises() -> rx.Component:
    about = ListingState.about
    return rx.el.ul(
        rx.cond(
            (ListingState.price > 0) & (about.refund_days > 0),
            _promise("undo_2", rx.Var.create(f"Money back within {about.refund_days} days")),
            rx.fragment(),
        ),
        _promise("shield_check", "Checked by the platform before it is sold"),
        rx.cond(about.allows_remix, _promise("git_fork", "You may sell what you make of it"), rx.fragment()),
        class_name="mt-4 flex flex-col gap-2 border-t border-line pt-4",
    )


def _promise(icon_name: str, words: Words) -> rx.Component:
    return rx.el.li(
        icon(icon_name, size=15, class_name="text-faint"),
        words,
        class_name="flex items-center gap-2 text-[13px] text-soft",
    )


def buy_bar() -> rx.Component:
    """On phones, under the thumb: the way to the price box, and trying it."""
    return rx.cond(
        ListingState.can_be_had & (ListingState.chosen != "") & ~ListingState.is_creator,
        rx.el.div(
            rx.el.div(
                rx.el.div(
                    price_words(class_name="block truncate text-base font-semibold text-ink"),
                    rx.el.span(ListingState.offer.name, class_name="block truncate text-xs text-faint"),
                    class_name="min-w-0 flex-1",
                ),
                button("Try it", icon="play", on_click=ListingState.try_it),
                link_button("Get it", href="#get", native=True, variant="primary"),
                class_name="flex items-center gap-2",
            ),
            class_name=(
                "fixed inset-x-0 bottom-0 z-30 border-t border-line bg-surface/95 px-4 pt-3 backdrop-blur-lg "
                "pb-[calc(0.75rem+env(safe-area-inset-bottom))] lg:hidden"
            ),
        ),
        rx.fragment(),
    )
