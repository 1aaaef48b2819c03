"""The three environments in a row: what each shows, and which one the tab tells of."""

import reflex as rx

from overskill.components.icon import icon
from overskill.components.tabs import roving, stop
from overskill.state.publish import PublishState
from overskill.state.publish_cards import PlaceCard
from overskill.state.serving import ServingState
from overskill.state.traffic import TrafficState


def places() -> rx.Component:
    return roving(
        rx.foreach(PublishState.places, _place),
        role="radiogroup",
        label="Environment",
        class_name="grid grid-cols-3 gap-1 rounded-xl border border-line bg-hover p-1",
    )


def _place(place: PlaceCard) -> rx.Component:
    chosen = PublishState.environment == place.name
    return rx.el.button(
        rx.el.span(
            place.words,
            rx.cond(place.is_protected, icon("lock", size=12, class_name="hidden text-faint sm:block"), rx.fragment()),
            rx.cond(place.is_private, icon("eye_off", size=12, class_name="hidden text-faint sm:block"), rx.fragment()),
            class_name="flex items-center gap-1.5 text-[13px] font-medium",
        ),
        rx.el.span(
            rx.el.span(
                class_name=rx.cond(
                    place.is_live, "size-1.5 rounded-full bg-positive", "size-1.5 rounded-full border border-faint"
                ),
            ),
            rx.cond(place.is_live, rx.fragment("Version ", place.version), "Nothing yet"),
            class_name="flex items-center gap-1.5 text-xs text-soft",
        ),
        type="button",
        role="radio",
        tab_index=stop(chosen),
        on_click=[PublishState.choose_environment(place.name), ServingState.forget_refusal, TrafficState.load],
        custom_attrs={"aria-checked": chosen, "data-on": chosen},
        key=place.name,
        class_name=(
            "flex min-w-0 flex-col items-start gap-1 rounded-lg px-3 py-2 text-left text-soft transition-colors "
            "duration-150 hover:text-ink data-[on=true]:bg-surface data-[on=true]:text-ink "
            "data-[on=true]:shadow-card dark:data-[on=true]:bg-strong"
        ),
    )
