"""The parts of the settings that live in the browser: choosing an icon, importing a zip."""

from pathlib import Path

import reflex as rx

from overskill.components.attachments import ICONS

# They import each other, so all must lie together.
_FILES = {file.name: rx.asset(file.name, shared=True) for file in sorted(Path(__file__).parent.glob("*.js*"))}


class IconPicker(rx.Component):
    library = str(_FILES["icon_picker.jsx"].importable_path)
    tag = "IconPicker"
    lib_dependencies: list[str] = [ICONS]
    slug: rx.Var[str]
    url: rx.Var[str]
    has_icon: rx.Var[bool]
    may_change: rx.Var[bool]
    on_done: rx.EventHandler[rx.event.no_args_event_spec]


class ImportProject(rx.Component):
    """A button, and the report before anything is taken. Without a `slug` the zip becomes an app of one's own."""

    library = str(_FILES["import_project.jsx"].importable_path)
    tag = "ImportProject"
    lib_dependencies: list[str] = [ICONS]
    slug: rx.Var[str]
    on_done: rx.EventHandler[rx.event.no_args_event_spec]
