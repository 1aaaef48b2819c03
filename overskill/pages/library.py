"""The library: what was bought, each with its licence, its way in, and what can be done with it."""

import reflex as rx

from overskill.components.button import button, icon_button, link_button
from overskill.components.card import card
from overskill.components.feedback import Tone, badge, callout, empty, progress_bar, skeleton
from overskill.components.field import CONTROL
from overskill.components.icon import icon
from overskill.components.layout import page, page_title
from overskill.components.local_time import local_time
from overskill.components.market.library_dialogs import library_dialogs
from overskill.components.market.money import money
from overskill.components.menu import menu, menu_item, menu_link, menu_separator
from overskill.components.native import native_link
from overskill.components.tabs import segmented
from overskill.state.library import LibraryState
from overskill.state.library_rows import LibraryRow

_META = "facts flex flex-wrap items-center gap-x-1.5 gap-y-0.5 text-[13px] text-faint"
_TONES: tuple[Tone, ...] = ("accent", "positive", "warning", "danger")


def library_page() -> rx.Component:
    return page(
        page_title("Library", "What you bought: your own copies, apps you may use, licences and receipts."),
        rx.cond(
            LibraryState.is_loaded,
            rx.cond(LibraryState.rows.length() > 0, _shelf(), _nothing()),
            rx.el.div(*[skeleton("h-36 rounded-xl") for _ in range(3)], class_name="flex flex-col gap-4"),
        ),
        library_dialogs(),
        width="max-w-4xl",
    )


def _nothing() -> rx.Component:
    return empty(
        "library",
        "Nothing here yet",
        "Apps that you get in the marketplace are here, with their licences and receipts. Many of them are free.",
        link_button("Explore apps", href="/explore", variant="primary", icon="compass"),
    )


def _shelf() -> rx.Component:
    return rx.el.div(
        rx.cond(LibraryState.has_many, _search(), rx.fragment()),
        rx.el.ul(rx.foreach(LibraryState.shown, _row), class_name="flex flex-col gap-4"),
        rx.cond(
            LibraryState.shown.length() == 0,
            rx.el.p(
                "Nothing of yours fits. Look for something else.",
                role="status",
                class_name="py-10 text-center text-sm text-soft",
            ),
            rx.fragment(),
        ),
    )


def _search() -> rx.Component:
    groups = [("all", "All", ""), ("copies", "Copies", ""), ("use", "To use", ""), ("ended", "Ended", "")]
    return rx.el.div(
        rx.el.input(
            type="search",
            default_value=LibraryState.words,
            on_change=LibraryState.search.debounce(150),
            placeholder="Search your library",
            max_length=80,
            custom_attrs={"aria-label": "Search your library"},
            class_name=f"{CONTROL} h-9.5 min-w-0 basis-full px-3 sm:basis-72",
        ),
        segmented("Which to show", LibraryState.group, groups, LibraryState.show_group),  # type: ignore[arg-type]  # uncallable to mypy
        class_name="mb-5 flex flex-wrap items-center justify-between gap-3",
    )


def _row(row: LibraryRow) -> rx.Component:
    return rx.el.li(
        card(
            rx.el.div(
                _cover(row),
                rx.el.div(
                    rx.el.div(_heading(row), _menu(row), class_name="flex items-start justify-between gap-2"),
                    _facts(row),
                    rx.cond(
                        row.is_working,
                        _progress(row),
                        rx.cond(row.group == "ended", rx.fragment(), _actions(row)),
                    ),
                    class_name="min-w-0 flex-1",
                ),
                class_name="flex gap-4 p-4 sm:gap-5 sm:p-5",
            ),
            _notes(row),
        ),
        key=row.id,
    )


def _cover(row: LibraryRow) -> rx.Component:
    return rx.el.div(
        rx.cond(
            row.cover != "",
            rx.el.img(
                src=f"/media/{row.cover}.webp",
                alt="",
                loading="lazy",
                class_name="absolute inset-0 size-full object-cover object-top",
            ),
            rx.el.span(
                icon("layout_grid", size=22), class_name="absolute inset-0 grid place-items-center text-[var(--app)]"
            ),
        ),
        style={"--app": row.accent},
        custom_attrs={"aria-hidden": "true"},
        class_name=(
            "relative hidden aspect-16/10 w-36 shrink-0 self-start overflow-hidden rounded-lg border border-line "
            "bg-[color-mix(in_srgb,var(--app)_14%,var(--surface))] sm:block "
            "dark:bg-[color-mix(in_srgb,var(--app)_20%,var(--surface))]"
        ),
    )


def _heading(row: LibraryRow) -> rx.Component:
    return rx.el.div(
        rx.el.h2(
            rx.el.a(row.title, href=f"/apps/{row.slug}", class_name="rounded-md hover:underline underline-offset-2"),
            class_name="min-w-0 wrap-anywhere text-[15px] font-semibold text-ink",
        ),
        rx.match(
            row.tone,
            *[(tone, badge(row.badge, tone=tone, dot=True)) for tone in _TONES],
            badge(row.badge),
        ),
        class_name="flex min-w-0 flex-wrap items-center gap-x-2.5 gap-y-1 pt-1",
    )


def _facts(row: LibraryRow) -> rx.Component:
    return rx.el.div(
        rx.el.div(
            rx.el.span(row.kind),
            rx.cond(row.release > 0, rx.el.span("Release ", row.release), rx.fragment()),
            rx.el.span(
                money(row.amount, row.currency, free="Free"),
                rx.cond(row.interval != "", rx.fragment(" each ", row.interval), rx.fragment()),
            ),
            rx.cond(row.is_test, rx.el.span("Test mode, no money was taken"), rx.fragment()),
            class_name=_META,
        ),
        rx.el.div(
            rx.el.span("Bought ", local_time(row.bought_at, shape="moment")),
            rx.cond(
                row.renews_at != "",
                rx.el.span(
                    rx.match(
                        row.renewal,
                        ("renews", "Renews "),
                        ("ends", "Ends "),
                        "Paid until ",
                    ),
                    local_time(row.renews_at, shape="moment"),
                ),
                rx.fragment(),
            ),
            class_name=_META,
        ),
        class_name="mt-1 flex flex-col gap-0.5",
    )


def _progress(row: LibraryRow) -> rx.Component:
    return rx.el.div(
        progress_bar(rx.Var.create(row.percent), "Installing"),
        rx.el.p(row.step, role="status", class_name="mt-2 text-[13px] text-soft"),
        class_name="mt-4 min-h-9.5",
    )


def _actions(row: LibraryRow) -> rx.Component:
    return rx.el.div(
        rx.cond(
            row.open_at != "",
            link_button(
                "Open",
                href=row.open_at,
                variant="primary",
                size="sm",
                icon="external_link",
                native=True,
                target="_blank",
                rel="noopener",
            ),
            rx.fragment(),
        ),
        rx.cond(
            row.studio != "",
            link_button("Edit in the studio", href=row.studio, size="sm", icon="pencil"),
            rx.fragment(),
        ),
        rx.cond(
            row.may_install,
            button(
                rx.cond(row.problem != "", "Try again", "Install again"),
                size="sm",
                icon="download",
                on_click=LibraryState.install_again(row.install_id),
            ),
            rx.fragment(),
        ),
        rx.cond(
            row.address != "",
            native_link(
                row.address,
                href=row.open_at,
                target="_blank",
                rel="noopener",
                class_name="min-w-0 truncate rounded-md text-[13px] text-faint hover:text-ink hover:underline",
            ),
            rx.fragment(),
        ),
        class_name="mt-4 flex min-h-8 flex-wrap items-center gap-x-3 gap-y-2",
    )


def _notes(row: LibraryRow) -> rx.Component:
    """What waits for somebody to do something."""
    has_any = (
        (row.problem != "") | (row.refund != "") | (row.needs != "") | (row.update_id != "") | (row.offered_to != "")
    ) | ((row.renewal == "late") | (row.renewal == "ends"))
    return rx.cond(
        has_any,
        rx.el.div(
            rx.cond(
                row.update_id != "",
                callout(
                    "A later release is there. ",
                    rx.el.a("Look at the update", href=f"/library/updates/{row.update_id}"),
                    tone="accent",
                ),
                rx.fragment(),
            ),
            rx.cond(row.problem != "", callout(row.problem, tone="danger"), rx.fragment()),
            _renewal_note(row),
            rx.cond(
                row.needs != "",
                callout(
                    "It uses values of its creator that you fill in with your own: ",
                    rx.el.code(row.needs, class_name="wrap-anywhere text-[13px]"),
                    ". Set them in the studio under “Variables”.",
                    tone="warning",
                ),
                rx.fragment(),
            ),
            rx.cond(row.refund != "", callout(row.refund), rx.fragment()),
            rx.cond(
                row.offered_to != "",
                callout(
                    "A link to take it over was sent to ",
                    row.offered_to,
                    ". It stays yours until it is followed. ",
                    rx.el.button(
                        "Take the link back",
                        type="button",
                        on_click=LibraryState.take_back(row.license_id),
                        class_name="rounded-md font-medium underline underline-offset-2",
                    ),
                ),
                rx.fragment(),
            ),
            class_name="flex flex-col gap-2.5 px-4 pb-4 sm:px-5 sm:pb-5",
        ),
        rx.fragment(),
    )


def _renewal_note(row: LibraryRow) -> rx.Component:
    return rx.match(
        row.renewal,
        (
            "late",
            callout(
                "The last payment was declined. It works until ",
                local_time(row.served_until, shape="moment"),
                "; nothing is deleted afterwards. ",
                native_link("Change the card", href=f"/library/payment/{row.purchase_id}"),
                " and it is paid and goes on.",
                tone="warning",
            ),
        ),
        (
            "ends",
            callout(
                "You cancelled it. It works until ",
                local_time(row.renews_at, shape="moment"),
                ". ",
                rx.el.button(
                    "Go on with it",
                    type="button",
                    on_click=LibraryState.go_on_renewing(row.purchase_id),
                    class_name="rounded-md font-medium underline underline-offset-2",
                ),
            ),
        ),
        rx.fragment(),
    )


def _menu(row: LibraryRow) -> rx.Component:
    return menu(
        icon_button("ellipsis", "More", size="sm", class_name="-mr-1.5 shrink-0"),
        rx.cond(
            row.group != "ended",
            menu_item("Licence and key", icon="key_round", on_select=LibraryState.choose("license", row.id)),
            rx.fragment(),
        ),
        rx.cond(
            row.has_receipt,
            menu_link("Receipt", f"/receipts/{row.purchase_id}", icon="receipt", native=True),
            rx.fragment(),
        ),
        rx.cond(
            row.renewal != "",
            menu_link("Card and payments", f"/library/payment/{row.purchase_id}", icon="credit_card", native=True),
            rx.fragment(),
        ),
        menu_link("Its page in the marketplace", f"/apps/{row.slug}", icon="store"),
        rx.cond(
            row.may_hand_on | (row.refunds != "") | row.may_uninstall | (row.renewal != ""),
            rx.fragment(
                menu_separator(),
                rx.cond(
                    row.may_hand_on,
                    menu_item("Hand it on", icon="send", on_select=LibraryState.choose("transfer", row.id)),
                    rx.fragment(),
                ),
                rx.cond(
                    (row.renewal == "renews") | (row.renewal == "late"),
                    menu_item("Cancel the subscription", icon="ban", on_select=LibraryState.choose("stop", row.id)),
                    rx.fragment(),
                ),
                rx.cond(
                    row.refunds != "",
                    menu_item("Ask for the money back", icon="undo_2", on_select=LibraryState.choose("refund", row.id)),
                    rx.fragment(),
                ),
                rx.cond(
                    row.may_uninstall,
                    menu_item(
                        "Uninstall", icon="trash_2", danger=True, on_select=LibraryState.choose("uninstall", row.id)
                    ),
                    rx.fragment(),
                ),
            ),
            rx.fragment(),
        ),
    )
