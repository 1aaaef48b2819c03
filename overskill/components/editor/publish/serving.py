"""How the chosen environment is served: a form behind its own heading, because it is seldom needed."""

from typing import Any

import reflex as rx

from overskill.components.button import button, submit_button
from overskill.components.card import card
from overskill.components.editor.browser import Disclosure
from overskill.components.field import CONTROL, field, text_input
from overskill.components.icon import icon
from overskill.state.publish import PublishState
from overskill.state.serving import ServingState

PLACE: Any = PublishState.place
_MAY_NOT_DECIDE: Any = ~PublishState.may_decide


def serving() -> rx.Component:
    return card(
        Disclosure.create(
            rx.el.span(
                icon("sliders_horizontal", size=16, class_name="text-faint"),
                rx.el.span("How ", PLACE.name, " is served", class_name="flex-1 text-[15px] font-semibold text-ink"),
                icon(
                    "chevron_down",
                    size=16,
                    class_name="text-faint transition-transform duration-150 group-data-open:rotate-180",
                ),
                class_name="flex items-center gap-2.5",
            ),
            _form(),
            line_class=(
                "px-5 py-4 transition-colors duration-150 hover:bg-hover focus-visible:outline-offset-[-3px] sm:px-6"
            ),
            class_name="group",
        ),
        class_name="overflow-hidden",
    )


def _form() -> rx.Component:
    return rx.el.form(
        rx.cond(
            _is_locked(),
            rx.el.p(
                rx.cond(
                    PublishState.may_change,
                    "This environment is protected: only the team's owner or an admin changes how it is served.",
                    "You can look at this, but not change it.",
                ),
                class_name="text-[13px] text-soft",
            ),
            rx.fragment(),
        ),
        rx.el.fieldset(*_fields(), disabled=_is_locked(), class_name="flex min-w-0 flex-col gap-5"),
        rx.el.div(
            rx.cond(
                PLACE.is_private & PublishState.may_change,
                button("End all private links", variant="ghost", icon="unlink", on_click=ServingState.end_links),
                rx.fragment(),
            ),
            submit_button("Save", disabled=_is_locked()),
            class_name="flex flex-wrap justify-end gap-2",
        ),
        # A box that is ticked at first stays as it is: the form begins anew with what was saved here or elsewhere.
        key=f"{PublishState.environment}{ServingState.saved}{PLACE.is_protected}{PLACE.is_private}",
        on_submit=ServingState.save,
        class_name="flex flex-col gap-5 border-t border-line p-5 sm:p-6",
    )


def _is_locked() -> rx.Var[bool]:
    return ~PublishState.may_change | (PLACE.is_protected & ~PublishState.may_decide)


def _fields() -> list[rx.Component]:
    return [
        _choice(
            "is_protected",
            "Protected",
            "What editors publish here waits until the team's owner or an admin approves it.",
            is_chosen=PLACE.is_protected,
            disabled=_MAY_NOT_DECIDE,
        ),
        _choice(
            "is_private",
            "Private",
            "Only who opens it by a private link sees it. You make the links, and say for how long they work.",
            is_chosen=PLACE.is_private,
        ),
        field(
            "Maintenance",
            text_input(
                "maintenance",
                id="serving-maintenance",
                default_value=PLACE.maintenance,
                max_length=300,
                placeholder="We are back at noon.",
                auto_complete="off",
            ),
            hint="What visitors read instead of the app. Leave it empty to show the app.",
            error=_refusal("maintenance"),
        ),
        _limits(),
        field(
            "Hosts its server code may call",
            rx.el.textarea(
                name="egress",
                default_value=PLACE.egress,
                rows=3,
                spell_check=False,
                placeholder="api.example.com",
                custom_attrs={"id": "serving-egress"},
                class_name=f"{CONTROL} resize-y px-3 py-2 font-mono leading-relaxed",
            ),
            hint="One a line; *.example.com stands for all below it. It takes effect within a minute. Pages may call "
            "any host.",
            error=_refusal("egress"),
        ),
    ]


def _limits() -> rx.Component:
    return rx.el.div(
        field(
            "Requests a second",
            text_input(
                "rate",
                id="serving-rate",
                default_value=PLACE.rate,
                input_mode="numeric",
                placeholder="As everywhere here",
                auto_complete="off",
            ),
            hint="More are asked to wait.",
            error=_refusal("rate"),
        ),
        field(
            "MB in one request",
            text_input(
                "max_body",
                id="serving-body",
                default_value=PLACE.max_body,
                input_mode="numeric",
                placeholder="As everywhere here",
                auto_complete="off",
            ),
            hint="Larger uploads are refused.",
            error=_refusal("max_body"),
        ),
        class_name="grid items-start gap-4 sm:grid-cols-2",
    )


def _choice(
    name: str, label: str, hint: str, *, is_chosen: rx.Var[bool], disabled: rx.Var[bool] | bool = False
) -> rx.Component:
    place = f"serving-{name}"
    return rx.el.div(
        rx.el.input(
            type="checkbox",
            name=name,
            default_checked=is_chosen,
            disabled=disabled,
            custom_attrs={"id": place, "aria-describedby": f"{place}-hint"},
            class_name="mt-0.5 size-4 shrink-0 cursor-pointer accent-accent",
        ),
        rx.el.div(
            rx.el.label(label, html_for=place, class_name="block cursor-pointer text-sm font-medium text-ink"),
            rx.el.p(hint, id=f"{place}-hint", class_name="mt-0.5 text-[13px] leading-relaxed text-faint"),
            class_name="min-w-0",
        ),
        class_name="flex items-start gap-3",
    )


def _refusal(name: str) -> rx.Var[str]:
    return rx.cond(ServingState.refused == name, ServingState.refusal, "")
