"""Signing in, signing up, and a forgotten password: three small forms that post to routes/auth.py."""

import reflex as rx

from overskill.components.button import link_button, submit_button
from overskill.components.card import card
from overskill.components.feedback import callout, skeleton
from overskill.components.field import field, text_input
from overskill.components.icon import icon
from overskill.components.layout import narrow_page
from overskill.components.native import native_form
from overskill.state.password_rules import LONGEST_PASSWORD, SHORTEST_PASSWORD
from overskill.state.session import SessionState
from overskill.state.sign_in import SignInState


def sign_in_page() -> rx.Component:
    return _form_page(
        "Welcome back",
        _draft_note("Sign in, and your app starts at once."),
        _refusal(),
        native_form(
            _email(),
            field(
                "Password",
                _password("current-password"),
                aside=_text_link("Forgot it?", "/reset"),
            ),
            _where_next(),
            submit_button("Sign in", size="lg", class_name="mt-1 w-full"),
            action="/auth/sign-in",
            class_name="flex flex-col gap-4",
        ),
        below=rx.cond(
            SessionState.can_sign_up, _other_way("New here?", "Create an account", "/sign-up"), rx.fragment()
        ),
    )


def sign_up_page() -> rx.Component:
    return rx.cond(SessionState.can_sign_up, _create_account(), _sign_up_is_closed())


def _sign_up_is_closed() -> rx.Component:
    return _form_page(
        "Sign-up is closed",
        rx.el.p(
            "This site takes no sign-ups at the moment. Whoever runs it can open them. Have an account? Sign in.",
            class_name="-mt-2 text-sm leading-relaxed text-soft",
        ),
        link_button(
            "Sign in",
            href=rx.Var.create("/sign-in") + SignInState.onward,
            variant="primary",
            size="lg",
            class_name="w-full",
        ),
        below=rx.fragment(),
    )


def _create_account() -> rx.Component:
    return _form_page(
        "Create your account",
        _draft_note("Create an account, and your app starts at once."),
        _refusal(),
        native_form(
            field(
                "Name",
                text_input("name", default_value=SignInState.name, auto_complete="name", max_length=80),
                error=_error_of("name"),
            ),
            _email(),
            field(
                "Password",
                _password("new-password", min_length=SHORTEST_PASSWORD),
                hint=f"{SHORTEST_PASSWORD} characters or more. A few words are easy to remember.",
                error=_error_of("password"),
            ),
            _where_next(),
            submit_button("Create account", size="lg", class_name="mt-1 w-full"),
            action="/auth/sign-up",
            class_name="flex flex-col gap-4",
        ),
        below=_other_way("Have an account?", "Sign in", "/sign-in"),
    )


def reset_page() -> rx.Component:
    return rx.match(
        rx.cond(
            SignInState.is_loaded,
            rx.cond(SignInState.token != "", "choose", rx.cond(SignInState.is_sent, "sent", "ask")),
            "wait",
        ),
        ("choose", _choose_password()),
        ("sent", _mail_is_on_its_way()),
        ("ask", _ask_for_mail()),
        narrow_page(skeleton("h-72 rounded-2xl")),
    )


def _ask_for_mail() -> rx.Component:
    return _form_page(
        "Reset your password",
        rx.el.p("We send you a link that lets you choose another one.", class_name="-mt-2 text-sm text-soft"),
        _refusal(),
        native_form(
            _email(),
            submit_button("Send the link", size="lg", class_name="mt-1 w-full"),
            action="/auth/reset",
            class_name="flex flex-col gap-4",
        ),
        below=_other_way("Remembered it?", "Sign in", "/sign-in"),
    )


def _mail_is_on_its_way() -> rx.Component:
    return _form_page(
        "Check your mail",
        rx.el.p(
            "If there is an account with that address, a link is on its way. It works once, for one hour.",
            class_name="-mt-2 text-sm leading-relaxed text-soft",
        ),
        link_button("Back to sign in", href="/sign-in", size="lg", class_name="w-full"),
        below=_other_way("Nothing there?", "Send it again", "/reset"),
    )


def _choose_password() -> rx.Component:
    return _form_page(
        "Choose another password",
        rx.el.p("Every other browser will be signed out.", class_name="-mt-2 text-sm text-soft"),
        _refusal(),
        native_form(
            field(
                "New password",
                _password("new-password", min_length=SHORTEST_PASSWORD),
                hint=f"{SHORTEST_PASSWORD} characters or more.",
                error=_error_of("password"),
            ),
            rx.el.input(type="hidden", name="token", value=SignInState.token),
            submit_button("Set password and sign in", size="lg", class_name="mt-1 w-full"),
            action="/auth/reset",
            class_name="flex flex-col gap-4",
        ),
        below=_other_way("Link too old?", "Ask for another", "/reset"),
    )


def _form_page(title: str, *content: rx.Component, below: rx.Component) -> rx.Component:
    return narrow_page(
        card(
            rx.el.h1(title, class_name="text-[22px] font-semibold tracking-[-0.02em]"),
            *content,
            class_name="flex flex-col gap-5 rounded-2xl! p-6 shadow-raised! sm:p-7",
        ),
        below,
    )


def _email() -> rx.Component:
    return field(
        "Email",
        text_input(
            "email",
            type="email",
            required=True,
            default_value=SignInState.email,
            auto_complete="email",
            max_length=254,
            placeholder="you@example.com",
        ),
        error=_error_of("email"),
    )


def _password(purpose: str, min_length: int = 1) -> rx.Component:
    return text_input(
        "password",
        type="password",
        required=True,
        auto_complete=purpose,
        min_length=min_length,
        max_length=LONGEST_PASSWORD,
    )


def _where_next() -> rx.Component:
    return rx.el.input(type="hidden", name="next", value=SignInState.next)


def _refusal() -> rx.Component:
    """An error about the whole form; one about a field stands under that field."""
    return rx.cond(
        (SignInState.error != "") & (SignInState.field == ""),
        callout(SignInState.error, tone="danger"),
        rx.fragment(),
    )


def _error_of(name: str) -> rx.Var[str]:
    return rx.cond(SignInState.field == name, SignInState.error, "")


def _draft_note(promise: str) -> rx.Component:
    return rx.cond(
        SignInState.draft != "",
        rx.el.div(
            icon("sparkles", class_name="mt-0.5"),
            rx.el.div(
                rx.el.p("“", SignInState.draft, "”", class_name="font-medium text-ink"),
                rx.el.p(promise, class_name="mt-0.5"),
                class_name="min-w-0",
            ),
            class_name="flex gap-2.5 rounded-xl bg-accent-soft px-3.5 py-3 text-sm text-accent-ink",
        ),
        rx.fragment(),
    )


def _other_way(question: str, words: str, path: str) -> rx.Component:
    return rx.el.p(
        question,
        " ",
        _text_link(words, path),
        class_name="mt-6 text-center text-sm text-soft",
    )


def _text_link(words: str, path: str) -> rx.Component:
    return rx.el.a(
        words,
        href=rx.Var.create(path) + SignInState.onward,
        class_name="rounded text-sm font-medium text-accent-ink hover:underline underline-offset-4",
    )
