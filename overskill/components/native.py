"""Elements that do what HTML does. Reflex's own form never submits, and its links stay inside the page:
both are wrong for addresses our routes answer (signing in and out, downloads)."""

from typing import Any

import reflex as rx
from reflex_components_core.el.elements.inline import A

from overskill.components.browser_files import browser_file

native_link = A.create


class _NativeForm(rx.Component):
    library = browser_file(__name__, "native_form.jsx")
    tag = "NativeForm"
    action: rx.Var[str]
    method: rx.Var[str]


def native_form(*children: Any, action: str | rx.Var[str], class_name: str = "", **props: Any) -> rx.Component:
    """Posts to one of our routes. While it is under way it is `group-data-sent/form`."""
    return _NativeForm.create(
        *children, action=action, method="post", class_name=f"group/form {class_name}".strip(), **props
    )
