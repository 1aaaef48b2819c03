"""The ledger: whatever happens in whatever order, its sums are right and nothing is moved twice."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, update
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, col, func, select

from overskill import db
from overskill.models import App, CreditCause, CreditEntry, Generation, GenerationStatus, Purse
from overskill.services.billing.credit_ledger import grant
from overskill.services.billing.credits import Tariff, balance, refund, settle
from tests.services.billing.support import TARIFF, end_turn, ledger, make_paying_app, open_turn, used

TURNS = 4
ACTIONS = st.one_of(
    st.tuples(st.just("settle"), st.integers(0, TURNS - 1)),
    st.tuples(st.just("refund"), st.integers(0, TURNS - 1)),
    st.tuples(st.just("grant"), st.integers(-9_000, 9_000)),
    st.tuples(st.just("grant again"), st.integers(1, 3)),
)


@pytest.mark.parametrize("change", [update(CreditEntry).values(amount=1), delete(CreditEntry)])
def test_the_database_refuses_to_change_an_entry(database: str, change: object) -> None:
    with db.transaction() as session:
        end_turn(session, open_turn(session, make_paying_app(session)), 10_000)
    with pytest.raises(DBAPIError, match="only grows"), db.transaction() as session:
        session.execute(change)  # type: ignore[call-overload]


def test_a_grant_with_a_key_is_made_once(session: Session) -> None:
    app = make_paying_app(session)
    for _ in range(2):
        assert grant(session, app.team_id, 700, reason="", cause=CreditCause.PURCHASE, key="order-1") == 700
    assert balance(session, app.team_id, TARIFF).bought == 700


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(actions=st.lists(ACTIONS, max_size=14), costs=st.lists(st.integers(0, 60_000), min_size=TURNS, max_size=TURNS))
def test_any_order_of_movements_adds_up(database: str, actions: list[tuple[str, int]], costs: list[int]) -> None:
    tariff = Tariff(daily=8_000, turn=50_000, credit_micro=10_000)
    with Session(db.engine()) as session:  # never committed: each example finds the database empty
        app = make_paying_app(session)
        turns = [_turn(session, app, cost) for cost in costs]
        for action, number in actions:
            _act(session, app, turns, action, number, tariff)
            now = balance(session, app.team_id, tariff)
            assert min(now.daily, now.bought, now.used_this_month) >= 0
        _check_books(session, app, turns, tariff)
        session.rollback()


def _turn(session: Session, app: App, cost_micro: int) -> Generation:
    turn = Generation(
        app_id=app.id,
        user_id=app.creator_id,
        prompt="x",
        status=GenerationStatus.SUCCEEDED,
        cap=5_000,
        usage=used(cost_micro),
    )
    session.add(turn)
    session.flush()
    return turn


def _act(session: Session, app: App, turns: list[Generation], action: str, number: int, tariff: Tariff) -> None:
    match action:
        case "settle":
            settle(session, turns[number], tariff)
        case "refund":
            refund(session, turns[number], "It failed.")
        case "grant":
            grant(session, app.team_id, number, reason="")
        case _:
            grant(session, app.team_id, number * 1_000, reason="", key=f"{app.team_id}:{number}")


def _check_books(session: Session, app: App, turns: list[Generation], tariff: Tariff) -> None:
    entries = ledger(session, app)
    for turn in turns:
        moved = Counter[CreditCause]()
        for entry in entries:
            if entry.generation_id == turn.id:
                moved[entry.cause] += entry.amount
        assert -moved[CreditCause.CHARGE] == turn.charged <= 5_000
        assert moved[CreditCause.REFUND] == turn.refunded <= turn.charged
    today = sum(entry.amount for entry in entries if entry.purse is Purse.DAILY)
    has_grant = any(entry.cause is CreditCause.DAILY for entry in entries)
    now = balance(session, app.team_id, tariff)
    assert now.daily == (today if has_grant else tariff.daily)
    assert now.bought == sum(entry.amount for entry in entries if entry.purse is Purse.BOUGHT)
    assert now.used_this_month == sum(turn.charged - turn.refunded for turn in turns)


def test_workers_that_charge_at_once_take_no_more_than_is_there(database: str) -> None:
    tariff = Tariff(daily=5_000, turn=50_000, credit_micro=10_000)
    with db.transaction() as session:
        app = make_paying_app(session)
        turns = [_turn(session, app, 20_000).id for _ in range(4)]
    with ThreadPoolExecutor(8) as workers:
        charged = list(workers.map(lambda turn: _settle(turn, tariff), [*turns, *turns]))
    assert sum(charged) == 2 * 5_000  # each turn was settled twice, and charged once
    with db.transaction() as session:
        assert balance(session, app.team_id, tariff).total == 0
        assert _charges(session, app.team_id) == -5_000


def test_workers_that_refund_at_once_give_back_once(database: str) -> None:
    with db.transaction() as session:
        app = make_paying_app(session)
        turn = _turn(session, app, 20_000)
        settle(session, turn, TARIFF)
    with ThreadPoolExecutor(4) as workers:
        assert list(workers.map(_refund, [turn.id] * 4)) == [2_000] * 4
    with db.transaction() as session:
        assert balance(session, app.team_id, TARIFF).total == TARIFF.daily


def _settle(turn_id: UUID, tariff: Tariff) -> int:
    with db.transaction() as session:
        return settle(session, session.get_one(Generation, turn_id), tariff).charged


def _refund(turn_id: UUID) -> int:
    with db.transaction() as session:
        return refund(session, session.get_one(Generation, turn_id), "It failed.")


def _charges(session: Session, team_id: UUID) -> int:
    return int(
        session.exec(
            select(func.sum(CreditEntry.amount)).where(
                CreditEntry.team_id == team_id, col(CreditEntry.cause) == CreditCause.CHARGE
            )
        ).one()
    )
