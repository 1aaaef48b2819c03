"""The editor of one app: the chat beside what it makes."""

from typing import Any, cast

import reflex as rx
from reflex.style import set_color_mode
from reflex_base.constants.base import LiteralColorMode

from overskill.components.button import link_button
from overskill.components.editor.browser import EditorCommands, Palette, PreviewFrame, ShowChat, SplitPane
from overskill.components.editor.canvas import visual_tab
from overskill.components.editor.chat import chat_pane
from overskill.components.editor.code import code_tab
from overskill.components.editor.data import data_tab
from overskill.components.editor.publish import publish_tab
from overskill.components.editor.settings import settings_tab
from overskill.components.editor.timeline import versions_tab
from overskill.components.editor.top_bar import editor_bar
from overskill.components.feedback import empty, skeleton
from overskill.components.icon import icon
from overskill.components.layout import page, skip_link
from overskill.components.menu import menu, menu_item
from overskill.components.tabs import roving, stop
from overskill.state.chat import ChatState
from overskill.state.editor import EditorState
from overskill.state.publish import PublishState

# A view of the app is one line here, its panel in `_work_pane`, and its name in state/editor.py. On a phone the first
# ones are at the bottom, and the others behind "More".
TABS = (
    ("preview", "Preview", "eye"),
    ("code", "Code", "code_xml"),
    ("visual", "Visual", "blocks"),
    ("data", "Data", "database"),
    ("versions", "Versions", "history"),
    ("publish", "Publish", "rocket"),
    ("settings", "Settings", "settings"),
)
PHONE_PLACES = 5  # at the bottom of a phone: the chat, and these


def editor_page() -> rx.Component:
    return rx.cond(
        EditorState.problem != "",
        _nothing_here(),
        rx.cond(EditorState.is_loaded, _editor(), _opening()),
    )


def _editor() -> rx.Component:
    return rx.el.div(
        skip_link(),
        editor_bar(),
        rx.el.main(
            SplitPane.create(chat_pane(), _work_pane(), phone_pane=EditorState.phone_pane),
            id="main",
            class_name="flex min-h-0 flex-1 flex-col",
        ),
        _phone_tabs(),
        _commands(),
        Palette.create(),
        class_name="flex h-dvh flex-col overflow-clip bg-canvas",
    )


def _commands() -> rx.Component:
    return EditorCommands.create(
        tabs=[(tab, words) for tab, words, _ in TABS],
        is_running=ChatState.following != "",
        can_undo=(EditorState.version > 1) & ~EditorState.is_running,
        can_publish=EditorState.version > 0,
        live_url=PublishState.live_url,
        on_tab=EditorState.show_tab,
        on_chat=EditorState.show_chat,
        on_rename=EditorState.set_renaming(True),
        on_undo=EditorState.undo,
        on_publish=[EditorState.show_tab("publish"), PublishState.publish],
        on_stop=ChatState.stop_following,
        on_theme=lambda mode: set_color_mode(cast("rx.Var[LiteralColorMode]", mode)),
    )


def _work_pane() -> rx.Component:
    return rx.el.section(
        rx.el.div(
            ShowChat.create(),
            roving(
                *[_tab(*tab) for tab in TABS],
                role="tablist",
                label="Views of the app",
                class_name="flex min-w-0 items-center lg:gap-1",
            ),
            class_name=(
                "@container hidden h-11 shrink-0 items-center border-b border-line bg-surface px-1 md:flex lg:px-2"
            ),
        ),
        # The preview stays mounted under the other tabs: an app that is in use must not start anew.
        _panel(
            "preview",
            PreviewFrame.create(
                address=EditorState.preview_address,
                opened=EditorState.preview_opened,
                slug=EditorState.app_slug,
                version=EditorState.version,
                is_running=ChatState.following != "",
                problem=EditorState.preview_problem,
                on_fix=[ChatState.fix, EditorState.show_chat],
                on_lost=EditorState.open_preview_again,
            ),
        ),
        _panel("code", code_tab()),
        _panel("visual", visual_tab()),
        _panel("data", data_tab()),
        _panel("versions", versions_tab()),
        _panel("publish", publish_tab()),
        _panel("settings", settings_tab()),
        class_name="flex min-h-0 flex-1 flex-col",
    )


def _panel(tab: str, content: rx.Component) -> rx.Component:
    return rx.el.div(
        content,
        id=f"panel-{tab}",
        role="tabpanel",
        custom_attrs={"aria-labelledby": f"tab-{tab}", "data-open": EditorState.tab == tab},
        class_name="hidden min-h-0 flex-1 flex-col data-[open=true]:flex",
    )


def _tab(tab: str, words: str, icon_name: str) -> rx.Component:
    return rx.el.button(
        icon(icon_name, size=15),
        rx.el.span(words, class_name="@max-xl:not-in-aria-selected:sr-only"),
        id=f"tab-{tab}",
        type="button",
        title=words,
        role="tab",
        tab_index=stop(EditorState.tab == tab),
        on_click=EditorState.show_tab(tab),
        custom_attrs={"aria-selected": EditorState.tab == tab, "aria-controls": f"panel-{tab}"},
        class_name=(
            "relative inline-flex h-11 items-center gap-2 px-3 text-[13px] font-medium text-soft transition-colors "
            "duration-150 hover:text-ink focus-visible:outline-offset-[-4px] aria-selected:text-ink "
            "after:absolute after:inset-x-2.5 after:-bottom-px after:h-0.5 after:rounded-full "
            "aria-selected:after:bg-accent"
        ),
    )


def _phone_tabs() -> rx.Component:
    """At the bottom, under the thumb; the chat is one of them. What has no place is behind "More"."""
    shown = rx.cond(EditorState.phone_pane == "first", "chat", EditorState.tab)
    fit = len(TABS) if len(TABS) < PHONE_PLACES else PHONE_PLACES - 2
    others = TABS[fit:]
    return rx.el.nav(
        _phone_tab("Chat", "message_square", is_shown=shown == "chat", on_click=EditorState.show_chat),
        *[
            _phone_tab(words, name, is_shown=shown == tab, on_click=EditorState.show_tab(tab))
            for tab, words, name in TABS[:fit]
        ],
        _more(others, shown) if others else rx.fragment(),
        custom_attrs={"aria-label": "Views"},
        class_name=(
            "grid shrink-0 auto-cols-fr grid-flow-col border-t border-line bg-surface "
            "pb-[env(safe-area-inset-bottom)] md:hidden"
        ),
    )


def _more(tabs: tuple[tuple[str, str, str], ...], shown: rx.Var[str]) -> rx.Component:
    is_shown = rx.Var.create([tab for tab, _, _ in tabs]).contains(shown)
    return menu(
        _phone_tab("More", "ellipsis", is_shown=is_shown),
        *[menu_item(words, icon=name, on_select=EditorState.show_tab(tab)) for tab, words, name in tabs],
        side="top",
    )


def _phone_tab(words: str, icon_name: str, *, is_shown: rx.Var[bool], **props: Any) -> rx.Component:
    return rx.el.button(
        icon(icon_name, size=18),
        words,
        type="button",
        custom_attrs={"aria-current": is_shown},
        class_name=(
            "flex h-14 flex-col items-center justify-center gap-1 text-[11px] font-medium text-faint "
            "aria-[current=true]:text-accent-ink focus-visible:outline-offset-[-2px]"
        ),
        **props,
    )


def _opening() -> rx.Component:
    """The same frame while it is read, so that nothing moves when it comes."""
    return rx.el.div(
        rx.el.header(
            skeleton("ml-2 size-7 rounded-lg"),
            skeleton("h-4 w-32"),
            class_name="flex h-14 shrink-0 items-center gap-3 border-b border-line bg-surface px-3",
        ),
        rx.el.p("Opening the app…", role="status", class_name="grid flex-1 place-items-center text-sm text-faint"),
        class_name="flex h-dvh flex-col bg-canvas",
    )


def _nothing_here() -> rx.Component:
    return page(
        rx.el.div(
            empty(
                "search_x",
                "Nothing to edit here",
                EditorState.problem,
                link_button("My apps", href="/studio", variant="primary"),
            ),
            class_name="mx-auto max-w-xl py-24",
        )
    )
