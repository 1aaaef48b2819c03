"""Credits at a glance: what is left, and a month of use as bars."""

from typing import Literal

import reflex as rx

from overskill.components.icon import icon
from overskill.state.credits import AppBar, CreditsLeftState, CreditsState, DayBar

_PARTS: tuple[tuple[Literal["plan", "build", "fix", "other"], str, str], ...] = (
    ("plan", "Plan", "bg-positive"),
    ("build", "Build", "bg-accent"),
    ("fix", "Fix", "bg-warning"),
    ("other", "Other", "bg-faint/60"),
)


def credits_left() -> rx.Component:
    """A link to the credits page that says how many are left. The page that has it sees to CreditsLeftState."""
    return rx.el.a(
        icon("coins", size=15),
        rx.cond(
            CreditsLeftState.left != "",
            rx.fragment(rx.el.span(CreditsLeftState.left, class_name="tabular-nums"), rx.el.span(" left")),
            "Credits",
        ),
        href="/settings/credits",
        custom_attrs={"data-low": CreditsLeftState.is_low, "data-tip": "Your credits", "aria-label": _spoken()},
        class_name=(
            "tip inline-flex h-8 items-center gap-1.5 whitespace-nowrap rounded-lg px-2.5 text-[13px] font-medium "
            "text-soft transition-colors duration-150 hover:bg-hover hover:text-ink data-[low=true]:text-warning"
        ),
    )


def credits_words() -> rx.Component:
    """For a line of a menu: the word on the left, the amount on the right."""
    return rx.el.span(
        "Credits",
        rx.el.span(CreditsLeftState.left, class_name="text-[13px] tabular-nums text-faint"),
        on_mount=CreditsLeftState.load,
        class_name="flex flex-1 items-center justify-between gap-4",
    )


def _spoken() -> rx.Var[str]:
    return rx.cond(CreditsLeftState.left != "", f"Credits: {CreditsLeftState.left} left", "Credits")


def use_chart() -> rx.Component:
    """A bar a day, stacked by what the credits were for; the same as a table below."""
    return rx.el.div(
        rx.el.div(
            _scale(),
            rx.el.div(
                rx.foreach(CreditsState.days, _day),
                role="img",
                custom_attrs={"aria-label": f"{CreditsState.spent} in the last 30 days; the table below says when"},
                class_name=(
                    "relative flex h-40 min-w-0 flex-1 items-end gap-px border-b border-strong sm:gap-1 "
                    "bg-[linear-gradient(var(--line)_1px,transparent_1px)] bg-size-[100%_50%]"
                ),
            ),
            class_name="flex gap-3",
        ),
        rx.el.div(
            rx.el.span(CreditsState.days[0].day),
            rx.el.span("Today"),
            custom_attrs={"aria-hidden": "true"},
            class_name="mt-1.5 flex justify-between pl-11 text-xs text-faint",
        ),
        rx.el.div(
            rx.el.ul(*[_legend(words, colour) for _, words, colour in _PARTS], class_name="flex flex-wrap gap-4"),
            class_name="mt-4",
        ),
        _table(),
    )


def _scale() -> rx.Component:
    return rx.el.div(
        rx.el.span(CreditsState.top, class_name="-translate-y-1/2"),
        rx.el.span(CreditsState.middle),
        rx.el.span("0", class_name="translate-y-1/2"),
        custom_attrs={"aria-hidden": "true"},
        class_name="flex h-40 w-8 flex-col justify-between text-right text-xs tabular-nums text-faint",
    )


def _day(day: DayBar) -> rx.Component:
    heights = {"plan": day.plan_height, "build": day.build_height, "fix": day.fix_height, "other": day.other_height}
    return rx.el.div(
        *[
            rx.el.div(class_name=f"w-full shrink-0 {colour}", style={"height": heights[part]})
            for part, _, colour in reversed(_PARTS)
        ],
        custom_attrs={"data-tip": day.words, "data-side": "top"},
        class_name=(
            "tip flex h-full min-w-0 flex-1 flex-col justify-end rounded-t-[3px] transition-colors duration-150 "
            "hover:bg-hover last:[&::after]:left-auto last:[&::after]:right-0 last:[&::after]:transform-none!"
        ),
    )


def _legend(words: str, colour: str) -> rx.Component:
    return rx.el.li(
        rx.el.span(class_name=f"size-2.5 rounded-[3px] {colour}"),
        words,
        class_name="flex items-center gap-1.5 text-[13px] text-soft",
    )


def _table() -> rx.Component:
    heading = "py-1.5 pl-4 text-right font-medium first:pl-0 first:text-left"
    return rx.el.details(
        rx.el.summary(
            "As a table",
            class_name="w-fit cursor-pointer rounded-md text-[13px] font-medium text-accent-ink hover:underline",
        ),
        rx.el.div(
            rx.el.table(
                rx.el.caption("Credits used, by day", class_name="sr-only"),
                rx.el.thead(
                    rx.el.tr(
                        *[
                            rx.el.th(words, scope="col", class_name=heading)
                            for words in ("Day", *(words for _, words, _ in _PARTS))
                        ],
                        class_name="border-b border-line text-faint",
                    )
                ),
                rx.el.tbody(rx.foreach(CreditsState.days, _table_row)),
                class_name="w-full text-[13px] tabular-nums text-soft",
            ),
            class_name="mt-2 max-h-72 overflow-auto",
        ),
        class_name="mt-4",
    )


def _table_row(day: DayBar) -> rx.Component:
    cell = "py-1 pl-4 text-right"
    return rx.cond(
        day.is_empty,
        rx.fragment(),
        rx.el.tr(
            rx.el.th(day.day, scope="row", class_name="py-1 text-left font-medium text-ink"),
            *[rx.el.td(figure, class_name=cell) for figure in (day.plan, day.build, day.fix, day.other)],
            class_name="border-b border-line last:border-0",
        ),
    )


def app_bars() -> rx.Component:
    return rx.el.ul(rx.foreach(CreditsState.apps, _app_bar), class_name="flex flex-col gap-3.5")


def _app_bar(app: AppBar) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.cond(
                app.slug != "",
                rx.el.a(
                    app.name, href=f"/studio/{app.slug}", class_name="truncate font-medium text-ink hover:underline"
                ),
                rx.el.span(app.name, class_name="truncate font-medium text-ink"),
            ),
            rx.el.span(app.words, class_name="shrink-0 tabular-nums text-faint"),
            class_name="flex items-baseline justify-between gap-3 text-[13px]",
        ),
        rx.el.div(
            rx.el.div(class_name="h-full rounded-full bg-accent", style={"width": app.width}),
            custom_attrs={"aria-hidden": "true"},
            class_name="mt-1.5 h-1.5 overflow-hidden rounded-full bg-hover",
        ),
    )
