"""The box that a prompt is written in."""

import reflex as rx

_LIBRARY = rx.asset("prompt_box.jsx", shared=True).importable_path


class _PromptBox(rx.Component):
    library = _LIBRARY
    tag = "PromptBox"
    name: rx.Var[str]
    label: rx.Var[str]
    placeholder: rx.Var[str]
    limit: rx.Var[int]
    text: rx.Var[str]


class _SubmitKeys(rx.Component):
    library = _LIBRARY
    tag = "SubmitKeys"


def submit_keys(class_name: str = "") -> rx.Component:
    """Ctrl or Cmd + Enter, whichever the visitor has."""
    return _SubmitKeys.create(class_name=class_name)


def prompt_box(
    name: str, *, label: str, placeholder: str, limit: int, text: rx.Var[str] | str = "", class_name: str = ""
) -> rx.Component:
    """Stands in a form, which Ctrl or Cmd + Enter submits. Elements with `data-prompt` fill it when clicked."""
    return _PromptBox.create(
        name=name,
        label=label,
        placeholder=placeholder,
        limit=limit,
        text=text,
        class_name=(
            "block w-full resize-none bg-transparent px-4 pb-1 pt-4 text-[17px] leading-relaxed text-ink "
            f"max-h-[45dvh] outline-none! sm:text-base {class_name}"
        ).strip(),
    )
