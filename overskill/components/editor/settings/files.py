"""The project as a zip, out and in."""

import reflex as rx

from overskill.components.button import link_button
from overskill.components.editor.settings.browser import ImportProject
from overskill.components.editor.settings.parts import section
from overskill.state.app_settings import AppSettingsState
from overskill.state.editor import EditorState


def project_files() -> rx.Component:
    return section(
        "Export and import",
        "The app is a plain Vite and React project. Take it along, work on it elsewhere, bring it back.",
        rx.el.div(
            rx.el.p(
                "A zip that runs anywhere with npm ci and npm run dev. No secrets are in it.",
                class_name="min-w-0 flex-1 basis-60 text-sm text-soft",
            ),
            link_button(
                "Export",
                href=rx.Var.create(f"/studio/{AppSettingsState.slug}/export.zip"),
                native=True,
                icon="download",
            ),
            class_name="flex flex-wrap items-center gap-3 px-5 py-4 sm:px-6",
        ),
        rx.el.div(
            rx.el.p(
                "Replace the app's files by those of a zip, as the next version. You see first what is taken.",
                class_name="min-w-0 flex-1 basis-60 text-sm text-soft",
            ),
            ImportProject.create(slug=AppSettingsState.slug, on_done=EditorState.refresh),
            class_name="flex flex-wrap items-center gap-3 border-t border-line px-5 py-4 sm:px-6",
        ),
        key="files",
    )
