"""A few lines to copy somewhere else."""

import reflex as rx

from overskill.components.button import icon_button


def snippet(title: str, text: str | rx.Var[str]) -> rx.Component:
    return rx.el.div(
        rx.el.p(title, class_name="text-[13px] font-medium text-ink"),
        rx.el.div(
            rx.el.pre(
                rx.el.code(text),
                tab_index=0,
                custom_attrs={"aria-label": title},
                class_name="min-w-0 flex-1 overflow-x-auto px-3.5 py-3 font-mono text-[13px] leading-relaxed text-ink",
            ),
            icon_button(
                "copy",
                "Copy",
                size="sm",
                on_click=[rx.set_clipboard(text), rx.toast.success("Copied.")],
                class_name="m-1.5 shrink-0",
            ),
            class_name="mt-1.5 flex items-start rounded-lg border border-line bg-sunken",
        ),
        class_name="mt-4 min-w-0",
    )
