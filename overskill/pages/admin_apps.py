"""Apps of this instance: found, suspended, taken down and restored."""

import reflex as rx

from overskill.components.admin import acts, cell, row, table, titled, unless_own
from overskill.components.admin_decide import decide_button, decide_dialog, search_form
from overskill.components.feedback import badge, empty
from overskill.components.local_time import local_time
from overskill.pages.admin_frame import admin_page, loading
from overskill.state.admin_apps import AppRow, AppsState


def admin_apps_page() -> rx.Component:
    return admin_page(
        "apps",
        "Apps",
        "Suspended ones first, then the last changed. A suspended app is off the air everywhere; its owner reads why.",
        search_form("Name, address or owner", AppsState.words, AppsState.search),
        rx.cond(AppsState.is_loaded, _apps(), loading()),
        decide_dialog(),
    )


def _apps() -> rx.Component:
    return rx.cond(
        AppsState.rows.length() > 0,
        table(
            "Apps",
            [("App", ""), ("Changed", "hidden w-40 md:table-cell"), ("", "")],
            rx.foreach(AppsState.rows, _app),
        ),
        empty("layout_grid", "No app is called so", "Search with fewer letters of its name, address or owner."),
    )


def _app(app: AppRow) -> rx.Component:
    return row(
        cell(
            titled(
                rx.el.span(
                    app.name,
                    rx.cond(app.is_suspended, badge("Suspended", tone="danger", class_name="ml-2"), rx.fragment()),
                    rx.cond(
                        app.live_in != "",
                        badge(app.live_in, tone="positive", dot=True, class_name="ml-2"),
                        rx.fragment(),
                    ),
                ),
                rx.fragment(app.slug, " · ", app.owner),
                rx.cond(app.is_suspended, rx.el.span("Reason: ", app.reason), rx.fragment()),
            )
        ),
        cell(
            local_time(app.changed_at, shape="moment"),
            class_name="hidden whitespace-nowrap text-[13px] text-faint md:table-cell",
        ),
        acts(
            rx.cond(
                app.can_restore,
                unless_own(app.is_own, decide_button("Restore", "app", app.id, "restore", app.name)),
                rx.fragment(),
            ),
            rx.cond(
                app.is_suspended,
                rx.fragment(),
                rx.fragment(
                    decide_button("Take down", "app", app.id, "take_down", app.name),
                    decide_button("Suspend", "app", app.id, "suspend", app.name, variant="danger"),
                ),
            ),
        ),
        key=app.id,
    )
