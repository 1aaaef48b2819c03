"""The visual tab: an app's pages by drag and drop. It lives in the browser: no state holds a page."""

import reflex as rx

from overskill.components.attachments import ICONS
from overskill.components.browser_files import browser_files
from overskill.state.chat import ChatState
from overskill.state.editor import EditorState

# canvas_tab.jsx fetches the others when the tab is first opened. They import each other, so they must lie together.
_FILES = browser_files(__name__)


def _text(value: rx.Var[str]) -> tuple[rx.Var[str]]:
    return (value,)


class CanvasTab(rx.Component):
    library = _FILES["canvas_tab.jsx"]
    tag = "CanvasTab"
    lib_dependencies: list[str] = [ICONS, "@puckeditor/core@0.23.0"]
    slug: rx.Var[str]
    address: rx.Var[str]
    version: rx.Var[int]
    is_open: rx.Var[bool]
    on_ask: rx.EventHandler[_text]


def visual_tab() -> rx.Component:
    return CanvasTab.create(
        slug=EditorState.app_slug,
        address=EditorState.preview_address,
        version=EditorState.version,
        is_open=EditorState.tab == "visual",
        on_ask=[ChatState.fix, EditorState.show_chat],
    )
