"""The parts of the settings that live in the browser: choosing an icon, importing a zip or a repository."""

import reflex as rx

from overskill.components.attachments import ICONS
from overskill.components.browser_files import browser_files

# They import each other, so all must lie together.
_FILES = browser_files(__name__)


class IconPicker(rx.Component):
    library = _FILES["icon_picker.jsx"]
    tag = "IconPicker"
    lib_dependencies: list[str] = [ICONS]
    slug: rx.Var[str]
    url: rx.Var[str]
    has_icon: rx.Var[bool]
    may_change: rx.Var[bool]
    on_done: rx.EventHandler[rx.event.no_args_event_spec]


class ImportFromGithub(rx.Component):
    """A button that leads to GitHub, and the dialog that its visitor comes back to."""

    library = _FILES["import_from_github.jsx"]
    tag = "ImportFromGithub"
    lib_dependencies: list[str] = [ICONS]


class ImportProject(rx.Component):
    """A button, and the report before anything is taken. Without a `slug` the zip becomes an app of one's own."""

    library = _FILES["import_project.jsx"]
    tag = "ImportProject"
    lib_dependencies: list[str] = [ICONS]
    slug: rx.Var[str]
    on_done: rx.EventHandler[rx.event.no_args_event_spec]
