"""The npm packages of the app."""

import reflex as rx

from overskill.components.button import button
from overskill.components.editor.settings.parts import code, section
from overskill.components.feedback import badge
from overskill.state.app_settings import AppSettingsState, PackageRow


def packages() -> rx.Component:
    return section(
        "Packages",
        "What the code imports. Sizes are of whole packages, compressed; of most, an app takes only a part along.",
        rx.el.ul(rx.foreach(AppSettingsState.packages, _package), class_name="divide-y divide-line"),
        aside=rx.cond(
            AppSettingsState.needs_tidying,
            button("Tidy up package.json", size="sm", icon="list_checks", on_click=AppSettingsState.tidy_packages),
            rx.fragment(),
        ),
        key="packages",
    )


def _package(row: PackageRow) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.p(
                code(row.name, "font-medium text-ink"),
                rx.el.span(" ", row.version, class_name="text-[13px] tabular-nums text-faint"),
                class_name="break-all",
            ),
            rx.cond(
                row.used_by != "",
                rx.el.p(row.used_by, title=row.files, class_name="mt-0.5 truncate text-[13px] text-faint"),
                rx.fragment(),
            ),
            class_name="min-w-0 flex-1 basis-56",
        ),
        rx.cond(
            row.is_available,
            rx.cond(row.used_by == "", badge("Not imported"), rx.fragment()),
            badge("Not available here", tone="warning", icon="triangle_alert"),
        ),
        rx.el.div(
            rx.el.span(row.licence, class_name="truncate @md:w-24 @md:text-right"),
            rx.el.span(row.size, class_name="tabular-nums @md:w-16 @md:text-right"),
            class_name="flex gap-3 text-[13px] text-soft @md:ml-auto @md:gap-0",
        ),
        key=row.name,
        class_name="flex flex-wrap items-center gap-x-4 gap-y-1 px-5 py-3 sm:px-6",
    )
