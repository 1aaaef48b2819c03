"""Amounts of money: integers in a currency's smallest unit, never of two currencies at once."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from overskill.errors import InvalidInput
from overskill.services.locales import currency_words

# As Stripe counts them, which is not always as ISO 4217 does: components/market/money.js has the same two lists.
NO_DIGITS = frozenset("bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf".split())
THREE_DIGITS = frozenset("bhd jod kwd omr tnd".split())
MOST = 99_999_999  # smallest units that Stripe takes in one payment: 999,999.99 dollars
_SYMBOLS = {"usd": "$", "eur": "€", "gbp": "£", "jpy": "¥", "inr": "₹", "krw": "₩"}
_LONGEST = 40  # of what is typed
_GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:[.,][0-9]{3})+|[0-9]*")


def digits(currency: str) -> int:
    """How many of its decimal places a currency has: 2 of dollars, 0 of yen, 3 of Kuwaiti dinars."""
    if currency in NO_DIGITS:
        return 0
    return 3 if currency in THREE_DIGITS else 2


def unit(currency: str) -> int:
    """How many of the smallest make one: 100 cents of a dollar, 1 of a yen."""
    return int(10 ** digits(currency))


@dataclass(frozen=True, slots=True)
class Money:
    """An amount that can only meet its own currency. Mixing two is a bug, so it raises ValueError."""

    amount: int
    currency: str

    def __add__(self, other: "Money") -> "Money":
        return Money(self.amount + self._same(other), self.currency)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.amount - self._same(other), self.currency)

    def __neg__(self) -> "Money":
        return Money(-self.amount, self.currency)

    def __lt__(self, other: "Money") -> bool:
        return self.amount < self._same(other)

    def __le__(self, other: "Money") -> bool:
        return self.amount <= self._same(other)

    def __bool__(self) -> bool:
        return self.amount != 0

    def __str__(self) -> str:
        return say(self.amount, self.currency)

    def _same(self, other: "Money") -> int:
        if other.currency != self.currency:
            raise ValueError(f"{self.currency} and {other.currency} do not mix.")
        return other.amount


def decimal(amount: int, currency: str) -> str:
    """ "1234.56": for files and machines."""
    return _decimal(amount, currency, group="")


def say(amount: int, currency: str, locale: str = "") -> str:
    """As people of the locale write it. Where none is known: "$1,234.56", "¥1,200", "−€5.00", "1.250 KWD"."""
    if locale:
        return currency_words(Decimal(decimal(amount, currency)), currency, locale, places=digits(currency))
    figure = _decimal(abs(amount), currency, group=",")
    sign = "−" if amount < 0 else ""
    symbol = _SYMBOLS.get(currency)
    return f"{sign}{symbol}{figure}" if symbol else f"{sign}{figure} {currency.upper()}"


def _decimal(amount: int, currency: str, *, group: str) -> str:
    places = digits(currency)
    whole, rest = divmod(abs(amount), unit(currency))
    sign = "-" if amount < 0 else ""
    figure = f"{whole:,}" if group else str(whole)
    return f"{sign}{figure}.{rest:0{places}}" if places else f"{sign}{figure}"


def parse(text: str, currency: str, *, field: str = "") -> int:
    """What somebody typed, in the smallest unit: "1,234.56", "1.234,56", "$5" or "5 usd".

    Raises InvalidInput with what can be typed instead.
    """
    figure = re.sub(r"[\s'’_]", "", text.strip().lower().removeprefix(currency).removesuffix(currency))
    figure = figure.strip(_SYMBOLS.get(currency, ""))
    if figure.startswith(("-", "−")):
        raise InvalidInput("An amount can't be below zero. Enter 0 or more.", field=field)
    whole, fraction = _halves(figure)
    is_figure = _GROUPED.fullmatch(whole) and re.fullmatch(r"[0-9]*", fraction) and (whole or fraction)
    if not is_figure or len(text) > _LONGEST:
        raise InvalidInput(f"That is not an amount. Enter a figure such as {_example(currency)}.", field=field)
    places = digits(currency)
    if len(fraction.rstrip("0")) > places:
        most = f"at most {places} decimal places" if places else "no decimal places"
        raise InvalidInput(f"Amounts in {currency.upper()} have {most}, such as {_example(currency)}.", field=field)
    amount = int(re.sub(r"[.,]", "", whole) or "0") * unit(currency) + int(fraction[:places].ljust(places, "0") or "0")
    if amount > MOST:
        raise InvalidInput(f"That is more than one payment can be: {say(MOST, currency)}.", field=field)
    return amount


def _halves(figure: str) -> tuple[str, str]:
    """Before and after the decimal sign, whichever of the two it is; a comma before three digits groups thousands."""
    at = max(figure.rfind("."), figure.rfind(","))
    if at < 0:
        return figure, ""
    sign, whole, fraction = figure[at], figure[:at], figure[at + 1 :]
    groups = sign == "," and len(fraction) == 3 and "." not in whole and whole
    if groups or sign in whole:
        return figure, ""
    return whole, fraction


def _example(currency: str) -> str:
    return say(1250 * unit(currency) + unit(currency) // 2, currency)


def shares(total: int, weights: Sequence[int]) -> list[int]:
    """`total` in parts that stand to one another as the weights do, and sum to it exactly.

    What rounding leaves goes to the parts that lost the most by it, the first of equals first. Where no weight is
    above zero, the parts are equal.
    """
    if not weights:
        if total:
            raise ValueError("There is nobody to share it.")
        return []
    if not any(weights):
        weights = [1] * len(weights)
    whole = sum(weights)
    parts = [abs(total) * weight // whole for weight in weights]
    lost = sorted(range(len(weights)), key=lambda at: -(abs(total) * weights[at] % whole))
    for at in lost[: abs(total) - sum(parts)]:
        parts[at] += 1
    return [-part for part in parts] if total < 0 else parts
