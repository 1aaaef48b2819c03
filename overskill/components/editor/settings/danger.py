"""What changes much: a copy, another team, off the air, the archive, the end."""

import reflex as rx

from overskill.components.button import button, submit_button
from overskill.components.dialog import cancel_button, dialog, dialog_actions
from overskill.components.editor.settings.parts import refusal_of, section
from overskill.components.field import CONTROL, field, text_input
from overskill.state.app_settings import AppSettingsState, TeamChoice


def danger() -> rx.Component:
    return section(
        "Danger zone",
        rx.Var.create(f"The app belongs to {AppSettingsState.team}."),
        _row(
            "Duplicate",
            "An app of your own with the same files. Variables don't come along.",
            button("Duplicate", icon="copy", on_click=AppSettingsState.duplicate),
        ),
        rx.cond(AppSettingsState.teams.length() > 0, _move(), rx.fragment()),
        rx.cond(AppSettingsState.live_url != "", _take_offline(), rx.fragment()),
        _row(
            "Archive",
            "Out of the way among your apps, but kept, and live where it is published.",
            button("Archive", icon="archive", on_click=AppSettingsState.archive),
        ),
        _row("Delete", "Off the air at once. For 30 days you can bring it back; then it is gone.", _delete()),
        key="danger",
    )


def _row(title: str, text: str, action: rx.Component) -> rx.Component:
    return rx.el.div(
        rx.el.div(
            rx.el.h3(title, class_name="text-sm font-medium text-ink"),
            rx.el.p(text, class_name="mt-0.5 text-[13px] leading-relaxed text-faint"),
            class_name="min-w-0 flex-1 basis-60",
        ),
        action,
        class_name="flex flex-wrap items-center gap-3 border-t border-line px-5 py-4 first:border-t-0 sm:px-6",
    )


def _move() -> rx.Component:
    def choice(team: TeamChoice) -> rx.Component:
        return rx.el.option(team.name, value=team.id)

    return _row(
        "Move to another team",
        "Its people can open it then, and its credits pay for it.",
        rx.el.form(
            rx.el.select(
                rx.foreach(AppSettingsState.teams, choice),
                name="team",
                custom_attrs={"aria-label": "Team"},
                class_name=f"{CONTROL} h-9.5 w-44 px-2.5",
            ),
            submit_button("Move", variant="secondary"),
            on_submit=AppSettingsState.move,
            class_name="flex gap-2",
        ),
    )


def _take_offline() -> rx.Component:
    return _row(
        "Take it offline",
        "Visitors find nothing at its address until you publish it again.",
        dialog(
            "Take the app offline?",
            "Its address answers that there is no app. Nothing else is lost: publish it again whenever you like.",
            dialog_actions(
                cancel_button(), button("Take it offline", variant="danger", on_click=AppSettingsState.take_offline)
            ),
            trigger=button("Take it offline", variant="danger", icon="cloud_off"),
        ),
    )


def _delete() -> rx.Component:
    return dialog(
        "Delete this app?",
        "It is taken off the air at once. For 30 days you can bring it back under My apps; then it is gone, with its "
        "versions.",
        rx.el.form(
            field(
                "Type the app's name to confirm",
                text_input(
                    "confirmed",
                    id="delete-confirmed",
                    required=True,
                    auto_focus=True,
                    auto_complete="off",
                    placeholder=AppSettingsState.name,
                ),
                error=refusal_of("delete.confirmed"),
            ),
            dialog_actions(cancel_button("Keep it"), submit_button("Delete", variant="danger", icon="trash_2")),
            on_submit=AppSettingsState.delete,
            class_name="mt-5",
        ),
        trigger=button("Delete", variant="danger", icon="trash_2"),
    )
