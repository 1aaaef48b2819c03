"""Settings: who you are, how you sign in, how it looks, and what writes the apps."""

from typing import Any

import reflex as rx

from overskill.components.button import button, link_button, submit_button
from overskill.components.card import section_card
from overskill.components.feedback import badge, skeleton
from overskill.components.field import field, text_input
from overskill.components.icon import icon
from overskill.components.layout import page, page_title
from overskill.components.theme import theme_switch
from overskill.state.password_rules import LONGEST_PASSWORD, SHORTEST_PASSWORD
from overskill.state.settings import SessionRow, SettingsState


def settings_page() -> rx.Component:
    return page(
        page_title(
            "Settings",
            SettingsState.email,
            rx.el.div(
                link_button("Team", href="/settings/team", size="sm", icon="users"),
                link_button("Credits", href="/settings/credits", size="sm", icon="coins"),
                class_name="flex gap-2",
            ),
        ),
        rx.cond(
            SettingsState.is_loaded,
            rx.el.div(
                _profile(),
                _email(),
                _password(),
                _sessions(),
                _appearance(),
                _model(),
                class_name="divide-y divide-line border-t border-line",
            ),
            rx.el.div(*[skeleton("h-44 rounded-xl") for _ in range(3)], class_name="flex flex-col gap-8 pt-8"),
        ),
        width="max-w-4xl",
    )


def _profile() -> rx.Component:
    return section_card(
        "Profile",
        "Your name is shown to people you share a team with.",
        rx.el.form(
            field(
                "Name",
                text_input("name", default_value=SettingsState.name, auto_complete="name", max_length=80),
                error=_refusal_of("profile.name"),
            ),
            rx.el.div(submit_button("Save name"), class_name="flex justify-end"),
            on_submit=SettingsState.save_name,
            class_name="flex flex-col gap-4",
        ),
        id="profile",
    )


def _email() -> rx.Component:
    return section_card(
        "Email",
        "You sign in with it, and links to reset your password go there.",
        rx.el.form(
            field(
                "Email",
                text_input(
                    "email",
                    id="email-address",
                    type="email",
                    required=True,
                    default_value=SettingsState.email,
                    auto_complete="email",
                    max_length=254,
                ),
                error=_refusal_of("email.email"),
            ),
            rx.cond(
                SettingsState.has_password,
                field(
                    "Current password",
                    _password_input("current", "current-password", id="email-current"),
                    hint="To confirm that it is you. We tell the address that you have now.",
                    error=_refusal_of("email.current"),
                ),
                rx.fragment(),
            ),
            rx.el.div(submit_button("Change email"), class_name="flex justify-end"),
            key=SettingsState.email,  # once it is changed, the form is as it was at first
            on_submit=SettingsState.save_email,
            class_name="flex flex-col gap-4",
        ),
        id="email",
    )


def _password() -> rx.Component:
    return section_card(
        "Password",
        "Changing it signs every other browser out.",
        rx.el.form(
            rx.cond(
                SettingsState.has_password,
                field(
                    "Current password",
                    _password_input("current", "current-password", id="password-current"),
                    error=_refusal_of("password.current"),
                ),
                rx.el.p(
                    "You signed in with a link and have no password yet. Set one to sign in with your email.",
                    class_name="text-sm text-soft",
                ),
            ),
            field(
                "New password",
                _password_input("password", "new-password", id="password-new", min_length=SHORTEST_PASSWORD),
                hint=f"{SHORTEST_PASSWORD} characters or more.",
                error=_refusal_of("password.password"),
            ),
            rx.el.div(
                submit_button(rx.cond(SettingsState.has_password, "Change password", "Set password")),
                class_name="flex justify-end",
            ),
            on_submit=SettingsState.save_password,
            reset_on_submit=True,
            class_name="flex flex-col gap-4",
        ),
        id="password",
    )


def _refusal_of(place: str) -> rx.Var[str]:
    """What is wrong with one input of one form, or ""."""
    return rx.cond(SettingsState.refused == place, SettingsState.refusal, "")


def _password_input(name: str, purpose: str, min_length: int = 1, **props: Any) -> rx.Component:
    return text_input(
        name,
        type="password",
        required=True,
        auto_complete=purpose,
        min_length=min_length,
        max_length=LONGEST_PASSWORD,
        **props,
    )


def _sessions() -> rx.Component:
    return section_card(
        "Signed-in browsers",
        "Sign out what you do not recognize. It takes effect at once.",
        rx.el.ul(rx.foreach(SettingsState.sessions, _session), class_name="-my-2 flex flex-col divide-y divide-line"),
        rx.cond(
            SettingsState.sessions.length() > 1,
            rx.el.div(
                button("Sign out all others", variant="danger", on_click=SettingsState.revoke_others),
                class_name="mt-5 flex justify-end",
            ),
            rx.fragment(),
        ),
        id="sessions",
    )


def _session(session: SessionRow) -> rx.Component:
    return rx.el.li(
        icon("monitor_smartphone", size=18, class_name="text-faint"),
        rx.el.div(
            rx.el.div(session.device, class_name="truncate text-sm font-medium text-ink"),
            rx.el.div(session.where, class_name="truncate text-[13px] text-faint"),
            class_name="min-w-0 flex-1",
        ),
        rx.cond(
            session.is_current,
            badge("This browser", tone="positive", dot=True),
            button("Sign out", size="sm", on_click=SettingsState.revoke(session.id)),
        ),
        class_name="flex items-center gap-3.5 py-3",
    )


def _appearance() -> rx.Component:
    return section_card(
        "Appearance",
        "For this browser. “System” follows your device.",
        rx.el.div(
            rx.el.span("Colours", class_name="text-sm font-medium text-ink"),
            theme_switch(words=True),
            class_name="flex flex-wrap items-center justify-between gap-3",
        ),
        id="appearance",
    )


def _model() -> rx.Component:
    return section_card(
        "What writes the apps",
        "Which models, in which order, and with whose key.",
        rx.el.div(
            rx.cond(
                SettingsState.model != "",
                rx.el.div(
                    badge("Connected", tone="positive", dot=True),
                    rx.el.span(SettingsState.model, class_name="min-w-0 break-all font-mono text-[13px] text-ink"),
                    rx.el.span("at ", SettingsState.model_host, class_name="text-sm text-faint"),
                    class_name="flex min-w-0 flex-wrap items-center gap-2.5",
                ),
                badge("Built-in recipes", tone="accent", icon="blocks"),
            ),
            link_button("Models and keys", href="/settings/models", size="sm", icon="boxes"),
            class_name="flex flex-wrap items-center justify-between gap-3",
        ),
        id="model",
    )
