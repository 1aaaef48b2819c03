"""The npm packages of the app."""

import reflex as rx

from overskill.components.button import button, icon_button, submit_button
from overskill.components.editor.settings.parts import code, section
from overskill.components.feedback import badge
from overskill.components.field import field, text_input
from overskill.state.app_packages import LONGEST_SPEC, AppPackagesState
from overskill.state.app_settings import AppSettingsState, PackageRow


def packages() -> rx.Component:
    return section(
        "Packages",
        "What the code imports. Sizes are of whole packages, compressed; of most, an app takes only a part along.",
        rx.el.ul(rx.foreach(AppSettingsState.packages, _package), class_name="divide-y divide-line"),
        rx.cond(AppSettingsState.may_change, _form(), rx.fragment()),
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
                " ",
                rx.el.span(row.version, class_name="whitespace-nowrap text-[13px] tabular-nums text-faint"),
                class_name="wrap-anywhere",
            ),
            rx.cond(
                row.used_by != "",
                rx.el.p(row.used_by, title=row.files, class_name="mt-0.5 truncate text-[13px] text-faint"),
                rx.fragment(),
            ),
            class_name="min-w-0 basis-full @md:flex-1 @md:basis-56",
        ),
        rx.cond(
            row.is_available,
            rx.fragment(
                rx.cond(row.is_added, badge("Added"), rx.fragment()),
                rx.cond(row.used_by == "", badge("Not imported"), rx.fragment()),
            ),
            badge("Not available here", tone="warning", icon="triangle_alert"),
        ),
        rx.el.div(
            rx.el.span(row.licence, class_name="truncate @md:w-24 @md:text-right"),
            rx.el.span(row.size, class_name="tabular-nums @md:w-16 @md:text-right"),
            class_name="flex gap-3 text-[13px] text-soft @md:ml-auto @md:gap-0",
        ),
        rx.cond(
            row.is_added & AppSettingsState.may_change,
            icon_button(
                "trash_2",
                "Remove",
                size="sm",
                on_click=AppPackagesState.remove(row.name),
                custom_attrs={"aria-label": rx.Var.create(f"Remove {row.name}")},
            ),
            rx.fragment(),
        ),
        key=row.name,
        class_name="flex flex-wrap items-center gap-x-4 gap-y-1 px-5 py-3 sm:px-6",
    )


def _form() -> rx.Component:
    return rx.el.form(
        field(
            "Another npm package",
            text_input(
                "package",
                id="package-name",
                required=True,
                max_length=LONGEST_SPEC,
                placeholder="three or three@0.187.0",
                auto_complete="off",
                spell_check=False,
                class_name="font-mono",
            ),
            error=rx.cond(AppPackagesState.refusal != "", AppPackagesState.refusal, ""),
        ),
        rx.el.div(
            rx.el.p(
                "Its name, licence, age and size are checked first, and what is known against it.",
                class_name="min-w-0 flex-1 basis-56 text-[13px] text-faint",
            ),
            submit_button("Add package", busy=AppPackagesState.is_adding),
            class_name="flex flex-wrap items-center justify-end gap-2",
        ),
        key=f"package-{AppPackagesState.added}",
        on_submit=AppPackagesState.add,
        class_name="flex flex-col gap-4 border-t border-line p-5 sm:p-6",
    )
