"""The versions tab: a timeline of turns, edits, restores and publishes, and what differs between any two of them."""

import reflex as rx

from overskill.components.attachments import ICONS
from overskill.components.browser_files import browser_files
from overskill.state.chat import ChatState
from overskill.state.editor import EditorState
from overskill.state.publish import PublishState

# They import each other, so all must lie together.
_FILES = browser_files(__name__)


def _number(value: rx.Var[int]) -> tuple[rx.Var[int]]:
    return (value,)


class VersionsTab(rx.Component):
    library = _FILES["versions_tab.jsx"]
    tag = "VersionsTab"
    lib_dependencies: list[str] = [ICONS]
    slug: rx.Var[str]
    version: rx.Var[int]
    live_version: rx.Var[int]
    is_shown: rx.Var[bool]
    is_busy: rx.Var[bool]
    on_restore: rx.EventHandler[_number]
    on_branch: rx.EventHandler[_number]


def versions_tab() -> rx.Component:
    return VersionsTab.create(
        slug=EditorState.app_slug,
        version=EditorState.version,
        live_version=PublishState.live_version,
        is_shown=EditorState.tab == "versions",
        is_busy=EditorState.is_running,
        on_restore=EditorState.restore,
        on_branch=ChatState.branch,
    )
