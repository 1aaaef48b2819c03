"""Amounts of credits. Everywhere they are integers: thousandths of a credit."""

from dataclasses import dataclass
from typing import Protocol, Self

from overskill.config import Settings

CREDIT = 1000


@dataclass(frozen=True, slots=True)
class Tariff:
    """What credits are on this instance."""

    daily: int = 100 * CREDIT  # free, for each team and day
    turn: int = 50 * CREDIT  # the most that one turn may cost
    credit_micro: int = 10_000  # what one credit pays for, in millionths of a dollar

    @classmethod
    def of(cls, settings: Settings) -> Self:
        return cls(settings.daily_credits * CREDIT, settings.turn_credits * CREDIT, settings.credit_micro)

    def credits(self, cost_micro: int) -> int:
        """What so many millionths of a dollar come to, rounded up."""
        return credits_of(cost_micro, self.credit_micro)


class Priced(Protocol):
    """A model's listed price, as ModelFacts has it: dollars a token."""

    @property
    def price_out(self) -> float: ...

    def cost_micro(self, tokens_in: int, tokens_out: int, tokens_cached: int) -> int: ...


def credits_of(cost_micro: int, credit_micro: int) -> int:
    """In thousandths of a credit, rounded up."""
    return -(-cost_micro * CREDIT // credit_micro)


def credit_figure(amount: int, *, places: int = 1) -> str:
    """ "1.2", "1,250", "0.004": more places only where it would be 0 otherwise."""
    if amount % CREDIT == 0:
        return f"{amount // CREDIT:,}"
    if abs(amount) < 10 ** (3 - places):
        places = 3
    figure = f"{amount / CREDIT:,.{places}f}"
    return figure.rstrip("0").rstrip(".")


def credit_words(amount: int, *, places: int = 1) -> str:
    """ "1.2 credits", "1 credit"."""
    figure = credit_figure(amount, places=places)
    return f"{figure} credit{'' if figure in ('1', '-1') else 's'}"
