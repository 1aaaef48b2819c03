"""What a turn is going to cost."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import Session

from overskill.clients.model_memory import ModelFacts
from overskill.models import App, GenerationMode, VersionCause, utc_now
from overskill.services.apps import save_version
from overskill.services.billing.credit_ledger import Balance, balance
from overskill.services.billing.credits import Quote, quote, quote_for_editor
from overskill.services.billing.quotes import COMPARED_DAYS, quote_columns, quote_words
from tests.services.billing.support import PRICE, TARIFF, make_past_turn, make_paying_app

HUNDREDS = [number * 100 for number in range(1, 11)]


def ask(
    session: Session,
    app: App,
    *,
    is_first: bool = True,
    mode: GenerationMode = GenerationMode.BUILD,
    prompt_size: int = 200,
    app_size: int = 1_000,
    price: ModelFacts = PRICE,
) -> Quote:
    return quote(
        session,
        app.team_id,
        TARIFF,
        is_first=is_first,
        mode=mode,
        prompt_size=prompt_size,
        app_size=app_size,
        author_kind="model",
        price=price,
    )


def asked(session: Session, app: App) -> tuple[Sequence[Any], App, Balance]:
    columns = session.execute(sa.select(*quote_columns(app))).one()
    return columns, app, balance(session, app.team_id, TARIFF)


def past_turns(session: Session, app: App, costs: Sequence[int], *, app_size: int = 1_000) -> None:
    for cost in costs:
        make_past_turn(session, app, cost, app_size=app_size)


def test_a_quote_is_the_range_of_what_similar_turns_of_the_team_cost(session: Session) -> None:
    app = make_paying_app(session)
    past_turns(session, app, HUNDREDS)
    assert ask(session, app) == Quote(300, 1_000, "team")


def test_a_team_with_few_turns_is_told_what_others_paid(session: Session) -> None:
    past_turns(session, make_paying_app(session), HUNDREDS)
    app = make_paying_app(session)
    past_turns(session, app, [9_000])
    assert ask(session, app) == Quote(300, 1_000, "instance")


def test_without_similar_turns_the_price_says_it(session: Session) -> None:
    cheap = ask(session, make_paying_app(session))
    dear = ask(session, make_paying_app(session), price=ModelFacts(price_in=1e-5, price_out=4e-5))
    assert cheap.basis == "price"
    assert 0 < cheap.low < cheap.high
    assert dear.low == 10 * cheap.low


def test_turns_of_another_kind_do_not_count(session: Session) -> None:
    app = make_paying_app(session)
    for cost in HUNDREDS:
        make_past_turn(session, app, cost, mode=GenerationMode.PLAN)
    make_past_turn(session, app, 50, at=utc_now() - timedelta(days=COMPARED_DAYS + 1))
    assert ask(session, app).basis == "price"
    assert ask(session, app, mode=GenerationMode.PLAN) == Quote(300, 1_000, "team")


def test_follow_ups_are_compared_with_follow_ups_of_apps_of_that_size(session: Session) -> None:
    app = make_paying_app(session)
    save_version(session, app, note="First", cause=VersionCause.GENERATION, author_id=None)
    session.flush()
    past_turns(session, app, HUNDREDS, app_size=50_000)
    assert ask(session, app, is_first=False, app_size=60_000) == Quote(300, 1_000, "team")
    assert ask(session, app, is_first=False, app_size=500_000).basis == "price"
    assert ask(session, app, is_first=True).basis == "price"


def test_a_long_first_message_is_not_compared_with_short_ones(session: Session) -> None:
    app = make_paying_app(session)
    past_turns(session, app, HUNDREDS)
    assert ask(session, app, prompt_size=90_000).basis == "price"


@pytest.mark.parametrize(("kind", "words"), [("recipe", "Free"), ("own_key", "Free: your own key pays")])
def test_the_editor_is_told_when_a_message_is_free(session: Session, kind: str, words: str) -> None:
    app = make_paying_app(session)
    told = quote_for_editor(*asked(session, app), TARIFF, author_kind=kind, price=PRICE)  # type: ignore[arg-type]
    assert (told.words, told.low, told.high, told.is_enough) == (words, 0, 0, True)


def test_the_editor_is_told_the_range_and_what_is_left(session: Session) -> None:
    app = make_paying_app(session)
    past_turns(session, app, HUNDREDS)
    told = quote_for_editor(*asked(session, app), TARIFF, author_kind="model", price=PRICE)
    assert (told.words, told.left_words, told.is_enough) == ("About 0.3–1 credits", "100 credits left", True)


def test_a_range_of_one_amount_is_one_amount() -> None:
    assert quote_words(Quote(1_000, 1_000, "team"), "model") == "About 1 credit"
