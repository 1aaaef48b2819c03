"""The security scan in the publish tab: what was found, where, and one click to have it put right."""

import reflex as rx

from overskill.components.button import button
from overskill.components.card import card
from overskill.components.feedback import badge
from overskill.components.icon import icon
from overskill.state.chat import ChatState
from overskill.state.editor import EditorState
from overskill.state.findings import FindingRow
from overskill.state.publish import PublishState


def security() -> rx.Component:
    """Nothing before the first version."""
    return rx.cond(
        EditorState.version > 0,
        rx.match(
            PublishState.scan,
            ("clean", _line("shield_check", "No problems found", "The code of this version was checked.", "positive")),
            ("found", _findings()),
            ("blocked", _findings()),
            _line("shield", "Not checked yet", "The code is checked for unsafe parts when you publish.", "neutral"),
        ),
        rx.fragment(),
    )


def _line(name: str, title: str, text: str, tone: str) -> rx.Component:
    colors = "bg-positive-soft text-positive" if tone == "positive" else "bg-hover text-soft"
    return rx.el.section(
        rx.el.span(icon(name, size=16), class_name=f"grid size-7 shrink-0 place-items-center rounded-full {colors}"),
        rx.el.div(
            rx.el.h2(title, class_name="text-sm font-medium text-ink"),
            rx.el.p(text, class_name="text-[13px] text-faint"),
        ),
        custom_attrs={"aria-label": "Security"},
        class_name="flex items-center gap-2.5 px-1",
    )


def _findings() -> rx.Component:
    is_blocked = PublishState.scan == "blocked"
    return card(
        rx.el.div(
            rx.el.div(
                rx.el.h2("Security", class_name="text-[15px] font-semibold text-ink"),
                rx.el.p(
                    PublishState.findings_words,
                    rx.cond(is_blocked, ". What is critical must be fixed before you can publish.", ""),
                    class_name="mt-0.5 text-[13px] text-soft",
                ),
                class_name="min-w-0 flex-1",
            ),
            button(
                "Fix this",
                size="sm",
                icon="wrench",
                disabled=EditorState.is_running,
                on_click=[ChatState.fix(PublishState.fix_request), EditorState.show_chat],
            ),
            class_name="flex items-start gap-3 px-5 py-4 sm:px-6",
        ),
        rx.el.ul(rx.foreach(PublishState.findings, _finding), class_name="divide-y divide-line border-t border-line"),
        rx.cond(
            PublishState.more_findings != "",
            rx.el.p(
                PublishState.more_findings, class_name="border-t border-line px-5 py-3 text-[13px] text-faint sm:px-6"
            ),
            rx.fragment(),
        ),
        class_name="overflow-hidden",
    )


def _finding(each: FindingRow) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.match(
                each.severity,
                ("critical", badge(each.words, tone="danger", icon="circle_alert")),
                ("high", badge(each.words, tone="warning", icon="triangle_alert")),
                badge(each.words),
            ),
            rx.el.code(each.place, class_name="min-w-0 wrap-anywhere font-mono text-[13px] text-soft"),
            class_name="flex flex-wrap items-center gap-x-2.5 gap-y-1",
        ),
        rx.el.p(each.message, class_name="mt-2 text-sm leading-relaxed text-ink"),
        rx.el.p(each.fix, class_name="mt-0.5 text-[13px] leading-relaxed text-soft"),
        class_name="px-5 py-4 sm:px-6",
    )
