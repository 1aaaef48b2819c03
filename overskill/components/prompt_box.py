"""The box that a prompt is written in."""

import reflex as rx

from overskill.components.attachments import ICONS
from overskill.components.browser_files import browser_file

_LIBRARY = browser_file(__name__, "prompt_box.jsx")


class _PromptBox(rx.Component):
    library = _LIBRARY
    tag = "PromptBox"
    lib_dependencies: list[str] = [ICONS]
    name: rx.Var[str]
    label: rx.Var[str]
    placeholder: rx.Var[str]
    limit: rx.Var[int]
    text: rx.Var[str]
    can_attach: rx.Var[bool]


class _SubmitKeys(rx.Component):
    library = _LIBRARY
    tag = "SubmitKeys"


def submit_keys(class_name: str = "") -> rx.Component:
    """Ctrl or Cmd + Enter, whichever the visitor has."""
    return _SubmitKeys.create(class_name=class_name)


def prompt_box(
    name: str,
    *below: rx.Component,
    label: str,
    placeholder: str,
    limit: int,
    text: rx.Var[str] | str = "",
    can_attach: rx.Var[bool] | bool = False,
    class_name: str = "",
) -> rx.Component:
    """Stands in a form, which Ctrl or Cmd + Enter submits, with `attachments` (ids) and `mode` as its fields beside
    `name`. Elements with `data-prompt` fill it when clicked. What is `below` stands beside the switches."""
    return _PromptBox.create(
        *below,
        name=name,
        label=label,
        placeholder=placeholder,
        limit=limit,
        text=text,
        can_attach=can_attach,
        class_name=(
            "block w-full resize-none bg-transparent px-4 pb-1 pt-4 text-[17px] leading-relaxed text-ink "
            f"max-h-[45dvh] outline-none! sm:text-base {class_name}"
        ).strip(),
    )
