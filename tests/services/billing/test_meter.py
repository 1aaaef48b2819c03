import pytest

from overskill.models import Generation
from overskill.services.billing.credits import CapReached, Meter
from overskill.services.billing.meter import CHARACTERS_PER_TOKEN
from tests.services.billing.support import PRICE, TARIFF, used


def test_a_meter_adds_up_what_is_told() -> None:
    meter = Meter(None, 10_000)
    meter.add({"cost_micro": 4})
    meter.add({"cost_micro": 7})
    assert meter.spent == 2  # 11 millionths are 1.1 thousandths


def test_a_turn_ends_once_it_used_more_than_its_cap() -> None:
    meter = Meter(2_000, 10_000)
    meter.add({"cost_micro": 20_000})
    with pytest.raises(CapReached, match="the most it may cost, 2 credits"):
        meter.add({"cost_micro": 1})


def test_a_long_answer_ends_before_its_cost_is_told() -> None:
    meter = Meter(1_000, 10_000, price_out=4e-6)  # a credit pays for 2,500 tokens
    meter.estimate(2_500 * CHARACTERS_PER_TOKEN)
    with pytest.raises(CapReached):
        meter.estimate(CHARACTERS_PER_TOKEN)


def test_what_is_told_takes_the_place_of_the_estimate() -> None:
    meter = Meter(1_000, 10_000, price_out=4e-6)
    for _ in range(10):
        meter.estimate(100 * CHARACTERS_PER_TOKEN)
        meter.add({"cost_micro": 1_000})
    assert meter.spent == 1_000


def test_fifty_megabytes_are_stopped_at_the_cap() -> None:
    meter = Meter(50_000, 10_000, price_out=4e-6)
    accepted = 0

    def write() -> None:
        nonlocal accepted
        while accepted < 50_000_000:
            meter.estimate(4_000)
            accepted += 4_000

    with pytest.raises(CapReached):
        write()
    assert accepted < 700_000


def test_an_own_key_does_not_count() -> None:
    meter = Meter(0, 10_000)
    meter.add({"cost_micro": 90_000, "is_own_key": True})
    assert meter.spent == 0
    with pytest.raises(CapReached):
        meter.add({"cost_micro": 1})


def test_without_a_cap_nothing_ends() -> None:
    meter = Meter(None, 10_000, price_out=1.0)
    meter.estimate(10**9)
    meter.add({"cost_micro": 10**12})


def test_a_second_attempt_goes_on_from_what_the_first_used() -> None:
    meter = Meter.of(Generation(cap=1_000, quote_high=900, usage=used(9_000)), TARIFF, PRICE)
    assert meter.spent == 900
    with pytest.raises(CapReached):
        meter.add({"cost_micro": 1_001})


def test_what_an_own_key_writes_is_not_estimated() -> None:
    Meter.of(Generation(cap=0, quote_high=0), TARIFF, PRICE).estimate(10**9)
