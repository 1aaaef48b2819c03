"""What apps cost, by day and month."""

import reflex as rx

from overskill.components.admin import panel
from overskill.components.button import button, link_button
from overskill.components.card import card
from overskill.components.feedback import empty
from overskill.components.tabs import segmented
from overskill.pages.admin import cost_line
from overskill.pages.admin_frame import admin_page, loading
from overskill.state.admin_costs import CostsState

PERIODS = [
    ("yesterday", "Yesterday", ""),
    ("today", "Today", ""),
    ("week", "7 days", ""),
    ("month", "This month", ""),
    ("last_month", "Last month", ""),
]


def admin_costs_page() -> rx.Component:
    return admin_page(
        "costs",
        "Costs",
        "What each app cost: calls of models and builds. Days are in UTC.",
        rx.el.div(
            segmented(
                "Which days",
                CostsState.period,
                PERIODS,
                CostsState.choose_period,  # type: ignore[arg-type]  # Reflex types handlers as uncallable
            ),
        ),
        rx.cond(CostsState.is_loaded, _costs(), loading()),
        actions=(
            button("Count again", size="sm", icon="refresh_cw", on_click=CostsState.count_again),
            link_button(
                "CSV",
                href=rx.Var.create(f"/admin/costs.csv?days={CostsState.period}"),
                native=True,
                size="sm",
                icon="download",
                custom_attrs={"aria-label": "Download these costs as CSV"},
            ),
        ),
    )


def _costs() -> rx.Component:
    return rx.cond(
        CostsState.rows.length() > 0,
        panel(
            rx.Var.create(f"{CostsState.total} together"),
            "The dearest first. Figures are counted every five minutes.",
            card(rx.el.ul(rx.foreach(CostsState.rows, cost_line), class_name="divide-y divide-line px-4 py-1")),
        ),
        empty("coins", "No app cost anything", "Recipes cost nothing; models and builds are counted by day."),
    )
