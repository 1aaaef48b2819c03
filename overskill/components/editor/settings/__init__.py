"""The settings tab: what the app is called and where it is, its variables, its packages, and its end."""

import reflex as rx

from overskill.components.editor.settings.danger import danger
from overskill.components.editor.settings.files import project_files
from overskill.components.editor.settings.general import addresses, general
from overskill.components.editor.settings.packages import packages
from overskill.components.editor.settings.repository import repository
from overskill.components.editor.settings.variables import variables
from overskill.components.feedback import callout, skeleton
from overskill.state.app_settings import AppSettingsState


def settings_tab() -> rx.Component:
    return rx.el.div(
        rx.cond(AppSettingsState.is_loaded, _sections(), _loading()),
        class_name="relative min-h-0 flex-1 overflow-y-auto",  # what is hidden in it must not make the page longer
    )


def _sections() -> rx.Component:
    return rx.el.div(
        rx.cond(
            AppSettingsState.may_change,
            rx.fragment(),
            callout("You can look at this app but not change it. Ask its owner for the editor role."),
        ),
        rx.el.fieldset(
            general(),
            addresses(),
            variables(),
            packages(),
            project_files(),
            repository(),
            rx.cond(AppSettingsState.may_change, danger(), rx.fragment()),
            disabled=~AppSettingsState.may_change,
            class_name="flex min-w-0 flex-col gap-10",
        ),
        class_name="@container mx-auto flex w-full max-w-3xl flex-col gap-6 px-4 py-6 sm:px-6 sm:py-8",
    )


def _loading() -> rx.Component:
    return rx.el.div(
        *[skeleton("h-44 w-full rounded-xl") for _ in range(3)],
        role="status",
        custom_attrs={"aria-label": "Reading the settings"},
        class_name="mx-auto flex w-full max-w-3xl flex-col gap-10 px-4 py-8 sm:px-6",
    )
