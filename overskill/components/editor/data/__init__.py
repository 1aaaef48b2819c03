"""The data tab: what the app in the preview keeps, as tables that can be changed."""

import reflex as rx

from overskill.components.attachments import ICONS
from overskill.components.browser_files import browser_files
from overskill.state.editor import EditorState

# They import each other, so all must lie together.
_FILES = browser_files(__name__)


class DataTab(rx.Component):
    library = _FILES["data_tab.jsx"]
    tag = "DataTab"
    lib_dependencies: list[str] = [ICONS]
    slug: rx.Var[str]
    is_shown: rx.Var[bool]


def data_tab() -> rx.Component:
    return DataTab.create(slug=EditorState.app_slug, is_shown=EditorState.tab == "data")
