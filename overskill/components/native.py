"""Elements that do what HTML does. Reflex's own form never submits, and its links stay inside the page:
both are wrong for addresses our routes answer (signing in and out, downloads)."""

import reflex as rx
from reflex_components_core.el.elements.base import BaseHTML
from reflex_components_core.el.elements.inline import A


class NativeForm(BaseHTML):
    tag = "form"
    action: rx.Var[str]
    method: rx.Var[str]
    no_validate: rx.Var[bool]


native_form = NativeForm.create
native_link = A.create
