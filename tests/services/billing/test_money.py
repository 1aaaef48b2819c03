"""Amounts of money: read, written and shared to the last cent, and never of two currencies at once."""

import random
import re
from pathlib import Path

import pytest

from overskill.errors import InvalidInput
from overskill.services.billing.money import NO_DIGITS, THREE_DIGITS, Money, decimal, parse, say, shares

SCRIPT = Path(__file__).parents[3] / "overskill/components/market/money.js"


@pytest.mark.parametrize(
    ("text", "currency", "amount"),
    [
        ("0", "usd", 0),
        ("0.01", "usd", 1),
        (".5", "usd", 50),
        ("5.", "usd", 500),
        ("1,234.56", "usd", 123_456),
        ("1.234,56", "eur", 123_456),
        ("1 234,56 EUR", "eur", 123_456),
        ("1'234.50", "chf", 123_450),
        ("12,5", "eur", 1_250),
        ("1,234", "usd", 123_400),
        ("1,234,567", "jpy", 1_234_567),
        ("$999,999.99", "usd", 99_999_999),
        ("¥1200", "jpy", 1_200),
        ("100.00", "jpy", 100),
        ("1.250", "kwd", 1_250),
        ("5 usd", "usd", 500),
    ],
)
def test_what_people_type_is_read(text: str, currency: str, amount: int) -> None:
    assert parse(text, currency) == amount


@pytest.mark.parametrize(
    ("text", "currency", "says"),
    [
        ("", "usd", "not an amount"),
        ("five", "usd", "not an amount"),
        ("1,23,4.5", "usd", "not an amount"),
        ("1e3", "usd", "not an amount"),
        ("٣", "usd", "not an amount"),
        ("-5", "usd", "below zero"),
        ("−5", "usd", "below zero"),
        ("1.234", "usd", "2 decimal places"),
        ("1.5", "jpy", "no decimal places"),
        ("1,000,000", "usd", "more than one payment"),
        ("9" * 20, "usd", "more than one payment"),
        ("9" * 5000, "usd", "not an amount"),
    ],
    ids=lambda value: value[:12],
)
def test_what_is_no_amount_is_refused_with_what_to_type(text: str, currency: str, says: str) -> None:
    with pytest.raises(InvalidInput, match=says) as refused:
        parse(text, currency, field="price")
    assert refused.value.field == "price"


@pytest.mark.parametrize(
    ("amount", "currency", "words"),
    [
        (0, "usd", "$0.00"),
        (1, "usd", "$0.01"),
        (99_999_999, "usd", "$999,999.99"),
        (-500, "eur", "−€5.00"),
        (1_200, "jpy", "¥1,200"),
        (1_250, "kwd", "1.250 KWD"),
        (-5, "chf", "−0.05 CHF"),
    ],
)
def test_mails_say_an_amount_with_its_currency(amount: int, currency: str, words: str) -> None:
    assert say(amount, currency) == words


def test_files_have_plain_figures() -> None:
    assert [decimal(123_456, "usd"), decimal(-5, "usd"), decimal(7, "jpy")] == ["1234.56", "-0.05", "7"]


def test_currencies_do_not_mix() -> None:
    assert Money(5, "usd") + Money(7, "usd") - Money(2, "usd") == Money(10, "usd")
    for mixing in (Money.__add__, Money.__sub__, Money.__lt__, Money.__le__):
        with pytest.raises(ValueError, match="usd and eur do not mix"):
            mixing(Money(5, "usd"), Money(5, "eur"))


def test_shares_always_sum_to_what_was_shared() -> None:
    chance = random.Random(7)  # noqa: S311 - the same amounts in every run
    for _ in range(500):
        total = chance.choice([0, 1, -1, chance.randrange(-100_000_000, 100_000_000)])
        weights = [chance.choice([0, 1, chance.randrange(10_000)]) for _ in range(chance.randint(1, 7))]
        parts = shares(total, weights)
        assert sum(parts) == total
        assert all(
            abs(part * sum(weights) - total * weight) < sum(weights)
            for part, weight in zip(parts, weights, strict=True)
            if any(weights)
        )


def test_a_cent_that_is_left_goes_to_whom_rounding_cost_the_most() -> None:
    assert shares(100, [1, 1, 1]) == [34, 33, 33]
    assert shares(100, [3333, 6667]) == [33, 67]
    assert shares(-100, [1, 1, 1]) == [-34, -33, -33]
    assert shares(5, [0, 0]) == [3, 2]
    assert shares(0, []) == []
    with pytest.raises(ValueError, match="nobody"):
        shares(5, [])


def test_the_browser_counts_decimal_places_as_we_do() -> None:
    lists = [set(words.split()) for words in re.findall(r'"([a-z ]+)"\.split', SCRIPT.read_text())]
    assert lists == [NO_DIGITS, THREE_DIGITS]
