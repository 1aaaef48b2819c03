"""The bar over the editor: which app this is, how it stands, and what can be done with all of it."""

import reflex as rx

from overskill.components.button import button, link_button, submit_button
from overskill.components.credits import credits_left
from overskill.components.dialog import cancel_button, dialog, dialog_actions
from overskill.components.editor.browser import OpenPalette, People
from overskill.components.feedback import badge
from overskill.components.field import field, text_input
from overskill.components.icon import icon
from overskill.components.layout import account_menu
from overskill.state.editor import LONGEST_APP_NAME, EditorState
from overskill.state.publish import PublishState


def editor_bar() -> rx.Component:
    return rx.el.header(
        rx.el.a(
            icon("chevron_left", size=18),
            href="/studio",
            custom_attrs={"aria-label": "My apps", "data-tip": "My apps", "data-side": "right"},
            class_name=(
                "tip grid size-8.5 shrink-0 place-items-center rounded-lg text-soft hover:bg-hover hover:text-ink"
            ),
        ),
        rx.el.img(src=EditorState.logo, alt="", class_name="size-7 shrink-0 rounded-lg"),
        rx.el.h1(
            rx.el.button(
                EditorState.name,
                type="button",
                title="Rename",
                on_click=EditorState.set_renaming(True),
                class_name=(
                    "max-w-full truncate rounded-md px-1.5 py-1 text-[15px] font-semibold text-ink hover:bg-hover"
                ),
            ),
            class_name="min-w-0",
        ),
        _status(),
        rx.el.div(class_name="flex-1"),
        People.create(slug=EditorState.app_slug, tab=EditorState.tab),
        OpenPalette.create(),
        rx.el.div(credits_left(), class_name="hidden lg:block"),
        _undo_button(),
        rx.cond(
            PublishState.is_live,
            rx.el.div(
                link_button(
                    "Open",
                    href=PublishState.live_url,
                    native=True,
                    variant="ghost",
                    size="sm",
                    icon="external_link",
                    target="_blank",
                    rel="noreferrer",
                ),
                class_name="hidden md:block",
            ),
            rx.fragment(),
        ),
        button(
            "Publish",
            variant="primary",
            size="sm",
            icon="rocket",
            on_click=EditorState.show_tab("publish"),
            class_name="max-sm:px-2.5!",
        ),
        rx.el.div(account_menu(), class_name="ml-1 hidden sm:block"),
        rename_dialog(),
        class_name="flex h-14 shrink-0 items-center gap-2 border-b border-line bg-surface pl-2 pr-3",
    )


def _status() -> rx.Component:
    return rx.el.div(
        rx.match(
            rx.cond(
                EditorState.is_running,
                "working",
                rx.cond(
                    EditorState.suspended != "",
                    "suspended",
                    rx.cond(EditorState.is_archived, "archived", rx.cond(PublishState.is_live, "live", "draft")),
                ),
            ),
            ("working", badge("Working", tone="accent", dot=True)),
            ("suspended", badge("Suspended", tone="danger", icon="ban")),
            ("archived", badge("In the archive", icon="archive")),
            (
                "live",
                rx.cond(
                    PublishState.has_changes,
                    badge("Live, with unpublished changes", tone="warning", dot=True),
                    badge("Live", tone="positive", dot=True),
                ),
            ),
            badge("Draft"),
        ),
        class_name="ml-1 hidden shrink-0 sm:block",
    )


def rename_dialog() -> rx.Component:
    return dialog(
        "Rename the app",
        "Its address stays the same, so links keep working.",
        rx.el.form(
            field(
                "Name",
                text_input(
                    "name",
                    id="app-name",
                    default_value=EditorState.name,
                    max_length=LONGEST_APP_NAME,
                    required=True,
                    auto_focus=True,
                    auto_complete="off",
                ),
            ),
            dialog_actions(cancel_button(), submit_button("Rename")),
            on_submit=EditorState.rename,
            class_name="mt-5",
        ),
        open=EditorState.is_renaming,
        on_open_change=EditorState.set_renaming,
    )


def _undo_button() -> rx.Component:
    return rx.el.button(
        icon("undo_2", size=16),
        type="button",
        on_click=EditorState.undo,
        disabled=(EditorState.version < 2) | EditorState.is_running,
        custom_attrs={"aria-label": "Undo the last change", "data-tip": "Undo the last change", "data-side": "bottom"},
        class_name=(
            "tip grid size-8.5 place-items-center rounded-lg text-soft transition-colors duration-150 "
            "hover:bg-hover hover:text-ink disabled:pointer-events-none disabled:opacity-40"
        ),
    )
