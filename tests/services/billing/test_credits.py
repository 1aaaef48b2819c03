"""What a turn costs, from its quote to its receipt."""

from sqlmodel import Session

from overskill.clients.model_memory import ModelFacts
from overskill.services.billing.credits import Tariff, open_account, settle
from tests.factories import make_app, make_generation, make_user

PRICE = ModelFacts(price_in=1e-6, price_out=4e-6)
TARIFF = Tariff(daily=100_000, turn=50_000, credit_micro=10_000)


def test_a_turn_is_charged_for_what_it_used_rounded_up(session: Session) -> None:
    app = make_app(session, make_user(session))
    turn = make_generation(session, app)
    open_account(session, app, turn, TARIFF, author_kind="model", price=PRICE)
    turn.usage = {"build": {"cost_micro": 12_341}}
    assert settle(session, turn, TARIFF).charged == 1_235
    assert turn.charged == 1_235
