"""A turn's credits, from its quote to its receipt."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlmodel import Session

from overskill.clients.model_memory import ModelFacts
from overskill.errors import LimitReached
from overskill.models import CreditCause, Generation, GenerationStatus, Purse
from overskill.services.billing.credit_ledger import grant
from overskill.services.billing.credits import Tariff, balance, open_account, receipt, refund, settle
from tests.factories import make_generation
from tests.services.billing.support import PRICE, TARIFF, end_turn, ledger, make_paying_app, open_turn, used

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
FEW = Tariff(daily=1_000, turn=50_000, credit_micro=10_000)
NO_DAILY = Tariff(daily=0, turn=50_000, credit_micro=10_000)


def test_a_turn_is_charged_for_what_it_used_rounded_up(session: Session) -> None:
    turn = open_turn(session, make_paying_app(session))
    assert end_turn(session, turn, 12_341) == 1_235
    assert turn.charged == 1_235


def test_settling_twice_charges_once(session: Session) -> None:
    app = make_paying_app(session)
    turn = open_turn(session, app)
    end_turn(session, turn, 10_000)
    turn.usage = used(90_000)
    assert settle(session, turn, TARIFF).charged == 1_000
    assert balance(session, app.team_id, TARIFF).total == 99_000


def test_a_turn_is_never_charged_more_than_its_cap(session: Session) -> None:
    turn = open_turn(session, make_paying_app(session))
    turn.cap = 2_000
    assert end_turn(session, turn, 90_000) == 2_000


def test_a_turn_is_never_charged_more_than_is_there(session: Session) -> None:
    app = make_paying_app(session)
    turn = open_turn(session, app, tariff=TARIFF)
    assert end_turn(session, turn, 40_000, tariff=FEW) == 1_000
    assert balance(session, app.team_id, FEW).total == 0


def test_a_turn_that_used_nothing_leaves_no_entry(session: Session) -> None:
    app = make_paying_app(session)
    end_turn(session, open_turn(session, app), 0)
    assert ledger(session, app) == []


def test_what_an_own_key_paid_is_not_charged(session: Session) -> None:
    turn = open_turn(session, make_paying_app(session))
    turn.usage = {"build": {"cost_micro": 30_000, "own_micro": 30_000}, "fix": {"cost_micro": 10_000, "own_micro": 0}}
    assert settle(session, turn, TARIFF).charged == 1_000


def test_a_charge_takes_the_days_free_credits_first(session: Session) -> None:
    app = make_paying_app(session)
    grant(session, app.team_id, 5_000, reason="")
    turn = open_turn(session, app, tariff=FEW)
    end_turn(session, turn, 30_000, tariff=FEW)
    charges = {entry.purse: entry.amount for entry in ledger(session, app) if entry.cause is CreditCause.CHARGE}
    assert charges == {Purse.DAILY: -1_000, Purse.BOUGHT: -2_000}


def test_a_refund_gives_back_to_the_purses_it_came_from(session: Session) -> None:
    app = make_paying_app(session)
    grant(session, app.team_id, 5_000, reason="")
    turn = open_turn(session, app, tariff=FEW)
    end_turn(session, turn, 30_000, tariff=FEW, status=GenerationStatus.FAILED)
    assert refund(session, turn, "It did not compile.") == 3_000
    now = balance(session, app.team_id, FEW)
    assert (now.daily, now.bought, now.used_this_month) == (1_000, 5_000, 0)
    assert turn.refunded == 3_000


def test_refunding_twice_gives_back_once(session: Session) -> None:
    app = make_paying_app(session)
    turn = open_turn(session, app)
    end_turn(session, turn, 10_000)
    assert [refund(session, turn, "a"), refund(session, turn, "b")] == [1_000, 1_000]
    assert balance(session, app.team_id, TARIFF).total == 100_000


def test_a_turn_that_was_never_charged_gives_nothing_back(session: Session) -> None:
    app = make_paying_app(session)
    assert refund(session, open_turn(session, app), "It failed.") == 0
    assert ledger(session, app) == []


def test_free_credits_of_a_day_that_is_over_come_back_as_ones_that_stay(session: Session) -> None:
    app = make_paying_app(session)
    with time_machine.travel(NOON, tick=False):
        turn = open_turn(session, app)
        end_turn(session, turn, 10_000)
    with time_machine.travel(NOON + timedelta(days=1), tick=False):
        refund(session, turn, "It failed.")
        now = balance(session, app.team_id, TARIFF)
    assert (now.daily, now.bought) == (100_000, 1_000)


def test_free_credits_come_anew_each_day_and_do_not_pile_up(session: Session) -> None:
    app = make_paying_app(session)
    for day in range(3):
        with time_machine.travel(NOON + timedelta(days=day), tick=False):
            end_turn(session, open_turn(session, app), 10_000)
            assert balance(session, app.team_id, TARIFF).daily == 99_000
    assert sum(entry.cause is CreditCause.DAILY for entry in ledger(session, app)) == 3


def test_looking_at_a_balance_enters_nothing(session: Session) -> None:
    app = make_paying_app(session)
    assert balance(session, app.team_id, TARIFF).daily == 100_000
    assert ledger(session, app) == []


def test_a_turn_gets_its_quote_and_its_cap(session: Session) -> None:
    turn = open_turn(session, make_paying_app(session))
    assert turn.quote_low
    assert turn.quote_high
    assert turn.cap
    assert turn.quote_low < turn.quote_high < turn.cap <= TARIFF.turn


@pytest.mark.parametrize(
    ("kind", "price"), [("recipe", PRICE), ("recipe", None), ("model", None), ("model", ModelFacts())]
)
def test_what_costs_nothing_has_no_cap_and_is_not_charged(
    session: Session, kind: str, price: ModelFacts | None
) -> None:
    app = make_paying_app(session, budget=0)
    turn = make_generation(session, app)
    open_account(session, app, turn, NO_DAILY, author_kind=kind, price=price)  # type: ignore[arg-type]
    assert (turn.quote_low, turn.quote_high, turn.cap) == (0, 0, None)
    assert end_turn(session, turn, 10_000, tariff=NO_DAILY) == 0


def test_an_own_key_is_never_refused_but_other_models_stay_capped(session: Session) -> None:
    app = make_paying_app(session)
    turn = make_generation(session, app)
    open_account(session, app, turn, NO_DAILY, author_kind="own_key", price=PRICE)
    assert (turn.quote_high, turn.cap) == (0, 0)


def test_a_turn_that_nothing_is_left_for_is_refused(session: Session) -> None:
    app = make_paying_app(session)
    with time_machine.travel(NOON, tick=False):
        end_turn(session, open_turn(session, app, tariff=TARIFF), 10_000, tariff=FEW)
        with pytest.raises(LimitReached) as refused:
            open_turn(session, app, tariff=FEW)
    assert "Your credits are spent" in refused.value.message
    assert "The next free ones (1 credit) come within 12 hours." in refused.value.message
    assert "Settings, Credits" in refused.value.message


def test_a_turn_that_too_little_is_left_for_is_refused_before_it_wastes_it(session: Session) -> None:
    app = make_paying_app(session)
    with pytest.raises(LimitReached, match=r"You have 1 credit left, and a message like this costs 2\.\d credits or"):
        open_turn(session, app, tariff=FEW)


def test_without_free_credits_it_says_whom_to_ask(session: Session) -> None:
    with pytest.raises(LimitReached, match="Ask whoever runs this instance"):
        open_turn(session, make_paying_app(session), tariff=NO_DAILY)


def test_a_used_budget_refuses_turns_until_the_next_month(session: Session) -> None:
    app = make_paying_app(session, budget=4_000)
    with time_machine.travel(NOON, tick=False):
        end_turn(session, open_turn(session, app), 40_000)
        with pytest.raises(LimitReached, match="0 credits left of this month's budget of 4 credits"):
            open_turn(session, app)
    with time_machine.travel(NOON + timedelta(days=10), tick=False):
        assert open_turn(session, app).cap == 4_000


def test_turns_under_way_set_credits_aside(session: Session) -> None:
    app = make_paying_app(session)
    grants = Tariff(daily=20_000, turn=50_000, credit_micro=10_000)
    first = open_turn(session, app, tariff=grants)
    now = balance(session, app.team_id, grants)
    assert now.held == first.quote_high
    assert now.spendable == 20_000 - now.held
    open_turn(session, app, tariff=grants).cap = 0
    with pytest.raises(LimitReached, match="Other turns have set aside"):
        open_turn(session, app, tariff=Tariff(daily=17_000, turn=50_000))


def test_an_ended_turn_sets_nothing_aside(session: Session) -> None:
    app = make_paying_app(session)
    end_turn(session, open_turn(session, app), 1_000)
    assert balance(session, app.team_id, TARIFF).held == 0


def test_the_receipt_splits_the_charge_by_what_each_role_cost(session: Session) -> None:
    turn = open_turn(session, make_paying_app(session))
    turn.usage = {
        "fix": {"model": "a", "tokens_in": 5_000, "tokens_out": 200, "cost_micro": 2_000},
        "plan": {"model": "b", "tokens_in": 2_000, "tokens_out": 100, "cost_micro": 1_000},
        "build": {"model": "c", "tokens_in": 30_000, "tokens_out": 3_900, "tokens_cached": 18_000, "cost_micro": 8_800},
    }
    settle(session, turn, TARIFF)
    assert receipt(turn).words == (
        "1.2 credits: plan 0.1, build 0.9, fix 0.2 · 41,200 tokens (18,000 from cache) · $0.0118"
    )


def test_a_receipt_says_what_was_given_back(session: Session) -> None:
    turn = open_turn(session, make_paying_app(session))
    end_turn(session, turn, 10_000)
    refund(session, turn, "It failed.")
    assert receipt(turn).words == "1 credit · all given back · $0.01"


def test_a_receipt_as_json_has_the_parts_the_chat_shows() -> None:
    turn = Generation(charged=1_000, quote_low=1, quote_high=2, usage=used(10_000), free_repairs={"import": 3})
    told = receipt(turn).to_json()
    assert set(told) == {"charged", "refunded", "usage", "free_repairs", "quote_low", "quote_high", "words"}
    assert told["usage"]["build"]["charged"] == 1_000
    assert told["free_repairs"] == {"import": 3}


def test_a_turn_without_a_charge_was_free() -> None:
    assert receipt(Generation()).words == "Free of charge"
