"""What a turn has used so far, watched while it is being written."""

from collections.abc import Mapping
from typing import Any, Self

from overskill.errors import LimitReached
from overskill.models import Generation
from overskill.services.billing.amounts import Priced, Tariff, credit_words, credits_of
from overskill.services.billing.receipts import charged_micro

CHARACTERS_PER_TOKEN = 5  # more than models write on average: an estimate never ends a turn that is within its cap


class CapReached(LimitReached):
    """The turn used what it may cost. It ends; what was complete is kept."""


class Meter:
    """Of one attempt at one turn. Without a cap it only counts."""

    def __init__(self, cap: int | None, credit_micro: int, *, price_out: float = 0.0, spent_micro: int = 0) -> None:
        """`cap` in thousandths of a credit; `price_out` in dollars a token, 0 where nothing is to be estimated."""
        self._cap = cap
        self._credit_micro = credit_micro
        self._micro_per_character = price_out * 1_000_000 / CHARACTERS_PER_TOKEN
        self._told_micro = spent_micro
        self._untold_characters = 0

    @classmethod
    def of(cls, generation: Generation, tariff: Tariff, price: Priced | None = None) -> Self:
        """What earlier attempts at the turn used counts too. One that was quoted nothing is written with an own key:
        there is nothing to estimate."""
        return cls(
            generation.cap,
            tariff.credit_micro,
            price_out=price.price_out if price and generation.quote_high else 0.0,
            spent_micro=charged_micro(generation.usage),
        )

    @property
    def spent(self) -> int:
        """Thousandths of a credit, by what models told."""
        return credits_of(self._told_micro, self._credit_micro)

    def add(self, usage: Mapping[str, Any]) -> None:
        """Take the data of a usage event. Raises CapReached once it is over the cap."""
        self._untold_characters = 0
        if not usage.get("is_own_key"):
            self._told_micro += int(usage.get("cost_micro") or 0)
        self._check(self._told_micro)

    def estimate(self, characters_written: int) -> None:
        """So many more characters came, and their cost is told only at the end of the answer. Raises CapReached."""
        self._untold_characters += characters_written
        self._check(self._told_micro + int(self._untold_characters * self._micro_per_character))

    def _check(self, cost_micro: int) -> None:
        if self._cap is not None and credits_of(cost_micro, self._credit_micro) > self._cap:
            raise CapReached(
                f"This turn reached the most it may cost, {credit_words(self._cap)}, and was ended there. "
                "What was complete is kept. Go on with a smaller step."
            )
