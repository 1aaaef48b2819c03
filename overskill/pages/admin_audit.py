"""The audit log: who did what to what, and why."""

import reflex as rx

from overskill.components.admin import cell, row, table, titled
from overskill.components.button import button, link_button, submit_button
from overskill.components.feedback import empty
from overskill.components.field import CONTROL
from overskill.components.local_time import local_time
from overskill.components.words import Words
from overskill.pages.admin_frame import admin_page, loading
from overskill.state.admin_audit import AuditRow, AuditState


def admin_audit_page() -> rx.Component:
    return admin_page(
        "audit",
        "Audit log",
        "The newest first. It only grows, and outlives what it speaks of.",
        rx.el.form(
            _filter("actor", "Mail address", AuditState.actor),
            _filter("action", "Action, such as moderation", AuditState.action),
            _filter("subject", "Subject, such as app:", AuditState.subject),
            submit_button("Search", variant="secondary"),
            on_submit=AuditState.search,
            class_name="grid gap-2 sm:grid-cols-[1fr_1fr_1fr_auto]",
        ),
        rx.cond(AuditState.is_loaded, _events(), loading()),
        actions=(
            link_button(
                "CSV",
                href=AuditState.csv_address,
                native=True,
                size="sm",
                icon="download",
                custom_attrs={"aria-label": "Download these entries as CSV"},
            ),
        ),
    )


def _filter(name: str, label: str, value: Words) -> rx.Component:
    return rx.el.input(
        name=name,
        placeholder=label,
        default_value=value,
        max_length=120,
        auto_complete="off",
        custom_attrs={"aria-label": label},
        class_name=f"{CONTROL} h-10 min-w-0 px-3",
    )


def _events() -> rx.Component:
    return rx.cond(
        AuditState.rows.length() > 0,
        rx.el.div(
            table(
                "Audit log",
                [("What", ""), ("Who", "hidden md:table-cell"), ("When", "w-28 sm:w-40")],
                rx.foreach(AuditState.rows, _event),
            ),
            rx.cond(
                AuditState.after != "",
                rx.el.div(button("Show more", on_click=AuditState.show_more), class_name="mt-4 flex justify-center"),
                rx.fragment(),
            ),
        ),
        empty("scroll_text", "Nothing like that happened", "Search with fewer letters, or with none for everything."),
    )


def _event(event: AuditRow) -> rx.Component:
    return row(
        cell(
            titled(
                rx.el.span(event.action, class_name="font-mono text-[13px]"),
                rx.el.span(event.subject, class_name="font-mono"),
                rx.el.span(event.actor, class_name="md:hidden"),
                rx.cond(event.details != "", rx.el.span(event.details, class_name="font-mono"), rx.fragment()),
            )
        ),
        cell(
            rx.cond(event.actor != "", event.actor, "By itself"),
            class_name="hidden wrap-anywhere text-soft md:table-cell",
        ),
        cell(local_time(event.at, shape="moment"), class_name="text-[13px] text-faint"),
        key=event.id,
    )
