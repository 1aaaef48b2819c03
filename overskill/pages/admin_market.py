"""What of the marketplace waits for the staff: listings to look at, reports, appeals, refunds and holds."""

from typing import Any

import reflex as rx

from overskill.components.admin import acts, cell, nothing, panel, row, table, titled, unless_own
from overskill.components.admin_compare import compare_button, compare_dialog
from overskill.components.admin_decide import decide_button, decide_dialog, reason_form, search_form
from overskill.components.button import button
from overskill.components.dialog import dialog
from overskill.components.feedback import badge, empty
from overskill.components.local_time import local_time
from overskill.components.market.desk import status_badge
from overskill.components.market.money import money
from overskill.components.tabs import segmented
from overskill.pages.admin_frame import admin_page, loading
from overskill.state.admin_market import HoldRow, ListingRow, ListingsState, ReportsState

VIEWS = [("reports", "Reports", ""), ("appeals", "Appeals", ""), ("refunds", "Refunds", ""), ("holds", "Holds", "")]


def admin_listings_page() -> rx.Component:
    return admin_page(
        "listings",
        "Listings",
        "Those that wait to be looked at, the oldest first. Search to find any other.",
        search_form("Title or creator's username", ListingsState.words, ListingsState.search),
        rx.cond(ListingsState.is_loaded, _listings(), loading()),
        decide_dialog(),
        compare_dialog(),
    )


def _listings() -> rx.Component:
    return rx.cond(
        ListingsState.rows.length() > 0,
        table("Listings", [("Listing", ""), ("", "")], rx.foreach(ListingsState.rows, _listing)),
        empty("store", "Nothing waits", "Listings that the staff has to look at are shown here."),
    )


def _listing(listing: ListingRow) -> rx.Component:
    return row(
        cell(
            titled(
                rx.el.span(
                    rx.el.a(listing.title, href=f"/apps/{listing.slug}", class_name="mr-2 hover:underline"),
                    status_badge(listing.status, listing.status.capitalize()),
                    rx.cond(listing.is_featured, badge("Staff pick", tone="accent", class_name="ml-2"), rx.fragment()),
                ),
                listing.tagline,
                rx.fragment("By ", listing.creator, ", ", local_time(listing.at, shape="moment")),
                listing.reason,
            )
        ),
        acts(
            rx.match(
                listing.status,
                (
                    "review",
                    rx.fragment(
                        compare_button(listing.id, listing.title),
                        unless_own(
                            listing.is_own,
                            decide_button("Approve", "listing", listing.id, "approve", listing.title),
                        ),
                        decide_button("Send back", "listing", listing.id, "decline", listing.title),
                    ),
                ),
                (
                    "published",
                    rx.fragment(
                        rx.cond(listing.is_featured, _feature(listing), unless_own(listing.is_own, _feature(listing))),
                        decide_button("Suspend", "listing", listing.id, "suspend", listing.title, variant="danger"),
                    ),
                ),
                (
                    "suspended",
                    unless_own(
                        listing.is_own, decide_button("Restore", "listing", listing.id, "restore", listing.title)
                    ),
                ),
                rx.fragment(),
            ),
            decide_button("Hold money", "creator", listing.creator_id, "hold", listing.creator),
        ),
        key=listing.id,
    )


def _feature(listing: ListingRow) -> rx.Component:
    return button(
        rx.cond(listing.is_featured, "No pick", "Pick"),
        size="sm",
        on_click=ListingsState.feature(listing.id, ~listing.is_featured),
    )


def admin_reports_page() -> rx.Component:
    return admin_page(
        "reports",
        "Reports",
        "What waits for a decision. Who waits longest comes first.",
        rx.el.div(
            segmented("What to decide", ReportsState.view, VIEWS, ReportsState.show),  # type: ignore[arg-type]  # Reflex types handlers as uncallable
            class_name="overflow-x-auto",
        ),
        rx.cond(ReportsState.is_loaded, _reports(), loading()),
        decide_dialog(),
        compare_dialog(),
        _answer_dialog(),
    )


def _reports() -> rx.Component:
    return rx.match(
        ReportsState.view,
        ("appeals", _section("Appeals", "With the time until which they are answered.", "Grant", "Refuse")),
        ("refunds", _section("Refunds", "Asked for outside of the refund window.", "Give back", "Decline")),
        ("holds", _holds()),
        _section("Reports", "From people, and from checks of ours.", "Uphold", "Dismiss"),
    )


def _section(title: str, text: str, yes: str, no: str) -> rx.Component:
    return panel(
        title,
        text,
        rx.cond(
            ReportsState.waiting.length() > 0,
            table(
                title, [("What", ""), ("", "")], rx.foreach(ReportsState.waiting, lambda line: _waiting(line, yes, no))
            ),
            nothing("Nothing waits."),
        ),
    )


def _holds() -> rx.Component:
    return panel(
        "Holds",
        "Creators whose money is kept back.",
        rx.cond(
            ReportsState.holds.length() > 0,
            table("Holds", [("Creator", ""), ("", "")], rx.foreach(ReportsState.holds, _hold)),
            nothing("No creator's money is held."),
        ),
    )


def _waiting(line: Any, yes: str, no: str) -> rx.Component:  # noqa: ANN401
    title = rx.cond(
        line.link != "", rx.el.a(line.title, href=line.link, class_name="hover:underline"), rx.el.span(line.title)
    )
    amount = rx.cond(line.currency != "", money(line.amount, line.currency), rx.fragment())
    return row(
        cell(titled(title, amount, line.why, _lines(line.text), local_time(line.at, shape="moment"))),
        acts(
            rx.cond(
                line.subject_kind == "listing",
                rx.fragment(
                    compare_button(line.subject_id, line.title), _suspend(line, "listing", "suspend", "Suspend")
                ),
                rx.fragment(),
            ),
            rx.cond(
                (line.subject_kind == "review") & ~line.is_own,
                _suspend(line, "review", "hide", "Hide"),
                rx.fragment(),
            ),
            rx.cond(line.subject_kind == "creator", _suspend(line, "creator", "suspend", "Suspend"), rx.fragment()),
            unless_own(
                line.is_own,
                button(yes, size="sm", on_click=ReportsState.choose(line.kind, line.id, True)),
                button(no, size="sm", on_click=ReportsState.choose(line.kind, line.id, False)),
            ),
        ),
        key=line.id,
    )


def _lines(words: rx.Var[str]) -> rx.Component:
    """Of a report of ours, one for each listing that it is like."""
    return rx.el.span(words, class_name="whitespace-pre-line")


def _suspend(line: Any, kind: str, act: str, words: str) -> rx.Component:  # noqa: ANN401
    return decide_button(words, kind, line.subject_id, act, line.title, variant="danger")


def _hold(hold: HoldRow) -> rx.Component:
    return row(
        cell(
            titled(
                hold.name,
                hold.reason,
                rx.cond(
                    hold.until != "",
                    rx.fragment("Until ", local_time(hold.until, shape="moment")),
                    "Until it is released",
                ),
            )
        ),
        acts(unless_own(hold.is_own, decide_button("Release", "creator", hold.creator_id, "release", hold.name))),
        key=hold.creator_id,
    )


def _answer_dialog() -> rx.Component:
    return dialog(
        rx.match(
            ReportsState.chosen,
            ("report", rx.cond(ReportsState.is_granted, "Uphold the report", "Dismiss the report")),
            ("appeal", rx.cond(ReportsState.is_granted, "Grant the appeal", "Refuse the appeal")),
            rx.cond(ReportsState.is_granted, "Give the money back", "Decline the refund"),
        ),
        "Whom it concerns gets your words by mail.",
        reason_form(ReportsState.answer, ReportsState.refusal, "Answer", place="answer"),
        open=ReportsState.chosen != "",
        on_open_change=ReportsState.close,
    )
