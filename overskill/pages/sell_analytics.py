"""What became of a creator's listings: by day, against the days before, each currency on its own."""

import reflex as rx

from overskill.components.button import link_button
from overskill.components.card import card
from overskill.components.chart import Series, chart
from overskill.components.feedback import skeleton
from overskill.components.icon import icon
from overskill.components.market.desk import desk_page
from overskill.components.market.money import money
from overskill.components.tabs import segmented
from overskill.components.words import Words
from overskill.state.sell_analytics import MOST_POINTS, FigureCard, ListingFiguresRow, RevenueRow, SellAnalyticsState

RANGES = [("7", "7 days", ""), ("30", "30 days", ""), ("90", "90 days", ""), ("365", "A year", "")]


def sell_analytics_page() -> rx.Component:
    return desk_page(
        "analytics",
        "Analytics",
        rx.cond(SellAnalyticsState.title != "", SellAnalyticsState.title, "All of your listings. Days are in UTC."),
        rx.el.div(
            segmented(
                "Which days",
                SellAnalyticsState.days.to_string(),
                RANGES,
                SellAnalyticsState.show_days,  # type: ignore[arg-type]  # Reflex types handlers as uncallable
            ),
            rx.cond(
                SellAnalyticsState.slug != "",
                rx.el.button(
                    icon("x", size=14),
                    "All listings",
                    type="button",
                    on_click=SellAnalyticsState.show_listing(""),
                    class_name="inline-flex items-center gap-1.5 text-sm font-medium text-accent-ink hover:underline",
                ),
                rx.fragment(),
            ),
            class_name="flex flex-wrap items-center justify-between gap-3",
        ),
        rx.cond(SellAnalyticsState.is_loaded, _figures(), _loading()),
        actions=(
            link_button(
                "CSV",
                href=rx.Var.create(
                    f"/sell/analytics.csv?days={SellAnalyticsState.days}&slug={SellAnalyticsState.slug}"
                ),
                native=True,
                size="sm",
                icon="download",
                custom_attrs={"aria-label": "Download these days as CSV"},
            ),
        ),
    )


def _loading() -> rx.Component:
    return rx.el.div(
        skeleton("h-24 w-full rounded-xl"),
        skeleton("h-72 w-full rounded-xl"),
        skeleton("h-72 w-full rounded-xl"),
        class_name="mt-6 flex flex-col gap-6",
    )


def _figures() -> rx.Component:
    return rx.el.div(
        rx.el.dl(
            rx.foreach(SellAnalyticsState.cards, _figure),
            class_name="grid grid-cols-2 gap-3 sm:grid-cols-3 lg:grid-cols-6",
        ),
        rx.cond(SellAnalyticsState.money.length() > 0, _revenue(), rx.fragment()),
        _chart_card(
            "Sales",
            rx.cond(
                SellAnalyticsState.days > MOST_POINTS,
                "Each week, against the year before.",
                "Against the same number of days before.",
            ),
            chart(
                "Sales",
                SellAnalyticsState.sales,
                [Series("sales", "These days"), Series("before", "The days before", tone="faint", dashed=True)],
                kind="area",
                nothing="Nothing was sold in these days.",
            ),
        ),
        _chart_card(
            "Visits",
            rx.cond(
                SellAnalyticsState.days > MOST_POINTS,
                "Views of the page, how many different people, and who tried the app, each week.",
                "Views of the page, how many different people, and who tried the app.",
            ),
            chart(
                "Views, visitors and try-outs",
                SellAnalyticsState.visits,
                [
                    Series("views", "Views"),
                    Series("visitors", "Visitors", tone="positive"),
                    Series("try_outs", "Try-outs", tone="warning"),
                ],
                nothing="Nobody looked in these days. Share the page's address.",
            ),
        ),
        _listings(),
        class_name="mt-6 flex flex-col gap-6",
    )


def _figure(row: FigureCard) -> rx.Component:
    return rx.el.div(
        rx.el.dt(row.name, class_name="text-[13px] text-faint"),
        rx.el.dd(
            rx.el.span(row.value, class_name="text-xl font-semibold tabular-nums tracking-tight text-ink"),
            rx.el.span(
                rx.cond(row.change != "", row.change, "–"),
                custom_attrs={"data-better": row.is_better, "title": "Against the days before"},
                class_name=rx.cond(
                    row.change == "",
                    "text-[13px] text-faint",
                    rx.cond(
                        row.is_better,
                        "text-[13px] tabular-nums text-positive",
                        "text-[13px] tabular-nums text-danger",
                    ),
                ),
            ),
            class_name="mt-1 flex flex-wrap items-baseline justify-between gap-x-2",
        ),
        key=row.name,
        class_name="rounded-xl border border-line bg-surface px-4 py-3 shadow-card",
    )


def _revenue() -> rx.Component:
    return _chart_card(
        "Revenue",
        "Without tax, before our fee. Each currency on its own.",
        rx.el.div(rx.foreach(SellAnalyticsState.money, _currency), class_name="mb-5 flex flex-wrap gap-2"),
        chart(
            "Revenue",
            SellAnalyticsState.revenue,
            [Series("revenue", "These days"), Series("before", "The days before", tone="faint", dashed=True)],
            kind="area",
            currency=SellAnalyticsState.currency,
            nothing="Nothing was earned in this currency in these days.",
        ),
    )


def _currency(row: RevenueRow) -> rx.Component:
    return rx.el.button(
        money(row.revenue, row.currency, class_name="text-sm font-semibold text-ink"),
        rx.cond(
            row.refunded > 0,
            rx.el.span(money(row.refunded, row.currency), " given back", class_name="text-[13px] text-faint"),
            rx.fragment(),
        ),
        type="button",
        on_click=SellAnalyticsState.show_currency(row.currency),
        custom_attrs={"aria-pressed": SellAnalyticsState.currency == row.currency},
        class_name=(
            "flex items-baseline gap-2 rounded-lg border border-line px-3 py-1.5 transition-colors duration-150 "
            "hover:border-strong aria-pressed:border-ring aria-pressed:bg-accent-soft"
        ),
    )


def _chart_card(title: str, text: Words, *children: rx.Component) -> rx.Component:
    return card(
        rx.el.h2(title, class_name="text-[15px] font-semibold"),
        rx.el.p(text, class_name="mb-5 mt-0.5 text-[13px] text-faint"),
        *children,
        class_name="min-w-0 p-5 sm:p-6",
    )


def _listings() -> rx.Component:
    return rx.cond(
        SellAnalyticsState.listings.length() > 0,
        card(
            rx.el.div(
                rx.el.table(
                    rx.el.thead(
                        rx.el.tr(
                            _heading("Listing", is_left=True),
                            *[_heading(name) for name in ("Views", "Try-outs", "Sales", "Conversion", "Revenue")],
                        )
                    ),
                    rx.el.tbody(rx.foreach(SellAnalyticsState.listings, _listing)),
                    class_name="w-full min-w-[36rem] text-sm",
                ),
                tab_index=0,
                role="region",
                custom_attrs={"aria-label": "Figures of each listing"},
                class_name="overflow-x-auto",
            ),
            class_name="overflow-hidden",
        ),
        rx.fragment(),
    )


def _heading(words: str, *, is_left: bool = False) -> rx.Component:
    side = "text-left" if is_left else "text-right"
    return rx.el.th(words, scope="col", class_name=f"px-4 py-3 {side} text-[13px] font-medium text-faint")


def _listing(row: ListingFiguresRow) -> rx.Component:
    cell = "px-4 py-3 text-right tabular-nums text-soft"
    return rx.el.tr(
        rx.el.th(
            rx.el.button(
                row.title,
                type="button",
                on_click=SellAnalyticsState.show_listing(row.slug),
                class_name="text-left font-medium text-ink hover:text-accent-ink hover:underline",
            ),
            scope="row",
            class_name="max-w-64 truncate px-4 py-3 text-left font-normal",
        ),
        rx.el.td(row.views, class_name=cell),
        rx.el.td(row.try_outs, class_name=cell),
        rx.el.td(row.sales, class_name=cell),
        rx.el.td(row.conversion, class_name=cell),
        rx.el.td(
            rx.cond(
                row.taken.length() > 0,
                rx.foreach(row.taken, lambda one: money(one.revenue, one.currency, class_name="block")),
                "–",
            ),
            class_name=cell,
        ),
        key=row.slug,
        class_name="border-t border-line",
    )
