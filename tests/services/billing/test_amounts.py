import pytest

from overskill.config import Settings
from overskill.services.billing.amounts import Tariff, credit_figure, credit_words, credits_of


@pytest.mark.parametrize(
    ("amount", "figure"),
    [
        (0, "0"),
        (1_000, "1"),
        (1_234, "1.2"),
        (99_960, "100"),
        (1_250_000, "1,250"),
        (40, "0.04"),
        (4, "0.004"),
        (100, "0.1"),
        (-1_500, "-1.5"),
    ],
)
def test_an_amount_has_as_many_places_as_it_needs(amount: int, figure: str) -> None:
    assert credit_figure(amount) == figure


@pytest.mark.parametrize(
    ("amount", "words"), [(1_000, "1 credit"), (1_020, "1 credit"), (500, "0.5 credits"), (0, "0 credits")]
)
def test_one_credit_is_singular(amount: int, words: str) -> None:
    assert credit_words(amount) == words


@pytest.mark.parametrize(("micro", "amount"), [(0, 0), (1, 1), (10, 1), (11, 2), (10_000, 1_000)])
def test_a_cost_is_rounded_up_to_a_thousandth(micro: int, amount: int) -> None:
    assert credits_of(micro, 10_000) == amount


def test_the_tariff_is_what_the_settings_say() -> None:
    settings = Settings(OVERSKILL_DAILY_CREDITS=7, OVERSKILL_TURN_CREDITS=3, OVERSKILL_CREDIT_MICRO=20_000)
    assert Tariff.of(settings) == Tariff(daily=7_000, turn=3_000, credit_micro=20_000)
