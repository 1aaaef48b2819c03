"""What a listing costs, with which licences, and what is promised of each sale."""

import reflex as rx

from overskill.components.button import submit_button
from overskill.components.feedback import callout
from overskill.components.field import CONTROL, field, text_input
from overskill.components.market.selling.parts import form_key, refusal_of, step_section
from overskill.state.sell_listing import SellListingState
from overskill.state.sell_rows import OfferRow
from overskill.state.sell_terms import CURRENCIES, SellTermsState

MODELS = (
    ("", "Not offered"),
    ("free", "Free"),
    ("one_time", "One payment"),
    ("subscription", "Subscription"),
    ("pay_what_you_want", "Buyers choose"),
)


def price_step() -> rx.Component:
    return step_section(
        "Price and licences",
        rx.fragment(
            "Up to three ways to have it. Another price holds for new buyers; who bought before keeps theirs. Of each "
            "price without tax you get ",
            SellListingState.part,
            ". Each licence has a key, which programs that run elsewhere can ask about: say in how many places it may "
            "be used at once, or nothing for no limit.",
        ),
        rx.cond(
            SellListingState.owes != "",
            callout(SellListingState.owes, " It began as a copy of that listing.", class_name="mb-5"),
            rx.fragment(),
        ),
        rx.el.form(
            _currency(),
            rx.foreach(SellListingState.offers, _offer),
            _promises(),
            rx.el.div(submit_button("Save prices"), class_name="flex justify-end"),
            key=form_key("price"),
            on_submit=SellTermsState.save_prices,
            class_name="flex flex-col gap-5",
        ),
    )


def _currency() -> rx.Component:
    return rx.el.div(
        field(
            "Currency",
            rx.el.select(
                *[rx.el.option(code.upper(), value=code) for code in CURRENCIES],
                name="currency",
                default_value=SellListingState.currency,
                custom_attrs={"id": "offer-currency"},
                class_name=f"{CONTROL} h-10 px-3",
            ),
            hint="Of all its prices. Another currency ends the offers in this one.",
            error=refusal_of("price.currency"),
        ),
        class_name="sm:max-w-xs",
    )


def _offer(row: OfferRow) -> rx.Component:
    name = row.license
    return rx.el.fieldset(
        rx.el.legend(row.title, class_name="float-left w-full text-sm font-semibold text-ink"),
        rx.el.p(row.text, class_name="clear-both pt-0.5 text-[13px] text-faint"),
        rx.el.div(
            rx.el.select(
                *[rx.el.option(words, value=key, custom_attrs=_asks_for(key)) for key, words in MODELS],
                name=rx.Var.create(f"{name}_model"),
                default_value=row.model,
                custom_attrs={"aria-label": rx.Var.create(f"How {row.title} is sold")},
                class_name=f"peer {CONTROL} h-10 px-3",
            ),
            _amount(row, "price", "Price, or the least", row.price),
            _amount(row, "suggested", "What you suggest", row.suggested),
            rx.el.select(
                rx.el.option("each month", value="month"),
                rx.el.option("each year", value="year"),
                name=rx.Var.create(f"{name}_interval"),
                default_value=row.interval,
                custom_attrs={"aria-label": rx.Var.create(f"How often {row.title} is paid")},
                class_name=f"{CONTROL} hidden h-10 px-3 group-has-[option[data-interval]:checked]:block",
            ),
            _amount(row, "places", "Places of each key", row.places),
            class_name="group mt-3 grid items-end gap-3 sm:grid-cols-3",
        ),
        _refusal(row),
        key=row.license,
        class_name="rounded-xl border border-line p-4",
    )


def _asks_for(model: str) -> dict[str, bool]:
    """What an offer of this kind is asked beside it. Marks, not values: in a class name an underscore is a space."""
    asked = {
        "free": ("places",),
        "one_time": ("price", "places"),
        "subscription": ("price", "interval", "places"),
        "pay_what_you_want": ("price", "suggested", "places"),
    }
    return {f"data-{name}": True for name in asked.get(model, ())}


def _amount(row: OfferRow, name: str, label: str, value: rx.Var[str] | str) -> rx.Component:
    """Shown where the way of selling that is chosen asks for it: CSS decides, so nothing waits for the server."""
    shown = {
        "price": "group-has-[option[data-price]:checked]:block",
        "suggested": "group-has-[option[data-suggested]:checked]:block",
        "places": "group-has-[option[data-places]:checked]:block",
    }[name]
    is_least = "group-has-[option[data-suggested]:checked]"
    words = {
        "price": (
            rx.el.span("Price", class_name=f"{is_least}:hidden"),
            rx.el.span("At least", class_name=f"hidden {is_least}:inline"),
        ),
        "suggested": (rx.el.span("Suggested"),),
        "places": (rx.el.span("Places of each key"),),
    }[name]
    return rx.el.label(
        rx.el.span(*words, class_name="mb-1 block text-[13px] text-faint"),
        _amount_input(row, name, label, value),
        class_name=f"hidden {shown}",
    )


def _amount_input(row: OfferRow, name: str, label: str, value: rx.Var[str] | str) -> rx.Component:
    return rx.el.input(
        name=rx.Var.create(f"{row.license}_{name}"),
        default_value=value,
        max_length=20,
        auto_complete="off",
        placeholder="No limit" if name == "places" else "",
        custom_attrs={
            "aria-label": rx.Var.create(f"{row.title}: {label.lower()}"),
            "inputMode": "numeric" if name == "places" else "decimal",
            "aria-invalid": SellListingState.refused == f"price.{row.license}.{name}",
        },
        class_name=f"{CONTROL} h-10 px-3 tabular-nums",
    )


def _refusal(row: OfferRow) -> rx.Component:
    return rx.cond(
        SellListingState.refused.startswith(f"price.{row.license}."),
        rx.el.p(SellListingState.refusal, role="alert", class_name="mt-2 text-[13px] text-danger"),
        rx.fragment(),
    )


def _promises() -> rx.Component:
    return rx.el.div(
        field(
            "Days to get the money back",
            text_input(
                "refund_days",
                id="offer-refund",
                default_value=SellListingState.refund_days.to_string(),
                max_length=2,
                auto_complete="off",
                custom_attrs={"inputMode": "numeric"},
            ),
            hint="0 to 90. Within them buyers get a refund without asking you.",
            error=refusal_of("price.refund_days"),
        ),
        rx.el.div(
            rx.el.label(
                rx.el.input(
                    type="checkbox",
                    name="allows_remix",
                    default_checked=SellListingState.allows_remix,
                    class_name="mt-0.5 size-4 shrink-0 cursor-pointer accent-accent",
                ),
                rx.el.span(
                    rx.el.span(
                        "Buyers of a copy may sell what they make of it", class_name="block text-sm font-medium"
                    ),
                    rx.el.span(
                        "You get a share of each of their sales, by terms signed when they list it.",
                        class_name="mt-0.5 block text-[13px] text-faint",
                    ),
                ),
                class_name="flex cursor-pointer items-start gap-3",
            ),
            field(
                "Your share, %",
                text_input(
                    "remix_percent",
                    id="offer-share",
                    default_value=SellListingState.remix_percent.to_string(),
                    max_length=2,
                    auto_complete="off",
                    custom_attrs={"inputMode": "numeric"},
                ),
                error=refusal_of("price.remix_share"),
            ),
            class_name="flex flex-col gap-3",
        ),
        class_name="grid gap-5 border-t border-line pt-5 sm:grid-cols-2",
    )
