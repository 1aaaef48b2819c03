"""My apps."""

import reflex as rx

from overskill.components.app_card import cover
from overskill.components.button import button, icon_button, submit_button
from overskill.components.card import card
from overskill.components.dialog import cancel_button, dialog, dialog_actions
from overskill.components.editor.browser import time_ago
from overskill.components.editor.settings.browser import ImportFromGithub, ImportProject
from overskill.components.feedback import badge, empty, skeleton
from overskill.components.field import CONTROL, field, text_input
from overskill.components.icon import icon
from overskill.components.layout import page, page_title
from overskill.components.menu import menu, menu_item, menu_link, menu_separator
from overskill.components.native import native_form
from overskill.components.prompt_box import prompt_box
from overskill.components.tabs import segmented
from overskill.state.studio import LONGEST_APP_NAME, LONGEST_MESSAGE, AppCard, StudioState

IDEAS = (
    ("Habit tracker", "A habit tracker with streaks and a calm weekly view"),
    ("Plant diary", "Something to keep track of my plants: when I watered them and when to next"),
    ("Invoice board", "A kanban board for my invoices: draft, sent, overdue, paid"),
    ("Booking calendar", "A booking calendar for a small hair salon with services and time slots"),
)


def studio_page() -> rx.Component:
    return page(
        page_title("My apps"),
        _make_one(),
        _bring_one(),
        _tools(),
        rx.cond(StudioState.is_loaded, _apps(), _loading()),
        _rename_dialog(),
        _delete_dialog(),
    )


def _make_one() -> rx.Component:
    return native_form(
        prompt_box(
            "prompt",
            label="What do you want to build?",
            placeholder="What do you want to build next?",
            limit=LONGEST_MESSAGE,
        ),
        rx.el.div(
            rx.el.div(
                *[
                    rx.el.button(
                        words,
                        type="button",
                        custom_attrs={"data-prompt": prompt},
                        class_name=(
                            "shrink-0 rounded-full border border-line px-3 py-1 text-[13px] text-soft "
                            "transition-colors duration-150 hover:border-strong hover:text-ink"
                        ),
                    )
                    for words, prompt in IDEAS
                ],
                class_name="flex min-w-0 flex-1 gap-1.5 overflow-x-auto [scrollbar-width:none]",
            ),
            submit_button("Build it", icon="arrow_up"),
            class_name="flex items-center gap-3 p-2.5 pl-3.5",
        ),
        action="/start",
        class_name=(
            "rounded-2xl border border-strong bg-surface shadow-card transition-[border-color,box-shadow] duration-200 "
            "ease-calm focus-within:border-ring focus-within:ring-4 focus-within:ring-ring/20"
        ),
    )


def _bring_one() -> rx.Component:
    return rx.el.div(
        rx.el.p("Or bring a Vite and React project of yours.", class_name="text-sm text-faint"),
        rx.cond(StudioState.imports_from_github, ImportFromGithub.create(), rx.fragment()),
        ImportProject.create(slug=""),
        class_name="relative mt-3 flex flex-wrap items-center justify-end gap-3",
    )


def _tools() -> rx.Component:
    return rx.el.div(
        segmented(
            "Which apps",
            StudioState.status,
            [("active", "Active", ""), ("archived", "Archived", ""), ("deleted", "Deleted", "")],
            StudioState.show,  # type: ignore[arg-type]  # Reflex types handlers as uncallable
        ),
        rx.el.div(
            icon("search", size=15, class_name="pointer-events-none absolute left-3 top-2.5 text-faint"),
            rx.el.input(
                type="search",
                placeholder="Search",
                custom_attrs={"aria-label": "Search my apps"},
                on_change=StudioState.search.debounce(150),
                class_name=f"{CONTROL} h-9 pl-9 pr-3",
            ),
            class_name="relative w-full sm:w-60",
        ),
        class_name="flex flex-wrap items-center justify-between gap-3 pb-5 pt-10",
    )


def _apps() -> rx.Component:
    return rx.cond(
        StudioState.found.length() > 0,
        rx.el.ul(
            rx.foreach(StudioState.found, _app),
            class_name="grid grid-cols-1 gap-5 sm:grid-cols-2 lg:grid-cols-3",
        ),
        rx.match(
            rx.cond(StudioState.query != "", "search", StudioState.status),
            ("search", empty("search_x", "Nothing found", "No app has these words in its name or its first message.")),
            (
                "archived",
                empty("archive", "The archive is empty", "Put an app here when you are done with it. It stays live."),
            ),
            ("deleted", empty("trash_2", "Nothing was deleted", "Deleted apps wait here for 30 days.")),
            empty(
                "sparkles",
                "Your first app is one sentence away",
                "Say above what you need. You watch it being written, use it, and publish it.",
            ),
        ),
    )


def _loading() -> rx.Component:
    return rx.el.div(
        *[skeleton("aspect-[16/13] w-full rounded-xl") for _ in range(3)],
        custom_attrs={"aria-label": "Loading your apps"},
        class_name="grid grid-cols-1 gap-5 sm:grid-cols-2 lg:grid-cols-3",
    )


def _app(app: AppCard) -> rx.Component:
    href = rx.Var.create(f"/studio/{app.slug}")
    picture = cover(app.name, app.accent, thumbnail=app.thumbnail, logo_url=app.logo)
    return rx.el.li(
        card(
            rx.cond(
                StudioState.status == "deleted",
                rx.el.div(picture, class_name="opacity-60 grayscale"),
                rx.el.a(picture, href=href, tab_index=-1, custom_attrs={"aria-hidden": "true"}, class_name="block"),
            ),
            rx.el.div(
                rx.el.div(
                    rx.cond(
                        StudioState.status == "deleted",
                        rx.el.h2(app.name, class_name="truncate text-[15px] font-semibold"),
                        rx.el.h2(
                            rx.el.a(app.name, href=href, class_name="after:absolute after:inset-0 after:rounded-xl"),
                            class_name="truncate text-[15px] font-semibold",
                        ),
                    ),
                    rx.el.p(
                        rx.cond(
                            StudioState.status == "deleted",
                            rx.fragment("Gone for good in ", app.days_left, " days"),
                            rx.fragment(
                                rx.cond(app.description != "", rx.fragment(app.description, " · "), rx.fragment()),
                                "Changed ",
                                time_ago(app.at),
                            ),
                        ),
                        class_name="mt-0.5 truncate text-[13px] text-faint",
                    ),
                    class_name="min-w-0 flex-1",
                ),
                rx.cond(StudioState.status == "deleted", rx.fragment(), _state(app)),
                rx.el.div(_actions(app), class_name="relative z-10 -mr-1.5"),
                class_name="flex items-center gap-2.5 border-t border-line px-4 py-3",
            ),
            class_name=(
                "group relative overflow-hidden transition-[box-shadow,border-color] duration-200 ease-calm "
                "hover:border-strong hover:shadow-raised"
            ),
        ),
        key=app.slug,
    )


def _state(app: AppCard) -> rx.Component:
    return rx.match(
        app.state,
        ("working", badge("Working", tone="accent", dot=True)),
        ("live", badge("Live", tone="positive", dot=True)),
        ("draft", badge("Draft")),
        badge("Empty"),
    )


def _actions(app: AppCard) -> rx.Component:
    trigger = icon_button("ellipsis", "More", size="sm", side="top")
    bring_back = menu_item("Bring back", icon="undo_2", on_select=StudioState.bring_back(app.slug))
    return rx.match(
        StudioState.status,
        ("deleted", button("Bring back", size="sm", on_click=StudioState.bring_back(app.slug))),
        ("archived", menu(trigger, bring_back, menu_separator(), _delete_item(app))),
        menu(
            trigger,
            menu_link("Open", f"/studio/{app.slug}", icon="pencil_ruler"),
            rx.cond(
                app.live_url != "",
                menu_link("Open the live app", app.live_url, icon="external_link", native=True),
                rx.fragment(),
            ),
            menu_separator(),
            rx.cond(app.state != "empty", menu_link("Sell", f"/sell?app={app.slug}", icon="store"), rx.fragment()),
            menu_item("Rename", icon="type", on_select=StudioState.ask_name(app.slug)),
            menu_item("Duplicate", icon="copy", on_select=StudioState.duplicate(app.slug)),
            menu_item("Archive", icon="archive", on_select=StudioState.archive(app.slug)),
            menu_separator(),
            _delete_item(app),
        ),
    )


def _delete_item(app: AppCard) -> rx.Component:
    return menu_item("Delete", icon="trash_2", danger=True, on_select=StudioState.ask_delete(app.slug))


def _rename_dialog() -> rx.Component:
    return dialog(
        "Rename the app",
        "Its address stays the same, so links keep working.",
        rx.el.form(
            field(
                "Name",
                text_input(
                    "name",
                    id="app-name",
                    default_value=StudioState.renaming.name,
                    max_length=LONGEST_APP_NAME,
                    required=True,
                    auto_focus=True,
                    auto_complete="off",
                ),
            ),
            dialog_actions(cancel_button(), submit_button("Rename")),
            on_submit=StudioState.rename,
            class_name="mt-5",
        ),
        open=StudioState.renaming.slug != "",
        on_open_change=StudioState.close_dialogs,
    )


def _delete_dialog() -> rx.Component:
    return dialog(
        "Delete this app?",
        rx.Var.create(
            f"“{StudioState.deleting.name}” is taken off the air at once. For 30 days you can bring it back; "
            "then it is gone, with its versions."
        ),
        dialog_actions(
            cancel_button("Keep it"),
            button("Delete", variant="danger", icon="trash_2", on_click=StudioState.delete),
        ),
        open=StudioState.deleting.slug != "",
        on_open_change=StudioState.close_dialogs,
    )
