"""Users of this instance: found, given credits, signed out, suspended and restored."""

import reflex as rx

from overskill.components.admin import acts, cell, row, table, titled, unless_own
from overskill.components.admin_decide import decide_button, decide_dialog, reason_form, search_form
from overskill.components.button import button
from overskill.components.dialog import cancel_button, dialog, dialog_actions
from overskill.components.feedback import badge, empty
from overskill.components.field import field, text_input
from overskill.components.local_time import local_time
from overskill.pages.admin_frame import admin_page, loading
from overskill.state.admin_users import BrowserRow, UserRow, UsersState


def admin_users_page() -> rx.Component:
    return admin_page(
        "users",
        "Users",
        "The newest first. Who is suspended is signed out everywhere and reads why when they sign in.",
        search_form("Name or mail address", UsersState.words, UsersState.search),
        rx.cond(UsersState.is_loaded, _users(), loading()),
        decide_dialog(),
        _credits_dialog(),
        _sign_out_dialog(),
        _browsers_dialog(),
    )


def _users() -> rx.Component:
    return rx.cond(
        UsersState.rows.length() > 0,
        table(
            "Users",
            [("User", ""), ("Joined", "hidden w-40 md:table-cell"), ("", "")],
            rx.foreach(UsersState.rows, _user),
        ),
        empty("users", "Nobody is called so", "Search with fewer letters of the name or the mail address."),
    )


def _user(user: UserRow) -> rx.Component:
    return row(
        cell(
            titled(
                rx.el.span(
                    user.name,
                    rx.cond(user.is_admin, badge("Admin", tone="accent", class_name="ml-2"), rx.fragment()),
                    rx.cond(user.is_suspended, badge("Suspended", tone="danger", class_name="ml-2"), rx.fragment()),
                ),
                user.email,
                user.note,
                rx.cond(user.is_suspended, rx.el.span("Reason: ", user.reason), rx.fragment()),
            )
        ),
        cell(
            local_time(user.joined_at, shape="moment"),
            class_name="hidden whitespace-nowrap text-[13px] text-faint md:table-cell",
        ),
        acts(
            _wish_button("Browsers", user, "browsers"),
            unless_own(
                user.is_own,
                _wish_button("Give credits", user, "credits"),
                rx.cond(
                    user.is_suspended,
                    decide_button("Restore", "user", user.id, "restore", user.name),
                    decide_button("Suspend", "user", user.id, "suspend", user.name, variant="danger"),
                ),
            ),
        ),
        key=user.id,
    )


def _wish_button(words: str, user: UserRow, wish: str) -> rx.Component:
    return button(
        words,
        size="sm",
        on_click=UsersState.choose(user.id, user.name, wish),
        custom_attrs={"aria-label": rx.Var.create(f"{words}: {user.name}")},
    )


def _credits_dialog() -> rx.Component:
    return dialog(
        "Give credits",
        rx.Var.create(f"To the own team of {UsersState.chosen_name}. A number below zero takes bought ones away."),
        reason_form(
            UsersState.give,
            UsersState.refusal,
            "Give credits",
            field("Credits", text_input("credits", input_mode="numeric", required=True, max_length=8)),
            place="credits",
        ),
        open=UsersState.wish == "credits",
        on_open_change=UsersState.close,
    )


def _sign_out_dialog() -> rx.Component:
    return dialog(
        "Sign out everywhere",
        rx.Var.create(f"{UsersState.chosen_name} is signed out of every browser, and can sign in again."),
        reason_form(UsersState.sign_out, UsersState.refusal, "Sign out", place="sign-out"),
        open=UsersState.wish == "sign_out",
        on_open_change=UsersState.close,
    )


def _browsers_dialog() -> rx.Component:
    state = UsersState
    listed = rx.fragment(
        rx.cond(
            state.browsers.length() > 0,
            rx.el.ul(rx.foreach(state.browsers, _browser), class_name="mt-3 divide-y divide-line"),
            rx.el.p("They are signed in nowhere.", class_name="py-8 text-center text-sm text-faint"),
        ),
        dialog_actions(
            cancel_button("Close"),
            rx.cond(
                state.browsers.length() > 1,
                button(
                    "Sign out everywhere",
                    variant="danger",
                    on_click=state.choose(state.chosen_id, state.chosen_name, "sign_out"),
                ),
                rx.fragment(),
            ),
        ),
    )
    return dialog(
        rx.Var.create(f"Browsers of {state.chosen_name}"),
        rx.cond(
            state.ending_id == "",
            "Where they are signed in. Who is signed out can sign in again.",
            "It is signed out from its next click on.",
        ),
        rx.cond(
            state.ending_id == "",
            listed,
            reason_form(state.end_browser, state.refusal, "Sign out", place="browser"),
        ),
        open=state.wish == "browsers",
        on_open_change=state.close,
    )


def _browser(one: BrowserRow) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.div(one.device, class_name="truncate text-sm font-medium text-ink"),
            rx.el.div(one.ip, " · ", local_time(one.last_seen_at, shape="moment"), class_name="text-[13px] text-faint"),
            class_name="min-w-0",
        ),
        button(
            "Sign out",
            size="sm",
            on_click=UsersState.choose_browser(one.id),
            custom_attrs={"aria-label": rx.Var.create(f"Sign out {one.device}, {one.ip}")},
        ),
        key=one.id,
        class_name="flex items-center justify-between gap-3 py-2.5",
    )
