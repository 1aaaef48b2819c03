"""Text fields of a form in a dialog: what was typed is there again, however it was closed."""

import reflex as rx

from overskill.components.browser_files import browser_file

browser_file(__name__, "draft_fields.js")


class DraftFields(rx.Component):
    """Around fields that have what the server keeps as their `default_value`. `scope`: what they are about."""

    library = browser_file(__name__, "draft_fields.jsx")
    tag = "DraftFields"
    scope: rx.Var[str]
