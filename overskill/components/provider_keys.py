"""Keys of one's own for providers of models: the list of them, and the form that adds one."""

import reflex as rx

from overskill.components.button import button, submit_button
from overskill.components.card import section_card
from overskill.components.dialog import cancel_button, dialog, dialog_actions
from overskill.components.feedback import badge
from overskill.components.field import CONTROL, field, text_input
from overskill.components.icon import icon
from overskill.state.model_rows import KeyRow
from overskill.state.models import OTHER, ModelsState


def provider_keys() -> rx.Component:
    return section_card(
        "Your keys",
        "Pay a provider yourself: with your key, turns cost no credits. Keys are kept encrypted and never shown again.",
        rx.cond(
            ModelsState.keys.length() > 0,
            rx.el.ul(
                rx.foreach(ModelsState.keys, _key),
                class_name="-mt-2 mb-5 flex flex-col divide-y divide-line border-b border-line",
            ),
            rx.el.p("No key yet. Add the first one here.", class_name="mb-4 text-sm text-faint"),
        ),
        _key_form(),
        id="keys",
    )


def _key(row: KeyRow) -> rx.Component:
    return rx.el.li(
        icon("key_round", size=18, class_name="text-faint"),
        rx.el.div(
            rx.el.div(
                rx.el.span(row.provider, class_name="text-sm font-medium text-ink"),
                rx.el.span("… ", row.hint, class_name="font-mono text-[13px] text-faint"),
                rx.cond(row.is_of_team, badge("Team"), badge("Only you")),
                class_name="flex flex-wrap items-center gap-2",
            ),
            rx.el.div(row.address, class_name="truncate text-[13px] text-faint"),
            class_name="min-w-0 flex-1 basis-48",
        ),
        rx.cond(
            row.may_change,
            rx.el.div(
                button("Test", size="sm", on_click=ModelsState.try_key(row.id)),
                _remove_key(row),
                class_name="flex gap-2",
            ),
            rx.fragment(),
        ),
        class_name="flex flex-wrap items-center gap-x-3.5 gap-y-2 py-3",
        key=row.id,
    )


def _remove_key(row: KeyRow) -> rx.Component:
    return dialog(
        "Remove this key?",
        rx.cond(
            row.is_of_team,
            "The team's lists pass its models over until somebody adds a key again.",
            "Lists pass its models over for you until you add it again.",
        ),
        dialog_actions(
            cancel_button(),
            button("Remove key", variant="danger", on_click=ModelsState.remove_key(row.id)),
        ),
        trigger=button("Remove", size="sm"),
    )


def _key_form() -> rx.Component:
    return rx.el.form(
        field(
            "Provider",
            rx.el.select(
                rx.foreach(ModelsState.known, lambda name: rx.el.option(name, value=name)),
                rx.el.option("Another OpenAI-compatible one", value=OTHER),
                name="provider",
                value=ModelsState.key_provider,
                on_change=ModelsState.choose_provider,
                custom_attrs={"id": "key-provider"},
                class_name=f"{CONTROL} h-10 px-2.5",
            ),
        ),
        rx.cond(ModelsState.key_provider == OTHER, _other_provider(), rx.fragment()),
        field(
            "Key",
            text_input("key", type="password", required=True, auto_complete="off", max_length=500, id="provider-key"),
            hint="It is tried at the provider before it is saved.",
            error=_refusal_of("key.key"),
        ),
        rx.cond(
            ModelsState.may_change,
            field(
                "For",
                rx.el.select(
                    rx.el.option("Only me", value="me"),
                    rx.el.option("Everybody in the team", value="team"),
                    name="owner",
                    custom_attrs={"id": "key-owner"},
                    class_name=f"{CONTROL} h-10 px-2.5",
                ),
            ),
            rx.fragment(),
        ),
        rx.el.div(submit_button("Test and save", busy=ModelsState.is_trying), class_name="flex justify-end"),
        key=f"{ModelsState.saved}",
        on_submit=ModelsState.add_key,
        class_name="flex flex-col gap-4",
    )


def _other_provider() -> rx.Component:
    return rx.el.div(
        field(
            "Name",
            text_input("name", required=True, max_length=39, auto_complete="off", id="provider-name"),
            hint="How lists call it, such as openai.",
            error=_refusal_of("key.provider"),
        ),
        field(
            "Address",
            text_input(
                "base_url",
                type="url",
                required=True,
                max_length=300,
                auto_complete="off",
                placeholder="https://api.example.com/v1",
                id="provider-address",
            ),
            hint="What comes before /chat/completions.",
            error=_refusal_of("key.base_url"),
        ),
        class_name="grid gap-4 sm:grid-cols-2",
    )


def _refusal_of(place: str) -> rx.Var[str]:
    return rx.cond(ModelsState.refused == place, ModelsState.refusal, "")
