"""Name, address, description, icon and gallery; and the addresses the app has now."""

import reflex as rx

from overskill.components.button import button, icon_button, link_button, submit_button
from overskill.components.editor.settings.browser import IconPicker
from overskill.components.editor.settings.parts import code, refusal_of, section
from overskill.components.feedback import badge
from overskill.components.field import CONTROL, checkbox, field, text_input
from overskill.components.words import Words
from overskill.state.app_settings import LONGEST_ABOUT, LONGEST_APP_NAME, AppSettingsState
from overskill.state.editor import EditorState
from overskill.state.publish import PublishState


def general() -> rx.Component:
    return section(
        "General",
        "How people find and recognize the app.",
        rx.el.div(
            IconPicker.create(
                slug=AppSettingsState.slug,
                url=AppSettingsState.logo,
                has_icon=AppSettingsState.has_icon,
                may_change=AppSettingsState.may_change,
                on_done=AppSettingsState.load,
            ),
            class_name="border-b border-line p-5 sm:p-6",
        ),
        _form(),
        rx.el.div(_gallery(), class_name="border-t border-line px-5 py-4 sm:px-6"),
        key="general",
    )


def _form() -> rx.Component:
    return rx.el.form(
        rx.el.div(
            field(
                "Name",
                text_input(
                    "name",
                    id="settings-name",
                    default_value=AppSettingsState.name,
                    max_length=LONGEST_APP_NAME,
                    required=True,
                    auto_complete="off",
                ),
                error=refusal_of("general.name"),
            ),
            field(
                "Address",
                text_input(
                    "slug",
                    id="settings-slug",
                    default_value=AppSettingsState.slug,
                    max_length=48,
                    required=True,
                    auto_complete="off",
                    spell_check=False,
                    class_name="font-mono",
                ),
                hint="a-z, 0-9 and hyphens. While the app is live, it keeps its address.",
                error=refusal_of("general.slug"),
            ),
            class_name="grid gap-4 @md:grid-cols-2",
        ),
        field(
            "Description",
            rx.el.textarea(
                name="description",
                default_value=AppSettingsState.description,
                max_length=LONGEST_ABOUT,
                rows=2,
                placeholder="What the app does, in a sentence",
                custom_attrs={"id": "settings-description"},
                class_name=f"{CONTROL} resize-y px-3 py-2 leading-relaxed",
            ),
            hint="On its card, and what search engines show of the published app.",
            error=refusal_of("general.description"),
        ),
        rx.el.div(submit_button("Save"), class_name="flex justify-end"),
        key=AppSettingsState.saved.to_string(),
        on_submit=AppSettingsState.save_general,
        class_name="flex flex-col gap-4 p-5 sm:p-6",
    )


def _gallery() -> rx.Component:
    return checkbox(
        "Show it in the public gallery",
        "settings-in-gallery",
        hint=rx.cond(
            PublishState.in_gallery,
            "While it is published, everybody who opens the start page sees its name, description and picture.",
            "Only people with the address find it.",
        ),
        checked=PublishState.in_gallery,
        on_change=PublishState.choose_gallery,
    )


def addresses() -> rx.Component:
    return section(
        "Addresses",
        "Where the app can be opened.",
        rx.el.ul(
            _address(
                "Published",
                AppSettingsState.address,
                rx.cond(
                    AppSettingsState.live_url != "",
                    badge("Live", tone="positive", dot=True),
                    badge("Not published"),
                ),
                is_open=AppSettingsState.live_url != "",
            ),
            _address(
                "Live preview",
                EditorState.preview_address,
                badge("Keep it to yourself"),
                is_open=EditorState.preview_address != "",
            ),
            class_name="divide-y divide-line",
        ),
        key="addresses",
    )


def _address(title: str, address: Words, state: rx.Component, *, is_open: rx.Var[bool] | bool) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.div(rx.el.span(title, class_name="text-sm font-medium text-ink"), state, class_name="flex gap-2.5"),
            code(address, "mt-1 block break-all text-soft"),
            class_name="min-w-0 flex-1 basis-60",
        ),
        rx.el.div(
            icon_button(
                "copy",
                "Copy the address",
                size="sm",
                on_click=[rx.set_clipboard(address), rx.toast.success("Address copied.")],
            ),
            rx.cond(
                is_open,
                link_button(
                    "Open",
                    href=address,
                    native=True,
                    size="sm",
                    icon="external_link",
                    target="_blank",
                    rel="noreferrer",
                ),
                rx.fragment(),
            ),
            class_name="flex items-center gap-1.5",
        ),
        class_name="flex flex-wrap items-center gap-x-4 gap-y-2 px-5 py-4 sm:px-6",
    )


def publish_again(words: str) -> rx.Component:
    """A live app shows what it was built with."""
    return rx.cond(
        AppSettingsState.live_url != "",
        rx.el.div(
            rx.el.p(words, class_name="min-w-0 flex-1 basis-56 text-[13px] text-soft"),
            button(
                "Publish again",
                size="sm",
                icon="rocket",
                busy=PublishState.is_busy,
                on_click=[PublishState.publish, EditorState.show_tab("publish")],
            ),
            class_name="flex flex-wrap items-center gap-3 border-t border-line bg-canvas px-5 py-3 sm:px-6",
        ),
        rx.fragment(),
    )
