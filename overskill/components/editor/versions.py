"""The versions tab: every turn and every restore, and the way back to each."""

import reflex as rx

from overskill.components.button import button
from overskill.components.editor.browser import time_ago
from overskill.components.feedback import badge, empty
from overskill.components.icon import icon
from overskill.state.editor import EditorState, VersionRow


def versions_tab() -> rx.Component:
    return rx.el.div(
        rx.cond(
            EditorState.versions.length() > 0,
            rx.el.div(
                rx.el.div(
                    rx.el.h2("Versions", class_name="text-[15px] font-semibold"),
                    rx.el.p(
                        "Each turn makes one. Restoring loses nothing: what you go back to becomes the newest version.",
                        class_name="mt-1 text-sm text-soft",
                    ),
                    class_name="pb-5",
                ),
                rx.el.ol(rx.foreach(EditorState.versions, _version), class_name="flex flex-col"),
                class_name="mx-auto w-full max-w-2xl px-4 py-6 sm:px-6",
            ),
            rx.el.div(
                empty(
                    "history",
                    "No versions yet",
                    "The first turn makes the first version. You can return to any of them.",
                ),
                class_name="mx-auto w-full max-w-2xl p-6",
            ),
        ),
        class_name="min-h-0 flex-1 overflow-y-auto",
    )


def _version(row: VersionRow) -> rx.Component:
    return rx.el.li(
        rx.el.span(
            row.number,
            custom_attrs={"data-now": row.is_current},
            class_name=(
                "relative z-10 grid size-8 shrink-0 place-items-center rounded-full border border-line bg-surface "
                "font-mono text-xs tabular-nums text-soft "
                "data-[now=true]:border-accent data-[now=true]:bg-accent data-[now=true]:text-on-accent"
            ),
        ),
        rx.el.div(
            rx.el.p(row.note, class_name="text-sm font-medium text-ink line-clamp-2 break-words"),
            rx.el.p(row.cause, " ", time_ago(row.at), class_name="mt-0.5 text-[13px] text-faint"),
            class_name="min-w-0 flex-1 pt-1",
        ),
        rx.el.div(
            rx.cond(row.is_live, badge("Live", tone="positive", dot=True), rx.fragment()),
            rx.cond(row.builds, rx.fragment(), badge("Does not compile", tone="warning", icon="triangle_alert")),
            rx.cond(
                row.is_current,
                badge("Now", tone="accent"),
                button(
                    "Restore",
                    size="sm",
                    on_click=EditorState.restore(row.number),
                    disabled=EditorState.is_running,
                    custom_attrs={"aria-label": rx.Var.create(f"Restore version {row.number}")},
                ),
            ),
            class_name="flex shrink-0 flex-wrap items-center justify-end gap-1.5 pt-0.5",
        ),
        key=row.number.to_string(),
        class_name=(
            "relative flex gap-3.5 pb-6 before:absolute before:left-4 before:top-4 before:h-full before:w-px "
            "before:bg-line last:before:hidden"
        ),
    )


def undo_button() -> rx.Component:
    return rx.el.button(
        icon("undo_2", size=16),
        type="button",
        on_click=EditorState.undo,
        disabled=(EditorState.versions.length() < 2) | EditorState.is_running,
        custom_attrs={"aria-label": "Undo the last change", "data-tip": "Undo the last change", "data-side": "bottom"},
        class_name=(
            "tip grid size-8.5 place-items-center rounded-lg text-soft transition-colors duration-150 "
            "hover:bg-hover hover:text-ink disabled:pointer-events-none disabled:opacity-40"
        ),
    )
