"""The questions of the library: a licence and its key, the money back, uninstalling, handing on."""

from typing import Any

import reflex as rx

from overskill.components.button import button, icon_button, submit_button
from overskill.components.dialog import cancel_button, dialog, dialog_actions
from overskill.components.feedback import callout, skeleton
from overskill.components.field import CONTROL, field, text_input
from overskill.components.local_time import local_time
from overskill.components.snippet import snippet
from overskill.state.library import LibraryState
from overskill.state.library_rows import ActivationRow

_CHOSEN = LibraryState.chosen


def library_dialogs() -> rx.Component:
    return rx.fragment(_license(), _refund(), _uninstall(), _transfer(), _stop())


def _asked(question: str) -> dict[str, Any]:
    return {"open": LibraryState.question == question, "on_open_change": LibraryState.close}


def _license() -> rx.Component:
    return dialog(
        "Licence",
        rx.Var.create("") + _CHOSEN.title + ": " + _CHOSEN.kind + ".",
        rx.cond(
            LibraryState.key != "",
            snippet("Licence key", LibraryState.key),
            skeleton("mt-4 h-16 rounded-lg"),
        ),
        rx.el.p(
            "Keep it to yourself: programs that check it take whoever has it for you.",
            class_name="mt-2 text-[13px] text-faint",
        ),
        rx.el.h3("Where it is used", class_name="mt-6 text-sm font-medium text-ink"),
        rx.cond(
            LibraryState.activations.length() > 0,
            rx.el.div(
                rx.el.p(LibraryState.uses, class_name="mt-1 text-[13px] text-faint"),
                rx.el.ul(
                    rx.foreach(LibraryState.activations, _activation),
                    class_name="mt-2 flex max-h-60 flex-col divide-y divide-line overflow-y-auto",
                ),
            ),
            rx.el.p("It is activated nowhere.", class_name="mt-1 text-[13px] text-faint"),
        ),
        dialog_actions(
            button("Replace the key", icon="refresh_cw", on_click=LibraryState.replace_key), cancel_button("Done")
        ),
        rx.el.p(
            "A replaced key stops working at once, wherever it is used.",
            class_name="mt-2 text-right text-[13px] text-faint",
        ),
        **_asked("license"),
    )


def _activation(row: ActivationRow) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.div(row.label, class_name="wrap-anywhere text-sm text-ink"),
            rx.el.div("Since ", local_time(row.since, shape="moment"), class_name="text-[13px] text-faint"),
            class_name="min-w-0 flex-1",
        ),
        icon_button("x", "End this activation", size="sm", on_click=LibraryState.end_activation(row.id)),
        key=row.id,
        class_name="flex items-center gap-3 py-2",
    )


def _refund() -> rx.Component:
    is_now = _CHOSEN.refunds == "now"
    return dialog(
        "Ask for the money back?",
        rx.cond(
            is_now,
            "The refund window is open: what you paid goes back to you at once, without a question.",
            "The refund window is over, so its creator decides. You get the answer by mail.",
        ),
        rx.el.div(
            callout(
                rx.cond(_CHOSEN.is_bundle, "All of the bundle is given back. ", ""),
                "Once the money goes back, the licence ends and your copy goes off the air. It is kept in your "
                "archive, with what you changed, and is served no more.",
                tone="warning",
            ),
            class_name="mt-4",
        ),
        rx.el.form(
            field(
                "Why",
                rx.el.textarea(
                    name="reason",
                    rows="3",
                    max_length=1000,
                    required=~is_now,
                    custom_attrs={"id": "refund-reason"},
                    class_name=f"{CONTROL} px-3 py-2",
                ),
                hint="Its creator reads it. Within the refund window you need not say.",
                error=rx.cond(LibraryState.refusal != "", LibraryState.refusal, ""),
            ),
            dialog_actions(
                cancel_button("Keep it"),
                submit_button(rx.cond(is_now, "Give it back", "Ask its creator"), variant="danger"),
            ),
            on_submit=LibraryState.ask_refund,
            class_name="mt-4",
        ),
        **_asked("refund"),
    )


def _uninstall() -> rx.Component:
    return dialog(
        "Uninstall it?",
        rx.cond(
            _CHOSEN.studio != "",
            "Your copy goes off the air and into the archive of your apps, with all you changed. The licence stays "
            "yours: you can install it again whenever you like.",
            "It goes out of your way. The licence stays yours: you can install it again whenever you like.",
        ),
        dialog_actions(cancel_button(), button("Uninstall", variant="danger", on_click=LibraryState.uninstall)),
        **_asked("uninstall"),
    )


def _stop() -> rx.Component:
    return dialog(
        "Cancel the subscription?",
        rx.fragment(
            _CHOSEN.title,
            " is not paid again. It works until ",
            local_time(_CHOSEN.renews_at, shape="moment"),
            "; afterwards it is not served any more, and nothing of it is deleted. Until then you can go on.",
        ),
        dialog_actions(
            cancel_button("Keep it"),
            button("Cancel the subscription", variant="danger", on_click=LibraryState.stop_renewing),
        ),
        **_asked("stop"),
    )


def _transfer() -> rx.Component:
    return dialog(
        "Hand it on",
        rx.Var.create("") + "Somebody else takes over " + _CHOSEN.title + ": they follow a link, and it is theirs.",
        rx.cond(
            LibraryState.link != "",
            rx.el.div(
                rx.el.p(
                    "A mail with this link is on its way. It works once, for a week, and is shown only now.",
                    role="status",
                    class_name="mt-4 text-sm text-soft",
                ),
                snippet("The link", LibraryState.link),
                dialog_actions(cancel_button("Done")),
            ),
            rx.el.form(
                rx.cond(
                    _CHOSEN.studio != "",
                    callout(
                        "The licence moves, and your copy with its chat, versions and address. Its variables, share "
                        "links, key and activations end. Your receipt stays with you; money back is no longer to be "
                        "asked for.",
                        tone="warning",
                    ),
                    callout("The licence moves. Your receipt stays with you.", tone="warning"),
                ),
                field(
                    "Their email",
                    text_input(
                        "email",
                        id="transfer-email",
                        type="email",
                        required=True,
                        max_length=254,
                        auto_complete="off",
                        placeholder="bob@example.com",
                    ),
                    error=rx.cond(LibraryState.refusal != "", LibraryState.refusal, ""),
                ),
                dialog_actions(cancel_button(), submit_button("Send the link")),
                on_submit=LibraryState.hand_on,
                class_name="mt-4 flex flex-col gap-4",
            ),
        ),
        **_asked("transfer"),
    )
