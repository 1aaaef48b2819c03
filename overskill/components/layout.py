"""The frame of every page: the bar, the page, the foot."""

from typing import Any

import reflex as rx

from overskill.components.button import icon_button, link_button
from overskill.components.credits import credits_words
from overskill.components.feedback import skeleton
from overskill.components.icon import logo_mark
from overskill.components.market.news_bell import news_bell
from overskill.components.menu import menu, menu_link, menu_separator, menu_submit
from overskill.components.native import native_form, native_link
from overskill.components.theme import theme_menu_items, theme_switch
from overskill.components.words import Words
from overskill.state.session import SessionState


def page(*children: Any, width: str = "max-w-6xl", foot: bool = True, class_name: str = "") -> rx.Component:
    """A page that scrolls, under the bar."""
    return rx.el.div(
        skip_link(),
        top_bar(),
        rx.el.main(
            *children,
            id="main",
            class_name=f"mx-auto w-full {width} flex-1 px-4 sm:px-6 {class_name}".strip(),
        ),
        footer() if foot else rx.fragment(),
        class_name="flex min-h-dvh flex-col overflow-x-clip",
    )


def narrow_page(*children: Any) -> rx.Component:
    """One small thing in the middle: signing in, a question."""
    return rx.el.div(
        skip_link(),
        rx.el.header(wordmark(), class_name="flex justify-center px-4 pt-10 sm:pt-14"),
        rx.el.main(
            *children,
            id="main",
            class_name="halo mx-auto flex w-full max-w-[26rem] flex-1 flex-col px-4 pb-16 pt-8 sm:pt-10",
        ),
        class_name="flex min-h-dvh flex-col overflow-x-clip",
    )


def top_bar() -> rx.Component:
    return rx.el.header(
        rx.el.div(
            wordmark(),
            rx.el.nav(
                _nav_link("Explore", "/explore"),
                rx.cond(SessionState.is_signed_in, _nav_link("My apps", "/studio"), rx.fragment()),
                custom_attrs={"aria-label": "Main"},
                class_name="ml-4 hidden items-center gap-1 sm:flex",
            ),
            rx.el.div(class_name="flex-1"),
            rx.match(
                rx.cond(SessionState.is_loaded, rx.cond(SessionState.is_signed_in, "in", "out"), "wait"),
                ("in", rx.fragment(news_bell(), account_menu())),
                ("out", _sign_in_links()),
                skeleton("size-8.5 rounded-full"),
            ),
            class_name="mx-auto flex h-15 w-full max-w-6xl items-center gap-2 px-4 sm:px-6",
        ),
        class_name="sticky top-0 z-40 border-b border-line bg-canvas/80 backdrop-blur-lg",
    )


def wordmark() -> rx.Component:
    return rx.el.a(
        logo_mark(size=26),
        rx.el.span("OverSkill", class_name="text-[17px] font-semibold tracking-[-0.02em] text-ink"),
        href="/",
        class_name="flex items-center gap-2.5 rounded-lg",
    )


def account_menu() -> rx.Component:
    return menu(
        rx.el.button(
            SessionState.initials,
            type="button",
            custom_attrs={"aria-label": "Your account"},
            class_name=(
                "grid size-8.5 place-items-center rounded-full bg-accent-soft text-xs font-semibold text-accent-ink "
                "border border-line transition-shadow duration-150 hover:shadow-raised"
            ),
        ),
        rx.el.div(
            rx.el.div(SessionState.name, class_name="truncate text-sm font-medium text-ink"),
            rx.el.div(SessionState.email, class_name="truncate text-[13px] text-faint"),
            class_name="max-w-64 px-2.5 pb-1.5 pt-1",
        ),
        menu_separator(),
        rx.el.div(menu_link("Explore", "/explore", icon="compass"), class_name="sm:hidden"),
        menu_link("My apps", "/studio", icon="layout_grid"),
        menu_link("Library", "/library", icon="library"),
        menu_link("Sell", "/sell", icon="store"),
        menu_link(credits_words(), "/settings/credits", icon="coins"),
        menu_link("Settings", "/settings", icon="settings"),
        rx.cond(SessionState.is_admin, menu_link("Admin", "/admin", icon="gauge"), rx.fragment()),
        menu_separator(),
        theme_menu_items(),
        menu_separator(),
        native_form(menu_submit("Sign out", icon="log_out"), action="/auth/sign-out"),
    )


def _sign_in_links() -> rx.Component:
    return rx.el.div(
        rx.el.div(theme_switch(), class_name="mr-1 hidden sm:block"),
        rx.cond(
            SessionState.can_sign_up,
            rx.fragment(
                rx.el.div(
                    link_button("Sign in", href="/sign-in", variant="ghost", size="sm"), class_name="hidden sm:block"
                ),
                link_button("Sign up", href="/sign-up", variant="primary", size="sm"),
            ),
            link_button("Sign in", href="/sign-in", variant="primary", size="sm"),
        ),
        rx.el.div(_phone_menu(), class_name="sm:hidden"),
        class_name="flex items-center gap-1.5",
    )


def _phone_menu() -> rx.Component:
    return menu(
        icon_button("menu", "Menu"),
        menu_link("Explore", "/explore", icon="compass"),
        menu_link("Sign in", "/sign-in", icon="log_in"),
        rx.cond(SessionState.can_sign_up, menu_link("Create an account", "/sign-up", icon="user_plus"), rx.fragment()),
        menu_separator(),
        theme_menu_items(),
    )


def _nav_link(words: str, href: str) -> rx.Component:
    return rx.el.a(
        words,
        href=href,
        class_name=(
            "rounded-lg px-3 py-1.5 text-sm font-medium text-soft transition-colors duration-150 "
            "hover:bg-hover hover:text-ink"
        ),
    )


def skip_link() -> rx.Component:
    return native_link(
        "Skip to content",
        href="#main",
        class_name=(
            "sr-only focus:not-sr-only focus:fixed focus:left-3 focus:top-3 focus:z-50 focus:rounded-lg "
            "focus:bg-surface focus:px-3 focus:py-2 focus:text-sm focus:text-ink focus:shadow-overlay"
        ),
    )


def footer() -> rx.Component:
    return rx.el.footer(
        rx.el.div(
            rx.el.div(logo_mark(size=20), "OverSkill", class_name="flex items-center gap-2 font-medium text-soft"),
            rx.el.span("Apps from a description, on your own machine."),
            class_name=(
                "mx-auto flex w-full max-w-6xl flex-col gap-2 px-4 py-8 text-[13px] text-faint "
                "sm:flex-row sm:items-center sm:justify-between sm:px-6"
            ),
        ),
        class_name="mt-20 border-t border-line",
    )


def page_title(title: Words, text: Words = "", *actions: rx.Component) -> rx.Component:
    return rx.el.div(
        rx.el.div(
            rx.el.h1(title, class_name="text-2xl font-semibold tracking-[-0.02em]"),
            rx.el.p(text, class_name="mt-1 text-sm text-soft") if isinstance(text, rx.Var) or text else rx.fragment(),
            class_name="min-w-0",
        ),
        rx.el.div(*actions, class_name="flex flex-wrap items-center gap-2") if actions else rx.fragment(),
        class_name="flex flex-wrap items-end justify-between gap-4 pb-6 pt-10",
    )
