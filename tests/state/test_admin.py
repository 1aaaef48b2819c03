"""The desk is an admin's: nothing of it is shown to, or done for, anybody else."""

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any, get_type_hints
from uuid import uuid4

import pytest
import reflex as rx
from sqlmodel import select

from overskill import state
from overskill.clients.jobs_desk import FakeJobsDesk, JobView
from overskill.container import Container
from overskill.db import transaction
from overskill.errors import NotFound, SignInRequired
from overskill.models import (
    Alert,
    AuditEvent,
    CreditEntry,
    Deployment,
    DeploymentStatus,
    GenerationStatus,
    Listing,
    ListingStatus,
    Report,
    ReportStatus,
    SubjectKind,
    SubscriptionInvoice,
    User,
    utc_now,
)
from overskill.services.accounts.audit import record
from overskill.services.accounts.sessions import COOKIE, Visitor, find_session, open_session
from overskill.services.admin.audit_log import PAGE_SIZE
from overskill.services.admin.costs import refresh_stats
from overskill.services.deployments import request_deployment
from overskill.services.market import reports
from overskill.state.admin import OverviewState
from overskill.state.admin_apps import AppsState
from overskill.state.admin_audit import AuditState
from overskill.state.admin_costs import CostsState
from overskill.state.admin_decide import DecideState
from overskill.state.admin_market import ListingsState, ReportsState
from overskill.state.admin_users import UsersState
from overskill.state.admin_work import WorkState
from tests.conftest import Tab
from tests.factories import make_app, make_generation, make_user
from tests.market_rows import make_listing, make_offer, make_purchase
from tests.support_queries import MOST_OF_A_PAGE, counted_queries


def admin_handlers() -> Iterator[Any]:
    """Of every state in a module of the desk."""
    for module in pkgutil.iter_modules(state.__path__):
        if module.name.startswith("admin"):
            found = vars(importlib.import_module(f"{state.__name__}.{module.name}"))
            for kind in found.values():
                if isinstance(kind, type) and issubclass(kind, rx.State) and kind.__module__.endswith(module.name):
                    for name, handler in kind.event_handlers.items():
                        if name in vars(kind) and name != "setvar":  # Reflex's own: see test_arguments.py
                            yield pytest.param(handler, id=f"{kind.__name__}.{name}")


HANDLERS = list(admin_handlers())


def arguments_of(handler: Any) -> dict[str, Any]:
    """Something that fits what the handler declares."""
    hints = {name: hint for name, hint in get_type_hints(handler.fn).items() if name != "return"}
    fitting: dict[Any, Any] = {str: str(uuid4()), int: 1, bool: True, dict[str, str]: {"reason": "Because."}}
    return {name: fitting[hint] for name, hint in hints.items()}


def sign_in(tab: Tab, *, is_admin: bool) -> User:
    with transaction() as session:
        user = make_user(session, is_admin=is_admin)
        tab.cookie = f"{COOKIE}={open_session(session, user.id, Visitor())}"
    return user


@pytest.mark.parametrize("handler", HANDLERS)
async def test_every_handler_refuses_who_is_no_admin(tab: Tab, handler: Any) -> None:
    """A page that loads says that nothing is there; whatever else is called is refused."""
    sign_in(tab, is_admin=False)
    if handler.fn.__name__ == "load":
        await tab.do(handler)
        assert tab.seen("standing") == ["no"]
        assert not tab.seen("is_loaded")[1:]  # but the session's own
    else:
        with pytest.raises(NotFound, match="There is nothing at this address"):
            await tab.do(handler, **arguments_of(handler))


@pytest.mark.parametrize("handler", HANDLERS)
async def test_every_handler_refuses_a_stranger(tab: Tab, handler: Any) -> None:
    if handler.fn.__name__ == "load":
        await tab.do(handler)
        assert tab.seen("standing") == ["no"]
    else:
        with pytest.raises(SignInRequired):
            await tab.do(handler, **arguments_of(handler))


async def test_who_is_no_admin_any_more_is_refused_at_once(tab: Tab) -> None:
    user = sign_in(tab, is_admin=True)
    await tab.do(OverviewState.load)
    with transaction() as session:
        session.get_one(User, user.id).is_admin = False
    with pytest.raises(NotFound):
        await tab.do(OverviewState.choose_range, name="30d")


async def test_the_overview_counts_a_range_against_the_one_before(tab: Tab) -> None:
    sign_in(tab, is_admin=True)
    with transaction() as session:
        app = make_app(session, make_user(session))
        for days, status in ((1, "succeeded"), (2, "failed"), (2, "succeeded"), (9, "succeeded")):
            turn = make_generation(session, app, status=GenerationStatus(status))
            turn.created_at = turn.started_at = utc_now() - timedelta(days=days)
            turn.finished_at = turn.started_at + timedelta(seconds=30)
            turn.cost_micro = 1_500_000
            turn.usage = {"build": {"model": "swift-1", "cost_micro": 1_500_000}}
    await tab.do(OverviewState.load)
    tiles = {tile.name: (tile.value, tile.change, tile.is_better) for tile in tab.seen("tiles")[-1]}
    assert tiles["Generations"] == ("3", "+200 %", True)
    assert tiles["Succeeded"] == ("67 %", "−33 %", False)
    assert tiles["Time of a turn"] == ("30 s", "±0 %", True)
    assert tiles["Model cost"] == ("$4.50", "+200 %", False)
    (model,) = tab.seen("models")[-1]
    assert (model.model, model.cost, model.note) == ("swift-1", "$4.50", "3 turns")
    assert sum(row["succeeded"] for row in tab.seen("rows")[-1]) == 2


async def test_revenue_is_what_was_paid_and_that_of_tests_is_told_apart(tab: Tab) -> None:
    sign_in(tab, is_admin=True)
    with transaction() as session:
        listing = make_listing(session)
        for amount, currency, is_test, days in (
            (1_000, "usd", False, 1),
            (500, "usd", False, 9),
            (700, "usd", True, 1),
            (300, "jpy", True, 1),
        ):
            offer = make_offer(session, listing, amount=amount, currency=currency)
            offer.ended_at = utc_now()
            purchase, _ = make_purchase(session, make_user(session), offer, paid_at=utc_now() - timedelta(days=days))
            purchase.is_test = is_test
            if amount == 1_000:
                again = SubscriptionInvoice(
                    purchase_id=purchase.id, external_id="in_1", amount=200, currency="usd", paid_at=utc_now()
                )
                session.add(again)
    await tab.do(OverviewState.load)
    shown = [(tile.note, tile.amount, tile.currency, tile.change) for tile in tab.seen("revenue")[-1]]
    assert shown == [
        ("Revenue, 1 sale", 1_200, "usd", "+140 %"),
        ("Test revenue, 1 sale", 300, "jpy", ""),
        ("Test revenue, 1 sale", 700, "usd", ""),
    ]


async def test_the_overview_runs_few_queries(tab: Tab) -> None:
    sign_in(tab, is_admin=True)
    with counted_queries() as sent:
        await tab.do(OverviewState.load)
    assert sent.count <= MOST_OF_A_PAGE, sent


async def test_why_a_publish_failed_is_one_click_away(tab: Tab) -> None:
    sign_in(tab, is_admin=True)
    with transaction() as session:
        app = make_app(session, make_user(session), versions=1)
        row = Deployment(app_id=app.id, user_id=app.creator_id, version=1, status=DeploymentStatus.FAILED)
        row.error, row.log = "It is too large.", [{"text": "Building version 1", "at": 0.5}]
        session.add(row)
    await tab.do(OverviewState.load)
    (failure,) = tab.seen("failures")[-1]
    assert (failure.app, failure.error) == ("Habits", "It is too large.")
    await tab.do(OverviewState.open_log, deployment_id=failure.id)
    assert "Building version 1" in tab.seen("log")[-1]


async def test_the_app_that_cost_most_yesterday_comes_first(tab: Tab, services: Container) -> None:
    sign_in(tab, is_admin=True)
    with transaction() as session:
        owner = make_user(session, email="ada@example.com")
        for name, cost in (("Cheap", 10_000), ("Dear", 2_000_000)):
            turn = make_generation(session, make_app(session, owner, name=name), status=GenerationStatus.SUCCEEDED)
            turn.created_at, turn.cost_micro = utc_now() - timedelta(days=1), cost
        today = make_generation(session, make_app(session, owner, name="Today"))
        today.cost_micro = 9_000_000
    refresh_stats()
    await tab.do(CostsState.load)
    assert [(row.app, row.cost) for row in tab.seen("rows")[-1]] == [("Dear", "$2.00"), ("Cheap", "$0.01")]
    assert tab.seen("total")[-1] == "$2.01"


async def test_an_alert_stays_until_it_is_over_and_says_who_cares(tab: Tab) -> None:
    sign_in(tab, is_admin=True)
    with transaction() as session:
        session.add(Alert(name="cpu", value=93, limit=70))
    await tab.do(OverviewState.load)
    (alert,) = tab.seen("alerts")[-1]
    assert "93 %" in alert.words
    await tab.do(OverviewState.see_alert, alert_id=alert.id)
    assert [each.seen_by for each in tab.seen("alerts")[-1]] == ["Ada Lovelace"]


async def test_an_admin_is_shown_the_desk(tab: Tab) -> None:
    sign_in(tab, is_admin=True)
    await tab.do(OverviewState.load)
    assert tab.seen("standing") == ["yes"]


async def test_an_admin_takes_an_app_down_and_its_owner_reads_why(
    tab: Tab, services: Container, work: Callable[[], int]
) -> None:
    sign_in(tab, is_admin=True)
    with transaction() as session:
        app = make_app(session, make_user(session), versions=1)
        request_deployment(session, app, app.creator_id, queue=services.queue, log=services.progress)
    work()
    assert services.edge.live("production", app.slug)
    asked = {"kind": "app", "subject_id": str(app.id), "act_name": "suspend", "name": app.name}
    await tab.do(DecideState.ask, **asked)
    await tab.do(DecideState.decide, path="/admin/apps", form={"reason": "It asks for passwords."})
    assert services.edge.live("production", app.slug) is None
    (row,) = tab.seen("rows")[-1]
    assert (row.is_suspended, row.can_restore, row.live_in) == (True, True, "")
    assert row.reason == "It asks for passwords."


async def test_a_decision_needs_a_reason(tab: Tab) -> None:
    sign_in(tab, is_admin=True)
    with transaction() as session:
        other = make_user(session)
    await tab.do(DecideState.ask, kind="user", subject_id=str(other.id), act_name="suspend", name="Ada")
    await tab.do(DecideState.decide, form={"reason": "  "})
    assert tab.seen("refusal")[-1]
    with transaction() as session:
        assert session.get_one(User, other.id).suspended_at is None


async def test_credits_are_given_with_a_reason_that_is_kept(tab: Tab) -> None:
    admin = sign_in(tab, is_admin=True)
    with transaction() as session:
        other = make_user(session)
    await tab.do(UsersState.choose, user_id=str(other.id), name=other.name, wish="credits")
    await tab.do(UsersState.give, form={"credits": "50", "reason": "A thank you"})
    with transaction() as session:
        entry = session.exec(select(CreditEntry)).one()
        event = session.exec(select(AuditEvent).where(AuditEvent.action == "credits.given")).one()
    assert (entry.amount, entry.reason) == (50_000, "A thank you")
    assert (event.actor_id, event.details["reason"]) == (admin.id, "A thank you")


async def test_one_browser_of_a_user_is_signed_out_and_the_others_stay(tab: Tab) -> None:
    sign_in(tab, is_admin=True)
    with transaction() as session:
        other = make_user(session)
        tokens = [open_session(session, other.id, Visitor(ip=f"10.0.0.{number}")) for number in (1, 2)]
    await tab.do(UsersState.choose, user_id=str(other.id), name=other.name, wish="browsers")
    gone = next(row for row in tab.seen("browsers")[-1] if row.ip == "10.0.0.1")
    await tab.do(UsersState.choose_browser, session_id=gone.id)
    await tab.do(UsersState.end_browser, form={"reason": ""})
    assert "Say why" in tab.seen("refusal")[-1]
    await tab.do(UsersState.end_browser, form={"reason": "It was stolen"})
    assert [row.ip for row in tab.seen("browsers")[-1]] == ["10.0.0.2"]
    with transaction() as session:
        assert [find_session(session, token) is not None for token in tokens] == [False, True]
        event = session.exec(select(AuditEvent).where(AuditEvent.action == "user.session_ended")).one()
    assert (event.subject, event.details["reason"]) == (f"user:{other.id}", "It was stolen")


async def test_a_failed_job_is_put_back_and_that_is_kept(tab: Tab, services: Container) -> None:
    sign_in(tab, is_admin=True)
    desk = services.jobs_desk
    assert isinstance(desk, FakeJobsDesk)
    desk.kept.append(JobView("one", "deploy", "deploy.deploy", "x", "failed", None, "It broke."))
    await tab.do(WorkState.show_jobs, queue="deploy", job_state="failed")
    assert [(job.id, job.error) for job in tab.seen("jobs")[-1]] == [("one", "It broke.")]
    await tab.do(WorkState.retry, job_id="one")
    assert (desk.retried, tab.seen("jobs")[-1]) == (["one"], [])
    assert {part.name: part.is_well for part in tab.seen("parts")[-1]}["database"]
    with transaction() as session:
        event = session.exec(select(AuditEvent).where(AuditEvent.action == "job.retried")).one()
    assert event.subject == "job:deploy/one"


async def test_the_audit_log_is_read_a_page_after_the_other(tab: Tab) -> None:
    admin = sign_in(tab, is_admin=True)
    with transaction() as session:
        for number in range(PAGE_SIZE + 5):
            record(session, "thing.done", admin.id, subject=f"thing:{number}")
    await tab.do(AuditState.search, form={"action": "thing", "actor": "", "subject": ""})
    assert len(tab.seen("rows")[-1]) == PAGE_SIZE
    await tab.do(AuditState.show_more)
    rows = tab.seen("rows")[-1]
    assert (len({row.id for row in rows}), tab.seen("after")[-1]) == (PAGE_SIZE + 5, "")


@pytest.mark.parametrize("load", [UsersState.load, AppsState.load, AuditState.load, ListingsState.load])
async def test_a_list_of_the_desk_runs_few_queries(tab: Tab, load: Any) -> None:
    sign_in(tab, is_admin=True)
    with counted_queries() as sent:
        await tab.do(load)
    assert sent.count <= MOST_OF_A_PAGE, sent


async def test_listings_in_review_are_approved_and_picked(tab: Tab) -> None:
    sign_in(tab, is_admin=True)
    with transaction() as session:
        listing = make_listing(session, status=ListingStatus.REVIEW)
        shown = make_listing(session, title="Shown")
    await tab.do(ListingsState.load)
    assert [row.id for row in tab.seen("rows")[-1]] == [str(listing.id)]
    await tab.do(ListingsState.feature, listing_id=str(shown.id), is_featured=True)
    with transaction() as session:
        assert session.get_one(Listing, shown.id).featured_at is not None


async def test_reports_and_appeals_are_answered_here(tab: Tab) -> None:
    sign_in(tab, is_admin=True)
    with transaction() as session:
        listing, reporter = make_listing(session), make_user(session)
        report = reports.report(session, reporter.id, SubjectKind.LISTING, listing.id, "spam", "")
    with counted_queries() as sent:
        await tab.do(ReportsState.load)
    assert sent.count <= MOST_OF_A_PAGE, sent
    assert [row.id for row in tab.seen("waiting")[-1]] == [str(report.id)]
    await tab.do(ReportsState.choose, kind="report", row_id=str(report.id), is_granted=False)
    await tab.do(ReportsState.answer, form={"reason": "It is fine."})
    with transaction() as session:
        assert session.get_one(Report, report.id).status is ReportStatus.DISMISSED
    assert tab.seen("waiting")[-1] == []
