"""The code tab: the files of the app to read; while a turn is written, its files as they come."""

import reflex as rx

from overskill.components.button import link_button
from overskill.components.editor.browser import CodeView, LiveCode
from overskill.components.icon import icon
from overskill.state.chat import ChatState
from overskill.state.code import CodeState, TreeRow
from overskill.state.editor import EditorState


def code_tab() -> rx.Component:
    return rx.cond(
        ChatState.following != "",
        LiveCode.create(turn_id=ChatState.following, key=ChatState.following),
        rx.el.div(
            rx.el.nav(
                rx.el.ul(rx.foreach(CodeState.tree, _row), class_name="min-h-0 flex-1 overflow-y-auto py-2"),
                rx.el.div(
                    link_button(
                        "Download as zip",
                        href=rx.Var.create(f"/studio/{EditorState.app_slug}/export.zip"),
                        native=True,
                        variant="ghost",
                        size="sm",
                        icon="download",
                        class_name="w-full justify-start!",
                        download=True,
                    ),
                    class_name="border-t border-line p-1.5",
                ),
                custom_attrs={"aria-label": "Files"},
                class_name=(
                    "flex max-h-52 shrink-0 flex-col border-line bg-canvas "
                    "max-sm:border-b sm:max-h-none sm:w-60 sm:border-r"
                ),
            ),
            rx.cond(
                CodeState.path != "",
                CodeView.create(path=CodeState.path, code=CodeState.code),
                rx.el.p("Choose a file to read.", class_name="grid flex-1 place-items-center p-8 text-sm text-faint"),
            ),
            class_name="flex min-h-0 flex-1 flex-col sm:flex-row",
        ),
    )


def _row(row: TreeRow) -> rx.Component:
    return rx.el.li(
        rx.el.button(
            rx.cond(
                row.is_folder,
                icon(
                    "chevron_right", size=13, class_name="opacity-70 transition-transform group-aria-expanded:rotate-90"
                ),
                icon("file_code_2", size=13, class_name="opacity-70"),
            ),
            rx.el.span(row.name, class_name="min-w-0 flex-1 truncate text-left"),
            type="button",
            title=row.path,
            on_click=rx.cond(row.is_folder, CodeState.toggle_folder(row.path), CodeState.open_file(row.path)),
            style={"paddingLeft": rx.Var.create(f"{row.depth * 14 + 12}px")},
            custom_attrs={
                "aria-current": CodeState.path == row.path,
                "aria-expanded": rx.cond(row.is_folder, row.is_open, rx.Var("undefined")),
            },
            class_name=(
                "group flex h-7 w-full items-center gap-2 pr-3 text-[13px] text-soft hover:bg-hover hover:text-ink "
                "focus-visible:outline-offset-[-2px] "
                "aria-[current=true]:bg-accent-soft aria-[current=true]:text-accent-ink"
            ),
        ),
    )
