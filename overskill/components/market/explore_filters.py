"""What listings are narrowed by, as links: beside the list, on phones in a sheet, and as chips once they are chosen."""

import reflex as rx
from reflex_components_radix.primitives.dialog import (
    DialogClose,
    DialogContent,
    DialogDescription,
    DialogOverlay,
    DialogPortal,
    DialogRoot,
    DialogTitle,
    DialogTrigger,
)

from overskill.components.button import button, icon_button
from overskill.components.icon import icon
from overskill.components.market.money import money
from overskill.components.tabs import link_row
from overskill.state.explore import ExploreState
from overskill.state.explore_options import Option

_ICONS = (
    "layout_grid",
    "list_checks",
    "briefcase",
    "wallet",
    "heart_pulse",
    "graduation_cap",
    "leaf",
    "utensils",
    "plane",
    "ticket",
    "gamepad_2",
    "globe",
    "wrench",
)


def filter_sidebar() -> rx.Component:
    return rx.el.aside(
        rx.el.nav(
            _title("Categories"),
            rx.el.ul(rx.foreach(ExploreState.categories, _category), class_name="flex flex-col gap-0.5"),
            custom_attrs={"aria-label": "Categories"},
        ),
        _groups(),
        custom_attrs={"aria-label": "Filters"},
        class_name="hidden w-56 shrink-0 flex-col gap-7 lg:flex",
    )


def category_chips() -> rx.Component:
    """In place of the sidebar, on a smaller screen."""
    return link_row(
        rx.foreach(ExploreState.categories, _category_chip),
        label="Categories",
        class_name="-mx-4 flex gap-2 px-4 pb-1 sm:-mx-6 sm:px-6 lg:hidden",
    )


def chosen_chips() -> rx.Component:
    return rx.cond(
        ExploreState.chosen.length() > 0,
        rx.el.div(
            rx.foreach(ExploreState.chosen, _chosen_chip),
            rx.el.a(
                "Clear all",
                href=ExploreState.cleared,
                class_name="px-1.5 text-[13px] font-medium text-accent-ink hover:underline",
            ),
            class_name="flex flex-wrap items-center gap-2",
        ),
        rx.fragment(),
    )


def filter_sheet() -> rx.Component:
    """From below; it stays open while filters are tried, and its button says what they find."""
    return DialogRoot.create(
        DialogTrigger.create(
            button(
                "Filters",
                rx.cond(
                    ExploreState.chosen.length() > 0,
                    rx.el.span(
                        ExploreState.chosen.length(),
                        class_name=(
                            "grid size-5 place-items-center rounded-full bg-accent text-[11px] font-semibold "
                            "text-on-accent"
                        ),
                    ),
                    rx.fragment(),
                ),
                icon="sliders_horizontal",
                size="sm",
            ),
            as_child=True,
        ),
        DialogPortal.create(
            DialogOverlay.create(class_name="fixed inset-0 z-50 bg-backdrop backdrop-blur-[2px] animate-fade"),
            DialogContent.create(
                rx.el.div(
                    DialogTitle.create("Filters", class_name="text-base font-semibold text-ink"),
                    DialogClose.create(icon_button("x", "Close", size="sm"), as_child=True),
                    class_name="flex items-center justify-between gap-4",
                ),
                DialogDescription.create("Each choice takes effect at once.", class_name="text-sm text-soft"),
                rx.el.div(_groups(), class_name="flex flex-col gap-6 py-5"),
                DialogClose.create(
                    button("Show ", ExploreState.count, variant="primary", size="lg", class_name="w-full"),
                    as_child=True,
                ),
                class_name=(
                    "fixed inset-x-0 bottom-0 z-50 max-h-[85dvh] overflow-auto rounded-t-2xl border border-line "
                    "bg-surface p-5 shadow-overlay animate-rise focus:outline-none"
                ),
            ),
        ),
    )


def sort_links() -> rx.Component:
    def link(option: Option) -> rx.Component:
        return rx.el.a(
            option.words,
            href=option.href,
            custom_attrs={"aria-current": rx.cond(option.is_on, "true", "false"), "data-on": option.is_on},
            class_name=(
                "inline-flex h-7.5 items-center whitespace-nowrap rounded-md px-2.5 text-[13px] font-medium text-soft "
                "transition-colors duration-150 hover:text-ink data-[on=true]:bg-surface data-[on=true]:text-ink "
                "data-[on=true]:shadow-card dark:data-[on=true]:bg-strong"
            ),
        )

    return link_row(
        rx.foreach(ExploreState.sorts, link),
        label="Order",
        class_name="flex items-center gap-0.5 rounded-lg bg-hover p-0.5",
    )


def _groups() -> rx.Component:
    return rx.fragment(
        *[
            rx.el.nav(
                _title(title),
                rx.el.ul(rx.foreach(options, _option), class_name="flex flex-col gap-0.5"),
                custom_attrs={"aria-label": title},
            )
            for title, options in (
                ("Price", ExploreState.prices),
                ("Rating", ExploreState.ratings),
                ("What you get", ExploreState.licenses),
                ("Payment", ExploreState.models),
            )
        ]
    )


def _title(words: str) -> rx.Component:
    return rx.el.h2(words, class_name="mb-1.5 px-2.5 text-xs font-semibold text-faint")


_LINK = (
    "flex min-h-8.5 items-center gap-2.5 rounded-lg px-2.5 text-sm text-soft transition-colors duration-150 "
    "hover:bg-hover hover:text-ink data-[on=true]:bg-accent-soft data-[on=true]:font-medium "
    "data-[on=true]:text-accent-ink"
)


def _option(option: Option) -> rx.Component:
    return rx.el.li(
        rx.el.a(
            _words(option),
            rx.cond(option.is_on, icon("check", size=15, class_name="ml-auto"), rx.fragment()),
            href=option.href,
            custom_attrs=_state(option),
            class_name=_LINK,
        )
    )


def _category(option: Option) -> rx.Component:
    return rx.el.li(
        rx.el.a(
            _icon(option),
            rx.el.span(option.words, class_name="truncate"),
            rx.cond(
                option.count > 0,
                rx.el.span(option.count.to_string(), class_name="ml-auto text-xs tabular-nums text-faint"),
                rx.fragment(),
            ),
            href=option.href,
            custom_attrs=_state(option),
            class_name=_LINK,
        )
    )


def _category_chip(option: Option) -> rx.Component:
    return rx.el.a(
        _icon(option),
        option.words,
        href=option.href,
        custom_attrs=_state(option),
        class_name=(
            "inline-flex h-9 shrink-0 items-center gap-2 rounded-full border border-line bg-surface px-3.5 text-[13px] "
            "font-medium text-soft shadow-card transition-colors duration-150 hover:border-strong hover:text-ink "
            "data-[on=true]:border-transparent data-[on=true]:bg-accent-soft data-[on=true]:text-accent-ink"
        ),
    )


def _chosen_chip(option: Option) -> rx.Component:
    return rx.el.a(
        _words(option),
        icon("x", size=13),
        rx.el.span("Take away this filter", class_name="sr-only"),
        href=option.href,
        class_name=(
            "inline-flex h-7.5 items-center gap-1.5 rounded-full bg-accent-soft pl-3 pr-2 text-[13px] font-medium "
            "text-accent-ink hover:bg-hover"
        ),
    )


def _words(option: Option) -> rx.Component:
    amount = rx.fragment(" ", money(option.amount, ExploreState.currency, short=True))
    return rx.el.span(option.words, rx.cond(option.amount > 0, amount, rx.fragment()))


def _state(option: Option) -> dict[str, rx.Var[str] | rx.Var[bool]]:
    return {"aria-current": rx.cond(option.is_on, "true", "false"), "data-on": option.is_on}


def _icon(option: Option) -> rx.Component:
    return rx.match(option.icon, *[(name, icon(name, size=15)) for name in _ICONS], rx.fragment())
