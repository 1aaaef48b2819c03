"""Environment variables: public ones are part of the app, secret ones are written and never shown again."""

import reflex as rx

from overskill.components.button import button, icon_button, submit_button
from overskill.components.dialog import cancel_button, dialog, dialog_actions
from overskill.components.editor.settings.parts import code, refusal_of, section
from overskill.components.feedback import badge
from overskill.components.field import CONTROL, field, text_input
from overskill.components.menu import menu, menu_item, menu_separator
from overskill.components.tabs import segmented
from overskill.state.app_settings import ENVIRONMENTS, AppSettingsState, VariableRow
from overskill.state.editor import EditorState
from overskill.state.publish import PublishState

_ABOUT = {
    "preview": "For the live preview here, which a change loads anew, and for what is published to preview.",
    "staging": "For staging. What is published or moved there next has them.",
    "production": "For what visitors see. What is published or moved there next has them.",
}


def variables() -> rx.Component:
    return section(
        "Environment variables",
        "Names that begin with VITE_ are public: the app reads them as import.meta.env.VITE_…, as can every visitor. "
        "All others are secret: kept encrypted, in no bundle, and never shown again. Only the app's server code, "
        "server/index.ts, reads them, as env.NAME.",
        rx.el.p(
            rx.match(AppSettingsState.environment, *_ABOUT.items(), ""),
            class_name="border-b border-line bg-canvas px-5 py-3 text-[13px] text-soft sm:px-6",
        ),
        rx.cond(
            AppSettingsState.variables.length() > 0,
            rx.el.ul(rx.foreach(AppSettingsState.variables, _variable), class_name="divide-y divide-line"),
            rx.el.p(
                "No variables here yet. Add the first one below, or paste a whole .env.",
                class_name="px-5 py-6 text-sm text-faint sm:px-6",
            ),
        ),
        _form(),
        rx.cond(PublishState.live_places.contains(AppSettingsState.environment), _apply(), rx.fragment()),
        aside=segmented(
            "Environment",
            AppSettingsState.environment,
            [(key, words, "") for key, words in ENVIRONMENTS],
            AppSettingsState.choose_environment,  # type: ignore[arg-type]  # Reflex types handlers as uncallable
        ),
        key="variables",
    )


def _apply() -> rx.Component:
    return rx.el.div(
        rx.el.p(
            "What is live has the variables that it was published with. Give it those above; nothing is built.",
            class_name="min-w-0 flex-1 basis-56 text-[13px] text-soft",
        ),
        button(
            "Apply to what is live",
            size="sm",
            icon="rocket",
            busy=PublishState.is_busy,
            on_click=[PublishState.apply_variables(AppSettingsState.environment), EditorState.show_tab("publish")],
        ),
        class_name="flex flex-wrap items-center gap-3 border-t border-line bg-canvas px-5 py-3 sm:px-6",
    )


def _variable(row: VariableRow) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.div(
                code(row.name, "break-all font-medium text-ink"),
                rx.cond(row.is_public, badge("Public"), badge("Secret", icon="lock")),
                rx.cond(
                    row.is_readable,
                    rx.fragment(),
                    badge("Can't be read: set it again", tone="warning", icon="triangle_alert"),
                ),
                class_name="flex flex-wrap items-center gap-2",
            ),
            code(rx.cond(row.is_public, row.value, "••••••••••••"), "mt-1 block truncate text-faint"),
            class_name="min-w-0 flex-1",
        ),
        menu(
            icon_button(
                "ellipsis", "More", size="sm", custom_attrs={"aria-label": rx.Var.create(f"More about {row.name}")}
            ),
            *[
                rx.cond(
                    AppSettingsState.environment == key,
                    rx.fragment(),
                    menu_item(
                        f"Copy to {words.lower()}",
                        icon="copy",
                        on_select=AppSettingsState.copy_variable(row.id, key),
                    ),
                )
                for key, words in ENVIRONMENTS
            ],
            menu_separator(),
            menu_item("Remove", icon="trash_2", danger=True, on_select=AppSettingsState.remove_variable(row.id)),
        ),
        key=row.id,
        class_name="flex items-center gap-3 px-5 py-3 sm:px-6",
    )


def _form() -> rx.Component:
    return rx.el.form(
        rx.el.div(
            field(
                "Name",
                text_input(
                    "name",
                    id="variable-name",
                    required=True,
                    max_length=64,
                    placeholder="VITE_API_URL",
                    auto_complete="off",
                    spell_check=False,
                    class_name="font-mono",
                ),
                error=refusal_of("variable.name"),
            ),
            field(
                "Value",
                text_input(
                    "value",
                    id="variable-value",
                    required=True,
                    max_length=4000,
                    auto_complete="off",
                    spell_check=False,
                    class_name="font-mono",
                ),
                error=refusal_of("variable.value"),
            ),
            class_name="grid items-start gap-4 @md:grid-cols-2",
        ),
        rx.el.div(
            rx.el.p(
                "A name that is there already gets the value.",
                class_name="min-w-0 flex-1 basis-56 text-[13px] text-faint",
            ),
            _paste_dialog(),
            submit_button("Set variable"),
            class_name="flex flex-wrap items-center justify-end gap-2",
        ),
        key=f"{AppSettingsState.environment}{AppSettingsState.saved}",
        on_submit=AppSettingsState.set_variable,
        class_name="flex flex-col gap-4 border-t border-line p-5 sm:p-6",
    )


def _paste_dialog() -> rx.Component:
    return dialog(
        "Paste a .env file",
        rx.Var.create(
            f"Each line becomes a variable of {AppSettingsState.environment}. What has the same name is set."
        ),
        rx.el.form(
            field(
                "Lines",
                rx.el.textarea(
                    name="pasted",
                    rows=8,
                    required=True,
                    auto_focus=True,
                    spell_check=False,
                    placeholder="VITE_API_URL=https://api.example.com\nSTRIPE_KEY=…",
                    custom_attrs={"id": "variables-pasted"},
                    class_name=f"{CONTROL} px-3 py-2 font-mono leading-relaxed",
                ),
                error=refusal_of("paste.pasted"),
            ),
            dialog_actions(cancel_button(), submit_button("Set all")),
            on_submit=AppSettingsState.paste,
            class_name="mt-5",
        ),
        trigger=button("Paste .env", icon="clipboard_paste"),
    )
