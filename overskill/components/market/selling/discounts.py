"""Coupons of a listing, and its launch discount."""

import reflex as rx

from overskill.components.button import button, submit_button
from overskill.components.feedback import badge
from overskill.components.field import field, text_input
from overskill.components.local_time import local_time
from overskill.components.market.selling.parts import form_key, refusal_of, step_section
from overskill.state.sell_listing import SellListingState
from overskill.state.sell_rows import CouponRow
from overskill.state.sell_terms import SellTermsState


def discounts_step() -> rx.Component:
    return rx.fragment(
        step_section(
            "Discounts",
            "With a code for who has it, without one for everybody. Of several only the best counts.",
            rx.el.form(
                rx.el.div(
                    _input("Code", "code", hint="Empty: a launch discount for everybody.", most=40, is_code=True),
                    _input("Percent off", "percent", hint="1 to 100, or an amount instead.", most=3),
                    _input("Amount off", "amount", hint="In the listing's currency.", most=20),
                    _input("Days", "days", hint="Empty: until you end it.", most=4),
                    _input("Uses", "most_uses", hint="Empty: as often as it is used.", most=7),
                    class_name="grid gap-4 sm:grid-cols-2 lg:grid-cols-3",
                ),
                rx.el.div(
                    rx.el.label(
                        rx.el.input(
                            type="checkbox",
                            name="everywhere",
                            class_name="size-4 shrink-0 cursor-pointer accent-accent",
                        ),
                        "For all of my listings",
                        class_name="flex cursor-pointer items-center gap-2.5 text-sm text-soft",
                    ),
                    submit_button("Add discount"),
                    class_name="flex flex-wrap items-center justify-between gap-3",
                ),
                key=form_key("coupon"),
                on_submit=SellTermsState.make_coupon,
                class_name="flex flex-col gap-5",
            ),
            rx.cond(
                SellListingState.coupons.length() > 0,
                rx.el.ul(
                    rx.foreach(SellListingState.coupons, _coupon),
                    class_name="mt-6 divide-y divide-line border-t border-line",
                ),
                rx.fragment(),
            ),
        ),
    )


def _input(label: str, name: str, *, hint: str, most: int, is_code: bool = False) -> rx.Component:
    return field(
        label,
        text_input(
            name,
            id=f"coupon-{name}",
            max_length=most,
            auto_complete="off",
            spell_check=False,
            class_name="font-mono uppercase" if is_code else "tabular-nums",
        ),
        hint=hint,
        error=refusal_of(f"coupon.{name}"),
    )


def _coupon(row: CouponRow) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.p(
                rx.cond(
                    row.code != "",
                    rx.el.code(row.code, class_name="font-mono text-sm font-medium text-ink"),
                    rx.el.span("Launch discount", class_name="text-sm font-medium text-ink"),
                ),
                rx.el.span(row.off, " off", class_name="text-sm tabular-nums text-soft"),
                rx.cond(row.is_everywhere, badge("All listings"), rx.fragment()),
                class_name="flex flex-wrap items-center gap-2.5",
            ),
            rx.el.p(
                "Used ",
                row.uses,
                rx.cond(
                    row.until != "", rx.fragment(" · until ", local_time(row.until, shape="moment")), rx.fragment()
                ),
                class_name="mt-0.5 text-[13px] text-faint",
            ),
            class_name="min-w-0 flex-1 basis-56",
        ),
        rx.cond(
            row.ended != "",
            badge("Ended"),
            button(
                "End it",
                size="sm",
                on_click=SellTermsState.end_coupon(row.id),
                custom_attrs={"aria-label": rx.cond(row.code != "", f"End it: {row.code}", "End it: launch discount")},
            ),
        ),
        key=row.id,
        class_name="flex flex-wrap items-center gap-3 py-3 last:pb-0",
    )
