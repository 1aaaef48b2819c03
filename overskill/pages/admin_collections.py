"""Collections of listings, and staff picks: what the explore page recommends."""

from typing import Any

import reflex as rx

from overskill.components.admin import nothing, panel, unless_own
from overskill.components.admin_decide import search_form
from overskill.components.button import button, icon_button, submit_button
from overskill.components.card import card
from overskill.components.dialog import cancel_button, dialog, dialog_actions
from overskill.components.feedback import badge, empty
from overskill.components.field import CONTROL, field, text_input
from overskill.components.words import Words
from overskill.pages.admin_frame import admin_page, loading
from overskill.state.admin_collections import PICKS, CollectionRow, CollectionsState, ItemRow

LONGEST_TITLE, LONGEST_TEXT = 80, 300


def admin_collections_page() -> rx.Component:
    return admin_page(
        "collections",
        "Collections",
        "What the explore page recommends, in this order.",
        rx.cond(CollectionsState.is_loaded, _shelves(), loading()),
        _words_dialog(),
        _delete_dialog(),
        _add_dialog(),
        actions=(button("New collection", size="sm", icon="plus", on_click=CollectionsState.ask("make", "")),),
    )


def _shelves() -> rx.Component:
    return rx.fragment(
        panel(
            "Staff picks",
            "The last one picked comes first; twelve are shown.",
            rx.cond(
                CollectionsState.picks.length() > 0,
                card(_items(CollectionsState.picks, PICKS, is_ordered=False)),
                nothing("Nothing is picked. Explore leaves the row out."),
            ),
            actions=(button("Add", size="sm", icon="plus", on_click=CollectionsState.ask("add", PICKS)),),
        ),
        rx.cond(
            CollectionsState.rows.length() > 0,
            rx.fragment(rx.foreach(CollectionsState.rows, _collection)),
            empty(
                "library",
                "No collection yet",
                "Put listings together under a title, such as “For a small shop”. Explore shows them side by side.",
                button("New collection", size="sm", on_click=CollectionsState.ask("make", "")),
            ),
        ),
    )


def _collection(one: CollectionRow) -> rx.Component:
    return rx.el.section(
        rx.el.div(
            rx.el.div(
                rx.el.h2(
                    one.title,
                    rx.cond(one.is_shown, badge("Shown", tone="positive", dot=True), badge("Hidden")),
                    class_name="flex flex-wrap items-center gap-2 text-[15px] font-semibold",
                ),
                rx.cond(one.text != "", rx.el.p(one.text, class_name="mt-0.5 text-[13px] text-faint"), rx.fragment()),
                rx.cond(
                    one.is_shown & (one.note != ""),
                    rx.el.p(one.note, class_name="mt-0.5 text-[13px] text-warning"),
                    rx.fragment(),
                ),
                class_name="min-w-0 flex-1 basis-56",
            ),
            rx.el.div(
                _arrow("arrow_up", f"Move {one.title} up", CollectionsState.move(one.id, -1), one.is_first),
                _arrow("arrow_down", f"Move {one.title} down", CollectionsState.move(one.id, 1), one.is_last),
                button(
                    rx.cond(one.is_shown, "Hide", "Show"),
                    size="sm",
                    on_click=CollectionsState.show(one.id, ~one.is_shown),
                    custom_attrs={"aria-label": rx.cond(one.is_shown, f"Hide {one.title}", f"Show {one.title}")},
                ),
                _wish("Edit", "edit", one),
                _wish("Delete", "delete", one, variant="danger"),
                _wish("Add", "add", one, icon="plus"),
                class_name="flex flex-wrap items-center gap-2",
            ),
            class_name="mb-3 flex flex-wrap items-end justify-between gap-3",
        ),
        rx.cond(
            one.listings.length() > 0,
            card(_items(one.listings, one.id, is_ordered=True)),
            nothing("Nothing is in it yet."),
        ),
        key=one.id,
        class_name="min-w-0",
    )


def _wish(words: str, wish: str, one: CollectionRow, **props: Any) -> rx.Component:
    return button(
        words,
        size="sm",
        on_click=CollectionsState.ask(wish, one.id),
        custom_attrs={"aria-label": rx.Var.create(f"{words}: {one.title}")},
        **props,
    )


def _arrow(icon: str, label: Words, event: Any, is_end: rx.Var[bool] | bool) -> rx.Component:  # noqa: ANN401
    return icon_button(icon, label, size="sm", on_click=event, disabled=is_end)


def _items(items: rx.Var[list[ItemRow]] | list[ItemRow], collection_id: Any, *, is_ordered: bool) -> rx.Component:  # noqa: ANN401
    def one(item: ItemRow) -> rx.Component:
        move = CollectionsState.move_item
        arrows = (
            _arrow("arrow_up", f"Move {item.title} up", move(collection_id, item.id, -1), item.is_first),
            _arrow("arrow_down", f"Move {item.title} down", move(collection_id, item.id, 1), item.is_last),
        )
        return rx.el.li(
            _named(item),
            rx.el.div(
                *(arrows if is_ordered else ()),
                icon_button(
                    "x",
                    f"Take {item.title} out",
                    size="sm",
                    on_click=CollectionsState.remove(collection_id, item.id),
                ),
                class_name="flex shrink-0 items-center gap-1",
            ),
            key=item.id,
            class_name="flex items-center justify-between gap-3 px-4 py-2.5 sm:px-5",
        )

    return rx.el.ul(rx.foreach(items, one), class_name="divide-y divide-line")


def _named(item: ItemRow) -> rx.Component:
    return rx.el.div(
        rx.el.div(
            rx.el.a(item.title, href=f"/apps/{item.slug}", class_name="truncate hover:underline"),
            rx.cond(item.is_sold, rx.fragment(), badge("Not sold now", tone="warning")),
            class_name="flex min-w-0 items-center gap-2 text-sm font-medium text-ink",
        ),
        rx.el.div("By ", item.creator, class_name="truncate text-[13px] text-faint"),
        class_name="min-w-0",
    )


def _words_dialog() -> rx.Component:
    state = CollectionsState
    return dialog(
        rx.cond(state.wish == "make", "New collection", "Edit the collection"),
        "Visitors read the title above the listings, and the text below it.",
        rx.el.form(
            field(
                "Title",
                text_input(
                    "title",
                    id="collection-title",
                    default_value=state.title,
                    required=True,
                    max_length=LONGEST_TITLE,
                    auto_complete="off",
                ),
                error=rx.cond(state.refusal != "", state.refusal, ""),
            ),
            field(
                "Text",
                rx.el.textarea(
                    name="text",
                    custom_attrs={"id": "collection-text"},
                    default_value=state.text,
                    rows=2,
                    max_length=LONGEST_TEXT,
                    class_name=f"{CONTROL} px-3 py-2",
                ),
            ),
            dialog_actions(cancel_button(), submit_button(rx.cond(state.wish == "make", "Make", "Save"))),
            key=state.chosen_id,
            on_submit=state.save,
            class_name="mt-4 flex flex-col gap-4",
        ),
        open=(state.wish == "make") | (state.wish == "edit"),
        on_open_change=state.close,
    )


def _delete_dialog() -> rx.Component:
    return dialog(
        rx.Var.create(f"Delete {CollectionsState.title}?"),
        "Its listings stay as they are.",
        dialog_actions(cancel_button("Keep it"), button("Delete", variant="danger", on_click=CollectionsState.delete)),
        open=CollectionsState.wish == "delete",
        on_open_change=CollectionsState.close,
    )


def _add_dialog() -> rx.Component:
    state = CollectionsState
    return dialog(
        rx.cond(state.title != "", rx.Var.create(f"Add to {state.title}"), "Add a staff pick"),
        "Only what is sold can be added.",
        rx.el.div(search_form("Title or creator's username", state.words, state.search), class_name="mt-4"),
        rx.cond(
            state.found.length() > 0,
            rx.el.ul(rx.foreach(state.found, _found), class_name="mt-3 divide-y divide-line"),
            rx.el.p("Nothing that is sold is called so.", class_name="py-8 text-center text-sm text-faint"),
        ),
        dialog_actions(cancel_button("Close")),
        open=state.wish == "add",
        on_open_change=state.close,
    )


def _found(item: ItemRow) -> rx.Component:
    return rx.el.li(
        _named(item),
        unless_own(
            item.is_own,
            button(
                "Add",
                size="sm",
                on_click=CollectionsState.add(item.id),
                custom_attrs={"aria-label": rx.Var.create(f"Add {item.title}")},
            ),
        ),
        key=item.id,
        class_name="flex items-center justify-between gap-3 py-2.5",
    )
