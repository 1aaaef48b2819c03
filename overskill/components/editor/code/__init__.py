"""The code tab: the files of the app to read and to change. It lives in the browser: no state holds a file."""

import reflex as rx

from overskill.components.attachments import ICONS
from overskill.components.browser_files import browser_files
from overskill.state.chat import ChatState
from overskill.state.editor import EditorState

_CODEMIRROR = [
    "@codemirror/autocomplete@6.20.4",
    "@codemirror/commands@6.11.1",
    "@codemirror/lang-css@6.3.1",
    "@codemirror/lang-html@6.4.12",
    "@codemirror/lang-javascript@6.2.5",
    "@codemirror/lang-json@6.0.2",
    "@codemirror/lang-markdown@6.5.2",
    "@codemirror/language@6.13.1",
    "@codemirror/lint@6.9.8",
    "@codemirror/merge@6.12.3",
    "@codemirror/search@6.7.2",
    "@codemirror/state@6.7.6",
    "@codemirror/view@6.43.15",
    "@lezer/highlight@1.2.5",
]
_RADIX = ["@radix-ui/react-dialog@1.3.1", "@radix-ui/react-dropdown-menu@2.2.1"]

# code_tab.jsx fetches the others when the tab is first opened. They import each other, so they must lie together.
_FILES = browser_files(__name__)


class CodeTab(rx.Component):
    library = _FILES["code_tab.jsx"]
    tag = "CodeTab"
    lib_dependencies: list[str] = [ICONS, "highlight.js@11.11.1", *_RADIX, *_CODEMIRROR]
    slug: rx.Var[str]
    turn_id: rx.Var[str]
    version: rx.Var[int]
    is_open: rx.Var[bool]


def code_tab() -> rx.Component:
    return CodeTab.create(
        slug=EditorState.app_slug,
        turn_id=ChatState.following,
        version=EditorState.version,
        is_open=EditorState.tab == "code",
    )
