from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import event

from overskill import db
from overskill.clients.model_memory import ModelFacts
from overskill.container import Container
from overskill.errors import NotFound, SignInRequired
from overskill.models import App, Generation, GenerationStatus, Membership, Role, Team
from overskill.services.accounts.sessions import COOKIE, Visitor, open_session
from overskill.services.billing.credit_ledger import grant
from overskill.services.billing.credits import Tariff, open_account, refund, settle
from overskill.services.billing.statement import PAGE_SIZE
from overskill.state.credits import CreditsLeftState, CreditsState, _round_scale
from tests.conftest import Tab
from tests.factories import make_app, make_user

PRICE = ModelFacts(price_in=1e-6, price_out=4e-6)
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


def join(tab: Tab, *, budget: int | None = None) -> App:
    """Sign somebody in who has one app."""
    with db.transaction() as session:
        user = make_user(session)
        app = make_app(session, user)
        session.get_one(Team, app.team_id).monthly_budget = budget
        tab.cookie = f"{COOKIE}={open_session(session, user.id, Visitor())}"
        return app


def spend(app: App, cost_micro: int, *, prompt: str = "a habit tracker", in_vain: bool = False) -> None:
    with db.transaction() as session:
        turn = Generation(app_id=app.id, user_id=app.creator_id, prompt=prompt)
        session.add(turn)
        session.flush()
        open_account(session, app, turn, Tariff(), author_kind="model", price=PRICE)
        turn.usage = {"build": {"cost_micro": cost_micro}}
        turn.status = GenerationStatus.SUCCEEDED
        settle(session, turn, Tariff())
        if in_vain:
            refund(session, turn, "It did not compile.")


async def test_the_page_says_what_is_left_and_when_more_comes(tab: Tab) -> None:
    with time_machine.travel(NOON, tick=False):
        app = join(tab)
        spend(app, 12_340)
        await tab.do(CreditsState.load)
    assert (tab.seen("daily")[-1], tab.seen("daily_percent")[-1]) == ("98.8", 98)
    assert tab.seen("renews_at")[-1] == "2026-11-22T00:00:00+00:00"
    assert tab.seen("used")[-1] == "1.2"


async def test_entries_say_what_they_were_for(tab: Tab) -> None:
    spend(join(tab), 12_340, prompt="add notes", in_vain=True)
    await tab.do(CreditsState.load)
    given_back, charged, daily = tab.seen("entries")[-1]
    assert (charged.title, charged.note, charged.amount) == ("add notes", "From daily credits", "−1.234")
    assert (given_back.amount, given_back.is_refund) == ("+1.234", True)
    assert given_back.note == "Given back to daily credits: It did not compile."
    assert (daily.title, daily.amount) == ("Free credits of the day", "+100")


async def test_use_is_drawn_as_bars_of_the_highest_day(tab: Tab) -> None:
    spend(join(tab), 30_000)
    await tab.do(CreditsState.load)
    today = tab.seen("days")[-1][-1]
    assert (today.build, today.build_height, today.plan_height) == ("3", "100.00%", "0.00%")
    assert today.words.endswith(": 3 credits")
    assert [(app.name, app.words, app.width) for app in tab.seen("apps")[-1]] == [("Habits", "3 credits", "100%")]


@pytest.mark.parametrize(("highest", "top"), [(0, 10), (10, 10), (27_000, 30_000), (61, 80), (90_001, 100_000)])
def test_the_scale_ends_at_a_round_amount(highest: int, top: int) -> None:
    assert _round_scale(highest) == top


async def test_a_visit_takes_six_queries_at_most(tab: Tab) -> None:
    spend(join(tab), 30_000)
    count = 0

    def see(*_: object) -> None:
        nonlocal count
        count += 1

    event.listen(db.engine(), "before_cursor_execute", see)
    await tab.do(CreditsState.load)
    assert count <= 6


async def test_the_ledger_can_be_paged_and_not_left(tab: Tab) -> None:
    app = join(tab)
    with db.transaction() as session:
        for _ in range(PAGE_SIZE + 2):
            grant(session, app.team_id, 1_000, reason="")
    await tab.do(CreditsState.load)
    assert tab.seen("has_more")[-1] is True
    await tab.do(CreditsState.turn_page, step=1)
    assert (tab.seen("page")[-1], len(tab.seen("entries")[-1])) == (1, 2)
    await tab.do(CreditsState.turn_page, step=-5)
    assert tab.seen("page")[-1] == 1


async def test_a_budget_is_saved_and_warned_of_at_four_fifths(tab: Tab) -> None:
    spend(join(tab), 85_000)
    await tab.do(CreditsState.load)
    await tab.do(CreditsState.save_budget, form={"budget": "10"})
    assert (tab.seen("budget")[-1], tab.seen("budget_percent")[-1]) == ("10", 85)
    assert tab.seen("budget_state")[-1] == "near"
    await tab.do(CreditsState.save_budget, form={"budget": "8"})
    assert tab.seen("budget_state")[-1] == "used"
    await tab.do(CreditsState.save_budget, form={"budget": ""})
    assert (tab.seen("budget")[-1], tab.seen("budget_state")[-1]) == ("", "none")


async def test_a_budget_that_is_no_number_is_refused_beside_the_field(tab: Tab) -> None:
    join(tab)
    await tab.do(CreditsState.load)
    await tab.do(CreditsState.save_budget, form={"budget": "lots"})
    assert "whole number" in tab.seen("refusal")[-1]


async def test_a_budget_saved_before_the_page_was_read_is_refused(tab: Tab) -> None:
    join(tab)
    with pytest.raises(NotFound):
        await tab.do(CreditsState.save_budget, form={"budget": "5"})


async def test_another_team_of_ones_own_can_be_shown_and_no_other(tab: Tab) -> None:
    app = join(tab)
    with db.transaction() as session:
        other, strange = make_user(session), make_user(session)
        theirs = make_app(session, other).team_id
        session.add(Membership(team_id=theirs, user_id=app.creator_id, role=Role.VIEWER))
        strangers = make_app(session, strange).team_id
        grant(session, theirs, 7_000, reason="")
    await tab.do(CreditsState.load)
    assert len(tab.seen("teams")[-1]) == 2
    await tab.do(CreditsState.show_team, team_id=str(theirs))
    assert (tab.seen("bought")[-1], tab.seen("may_set_budget")[-1]) == ("7", False)
    for unknown in (str(strangers), "no id"):
        with pytest.raises(NotFound):
            await tab.do(CreditsState.show_team, team_id=unknown)


async def test_strangers_are_sent_to_sign_in(tab: Tab) -> None:
    with pytest.raises(SignInRequired):
        await tab.do(CreditsState.load)


async def test_the_bar_says_how_much_may_be_spent(tab: Tab, services: Container) -> None:
    app = join(tab, budget=2_500)
    spend(app, 20_000)
    await tab.do(CreditsLeftState.load)
    assert (tab.seen("left")[-1], tab.seen("is_low")[-1]) == ("0.5", True)


async def test_the_bar_asks_nothing_for_strangers(tab: Tab) -> None:
    await tab.do(CreditsLeftState.load)
    assert tab.seen("left") == []


async def test_the_next_month_begins_with_nothing_used(tab: Tab) -> None:
    with time_machine.travel(NOON, tick=False):
        app = join(tab, budget=10_000)
        spend(app, 20_000)
    with time_machine.travel(NOON + timedelta(days=12), tick=False):
        await tab.do(CreditsState.load)
    assert (tab.seen("used")[-1], tab.seen("budget_state")[-1]) == ("0", "fine")
