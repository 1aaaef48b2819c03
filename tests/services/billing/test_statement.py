"""The page about a team's credits, and its download."""

import csv
import io
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
import time_machine
from sqlalchemy import event
from sqlmodel import Session, select

from overskill import db
from overskill.errors import InvalidInput, NotAllowed, NotFound
from overskill.models import App, AppStatus, AuditEvent, CreditCause, Membership, Role, Team
from overskill.services.billing.credit_ledger import grant
from overskill.services.billing.credits import balance, refund, settle
from overskill.services.billing.spending import DAYS_SHOWN
from overskill.services.billing.statement import PAGE_SIZE, credits_left, statement_csv, view_statement
from overskill.services.billing.teams import set_monthly_budget
from tests.factories import make_user
from tests.services.billing.support import TARIFF, end_turn, make_paying_app, open_turn

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


def test_entries_name_the_message_and_the_app(session: Session) -> None:
    app = make_paying_app(session)
    turn = open_turn(session, app, prompt="a tracker\nfor " + "very " * 60 + "many habits")
    end_turn(session, turn, 10_000)
    refund(session, turn, "It did not compile.")
    given_back, charged, daily = view_statement(session, app.creator_id, TARIFF).lines
    assert (daily.cause, daily.amount, daily.app_name) == (CreditCause.DAILY, 100_000, "")
    assert (charged.amount, charged.app_name, charged.app_slug) == (-1_000, "Habits", app.slug)
    assert charged.message.startswith("a tracker for very")
    assert charged.message.endswith("…")
    assert (given_back.amount, given_back.reason) == (1_000, "It did not compile.")


def test_the_ledger_is_shown_in_pages(session: Session) -> None:
    app = make_paying_app(session)
    for number in range(PAGE_SIZE + 1):
        with time_machine.travel(NOON + timedelta(minutes=number), tick=False):
            grant(session, app.team_id, 1_000 + number, reason="")
    first = view_statement(session, app.creator_id, TARIFF)
    second = view_statement(session, app.creator_id, TARIFF, page=1)
    assert (len(first.lines), first.has_more) == (PAGE_SIZE, True)
    assert ([line.amount for line in second.lines], second.has_more) == ([1_000], False)


def test_use_is_shown_by_day_and_by_what_it_was_for(session: Session) -> None:
    app = make_paying_app(session)
    with time_machine.travel(NOON, tick=False):
        turn = open_turn(session, app)
        turn.usage = {"plan": {"cost_micro": 2_000}, "build": {"cost_micro": 7_000}, "fix": {"cost_micro": 1_000}}
        settle(session, turn, TARIFF)
        end_turn(session, open_turn(session, app), 5_000)
        spending = view_statement(session, app.creator_id, TARIFF).spending
    today = spending.days[-1]
    assert (today.day, today.plan, today.build, today.fix, today.other) == (NOON.date(), 200, 1_200, 100, 0)
    assert len(spending.days) == DAYS_SHOWN
    assert spending.total == 1_500
    assert [(use.name, use.amount) for use in spending.apps] == [("Habits", 1_500)]


def test_what_was_given_back_was_not_used(session: Session) -> None:
    app = make_paying_app(session)
    turn = open_turn(session, app)
    end_turn(session, turn, 10_000)
    refund(session, turn, "It failed.")
    spending = view_statement(session, app.creator_id, TARIFF).spending
    assert (spending.total, list(spending.apps)) == (0, [])


def test_a_deleted_app_keeps_its_entries_but_is_no_link(session: Session) -> None:
    app = make_paying_app(session)
    end_turn(session, open_turn(session, app), 10_000)
    app.status = AppStatus.DELETED
    session.add(app)
    session.flush()
    line = view_statement(session, app.creator_id, TARIFF).lines[0]
    assert (line.app_name, line.app_slug) == ("Habits", "")


def test_a_page_takes_four_queries_however_much_there_is(database: str) -> None:
    with db.transaction() as session:
        app = make_paying_app(session)
        for _ in range(5):
            end_turn(session, open_turn(session, app), 10_000)
    count = 0

    def see(*_: object) -> None:
        nonlocal count
        count += 1

    event.listen(db.engine(), "before_cursor_execute", see)
    with db.transaction() as session:
        view_statement(session, app.creator_id, TARIFF)
    assert count == 4


def test_the_download_has_every_entry_and_no_formula(session: Session) -> None:
    app = make_paying_app(session)
    end_turn(session, open_turn(session, app, prompt="=HYPERLINK(1) please"), 12_341)
    charge = next(row for row in _rows(statement_csv(session, app.creator_id)) if row["entry"] == "charge")
    assert charge["message"] == "'=HYPERLINK(1) please"
    assert (charge["credits"], charge["purse"], charge["app"]) == ("-1.235", "daily", "Habits")


def _rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize(
    "look",
    [
        lambda session, user, team: view_statement(session, user, TARIFF, team_id=team),
        statement_csv,
        lambda session, user, team: set_monthly_budget(session, user, team, "5"),
    ],
)
def test_a_team_of_others_is_not_there(session: Session, look: Callable[..., object]) -> None:
    with pytest.raises(NotFound):
        look(session, make_user(session).id, make_paying_app(session).team_id)


@pytest.mark.parametrize(("wanted", "budget"), [("250", 250_000), (" 1,000 ", 1_000_000), ("0", 0), ("", None)])
def test_the_budget_is_what_was_typed(session: Session, wanted: str, budget: int | None) -> None:
    app = make_paying_app(session, budget=7)
    set_monthly_budget(session, app.creator_id, app.team_id, wanted)
    session.flush()
    assert balance(session, app.team_id, TARIFF).monthly_budget == budget
    assert "team.budget" in session.exec(select(AuditEvent.action)).all()


@pytest.mark.parametrize("wanted", ["-1", "many", "1.5", "1000001", "٣", "9" * 30])
def test_a_budget_that_is_no_number_is_refused(session: Session, wanted: str) -> None:
    app = make_paying_app(session)
    with pytest.raises(InvalidInput) as refused:
        set_monthly_budget(session, app.creator_id, app.team_id, wanted)
    assert refused.value.field == "budget"


@pytest.mark.parametrize(("role", "may"), [(Role.ADMIN, True), (Role.EDITOR, False), (Role.VIEWER, False)])
def test_only_owners_and_admins_change_the_budget(session: Session, role: Role, *, may: bool) -> None:
    app = make_paying_app(session)
    guest = _join(session, app, role)
    view = view_statement(session, guest, TARIFF, team_id=app.team_id)
    assert view.team.may_change is may
    if not may:
        with pytest.raises(NotAllowed):
            set_monthly_budget(session, guest, app.team_id, "5")


def _join(session: Session, app: App, role: Role) -> UUID:
    guest = make_user(session)
    session.add(Membership(team_id=app.team_id, user_id=guest.id, role=role))
    session.flush()
    return guest.id


def test_ones_own_team_comes_first(session: Session) -> None:
    app = make_paying_app(session)
    guest = _join(session, app, Role.EDITOR)
    view = view_statement(session, guest, TARIFF)
    assert [team.id == app.team_id for team in view.teams] == [False, True]
    assert view.team == view.teams[0]


def test_what_is_left_is_that_of_the_app_in_view(session: Session) -> None:
    app = make_paying_app(session)
    grant(session, app.team_id, 5_000, reason="")
    guest = _join(session, app, Role.EDITOR)
    assert credits_left(session, guest, app.slug, TARIFF).total == 105_000
    assert credits_left(session, guest, "", TARIFF).total == 100_000
    assert credits_left(session, make_user(session).id, app.slug, TARIFF).total == 100_000


def test_deleting_a_team_leaves_its_ledger(session: Session) -> None:
    team = Team(name="Short-lived")
    session.add(team)
    session.flush()
    grant(session, team.id, 1_000, reason="")
    session.delete(team)
    session.flush()
    assert balance(session, team.id, TARIFF).bought == 1_000
