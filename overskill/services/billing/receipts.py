"""What a turn cost, and what for: read from its row."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from overskill.clients.models import ModelRole
from overskill.models import Generation
from overskill.services.billing.amounts import credit_figure, credit_words
from overskill.services.figures import count_words, money_words

_COUNTED = ("tokens_in", "tokens_out", "tokens_cached", "cost_micro")

Usage = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class RoleUse:
    """What models used in one role. `own_micro` of its cost was paid by somebody's own key."""

    model: str = ""
    tokens_in: int = 0
    tokens_out: int = 0
    tokens_cached: int = 0
    cost_micro: int = 0
    own_micro: int = 0
    charged: int = 0  # thousandths of a credit; the roles add up to the receipt's


@dataclass(frozen=True, slots=True)
class Receipt:
    charged: int = 0  # thousandths of a credit
    refunded: int = 0
    usage: Mapping[str, RoleUse] = field(default_factory=dict)
    free_repairs: Mapping[str, int] = field(default_factory=dict)
    quote_low: int | None = None
    quote_high: int | None = None

    @property
    def tokens(self) -> int:
        return sum(use.tokens_in + use.tokens_out for use in self.usage.values())

    @property
    def tokens_cached(self) -> int:
        return sum(use.tokens_cached for use in self.usage.values())

    @property
    def cost_micro(self) -> int:
        return sum(use.cost_micro for use in self.usage.values())

    @property
    def words(self) -> str:
        """ "1.2 credits: plan 0.1, build 0.9, fix 0.2 · 41,200 tokens (18,000 from cache) · $0.0118"."""
        return " · ".join(part for part in (self._credits(), self._tokens(), money_words(self.cost_micro)) if part)

    def _credits(self) -> str:
        if not self.charged:
            return "Free of charge"
        parts = [f"{role} {credit_figure(use.charged)}" for role, use in self.usage.items() if use.charged]
        total = credit_words(self.charged) + (f": {', '.join(parts)}" if len(parts) > 1 else "")
        if not self.refunded:
            return total
        return f"{total} · {'all' if self.refunded >= self.charged else credit_words(self.refunded)} given back"

    def _tokens(self) -> str:
        if not self.tokens:
            return ""
        cached = f" ({self.tokens_cached:,} from cache)" if self.tokens_cached else ""
        return count_words(self.tokens, "token") + cached

    def to_json(self) -> dict[str, Any]:
        return {
            "charged": self.charged,
            "refunded": self.refunded,
            "usage": {role: asdict(use) for role, use in self.usage.items()},
            "free_repairs": dict(self.free_repairs),
            "quote_low": self.quote_low,
            "quote_high": self.quote_high,
            "words": self.words,
        }


def add_usage(usage: Usage, told: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """`Generation.usage` with the data of one more usage event in it."""
    role = str(told.get("role") or ModelRole.BUILD)
    entry = {"model": "", "own_micro": 0, **dict.fromkeys(_COUNTED, 0), **usage.get(role, {})}
    for name in _COUNTED:
        entry[name] += int(told.get(name) or 0)
    if told.get("is_own_key"):
        entry["own_micro"] += int(told.get("cost_micro") or 0)
    entry["model"] = str(told.get("model") or entry["model"])[:120]
    return {**{name: dict(one) for name, one in usage.items()}, role: entry}


def charged_micro(usage: Usage) -> int:
    """What of a turn's usage has to be paid with credits, in millionths of a dollar."""
    return sum(_charged_micro(entry) for entry in usage.values())


def _charged_micro(entry: Mapping[str, Any]) -> int:
    return max(0, int(entry.get("cost_micro", 0)) - int(entry.get("own_micro", 0)))


def receipt(generation: Generation) -> Receipt:
    roles = [role for role in ModelRole if role in generation.usage]
    weights = [_charged_micro(generation.usage[role]) for role in roles]
    usage = {
        role.value: _role_use(generation.usage[role], part)
        for role, part in zip(roles, _split(generation.charged, weights), strict=True)
    }
    return Receipt(
        charged=generation.charged,
        refunded=generation.refunded,
        usage=usage,
        free_repairs=dict(generation.free_repairs),
        quote_low=generation.quote_low,
        quote_high=generation.quote_high,
    )


def _role_use(entry: Mapping[str, Any], charged: int) -> RoleUse:
    counts = {name: int(entry.get(name, 0)) for name in (*_COUNTED, "own_micro")}
    return RoleUse(model=str(entry.get("model", "")), charged=charged, **counts)


def _split(amount: int, weights: list[int]) -> list[int]:
    """`amount` in parts that stand to one another as the weights do, and add up to it."""
    total, rest, parts = sum(weights), amount, []
    for weight in weights:
        part = rest * weight // total if total else 0
        parts.append(part)
        rest, total = rest - part, total - weight
    return parts
