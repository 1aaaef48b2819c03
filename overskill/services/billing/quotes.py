"""What a turn is going to cost, before it is written: what similar turns cost, else what the model's price says."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from overskill.models import (
    App,
    AppFile,
    AppVersion,
    FileBlob,
    Generation,
    GenerationMode,
    GenerationStatus,
    utc_now,
)
from overskill.services.billing.amounts import Priced, Tariff, credit_figure, credit_words
from overskill.services.billing.credit_ledger import Balance

AuthorKind = Literal["model", "recipe", "own_key"]
Basis = Literal["free", "team", "instance", "price"]

FEWEST_SIMILAR = 5
MOST_COMPARED = 60
COMPARED_DAYS = 60
_SIZES = (20_000, 80_000, 300_000)  # characters: turns between two of these are alike
_CHARACTERS_PER_TOKEN = 4
_INSTRUCTIONS = 6_000  # tokens that go along with every request


@dataclass(frozen=True, slots=True)
class _Work:
    """How often a turn reads what it is told, and how many tokens it writes."""

    reads: int
    tokens_out: int


_LEAST = {"first": _Work(1, 4_000), "follow-up": _Work(1, 400), "plan": _Work(1, 300)}
_MOST = {"first": _Work(5, 30_000), "follow-up": _Work(6, 12_000), "plan": _Work(2, 3_000)}


@dataclass(frozen=True, slots=True)
class Quote:
    """In thousandths of a credit: of ten similar turns two cost less than `low`, and one more than `high`."""

    low: int
    high: int
    basis: Basis


FREE = Quote(0, 0, "free")
_COMPARED: tuple[Basis, Basis] = ("team", "instance")  # whose turns, the first that has enough


@dataclass(frozen=True, slots=True)
class EditorQuote:
    """What the composer says before a message is sent."""

    words: str
    low: int
    high: int
    basis: Basis
    left: int  # what may be spent now
    left_words: str
    is_enough: bool  # False: the message would be refused


def quote(
    session: Session,
    team_id: UUID,
    tariff: Tariff,
    *,
    is_first: bool,
    mode: GenerationMode,
    prompt_size: int,
    app_size: int,
    author_kind: AuthorKind,
    price: Priced | None,
) -> Quote:
    """Sizes in characters. `price` is that of the dearest model that may be asked; None where none is listed.

    Recipes, own keys and models without a price are free. `low` and `high` are the 20th and the 90th percentile of
    similar turns: of the team's own, else of the whole instance's, else they are reckoned from the price.
    """
    if author_kind != "model" or price is None or price.price_out <= 0:
        return FREE
    similar = session.execute(sa.select(*_similar(team_id, is_first=is_first, mode=mode))).one()
    return _quoted(similar, prompt_size + app_size, price, tariff, is_first=is_first, mode=mode)


def quote_columns(app: App) -> tuple[sa.ScalarSelect[Any], ...]:
    """Columns of any query, for `quote_for_editor`."""
    similar = _similar(app.team_id, is_first=app.current_version == 0, mode=GenerationMode.BUILD)
    return (*similar, _size_of(app.id))


def quote_for_editor(
    columns: Sequence[Any],
    app: App,
    has: Balance,
    tariff: Tariff,
    *,
    author_kind: AuthorKind,
    price: Priced | None,
    prompt_size: int = 200,
) -> EditorQuote:
    """Of the next message, from `quote_columns`, to a team that has so much."""
    *similar, size = columns
    quoted = FREE
    if author_kind == "model" and price is not None and price.price_out > 0:
        size, is_first = prompt_size + int(size), app.current_version == 0
        quoted = _quoted(similar, size, price, tariff, is_first=is_first, mode=GenerationMode.BUILD)
    left = has.spendable
    return EditorQuote(
        words=quote_words(quoted, author_kind),
        low=quoted.low,
        high=quoted.high,
        basis=quoted.basis,
        left=left,
        left_words=f"{credit_words(left)} left",
        is_enough=is_enough(quoted, left),
    )


def _quoted(
    similar: Sequence[Any], size: int, price: Priced, tariff: Tariff, *, is_first: bool, mode: GenerationMode
) -> Quote:
    for basis, turns in zip(_COMPARED, similar, strict=True):
        costs = sorted(charged for charged, told in turns or () if _size_class(told) == _size_class(size))
        if len(costs) >= FEWEST_SIMILAR:
            return Quote(_percentile(costs, 20), _percentile(costs, 90), basis)
    work = "plan" if mode is GenerationMode.PLAN else "first" if is_first else "follow-up"
    low, high = (_reckon(kind[work], size, price, tariff) for kind in (_LEAST, _MOST))
    return Quote(low, high, "price")


def quote_words(quoted: Quote, author_kind: AuthorKind) -> str:
    """ "About 0.8–2.4 credits"."""
    if quoted.basis == "free":
        return "Free: your own key pays" if author_kind == "own_key" else "Free"
    low, high = credit_figure(quoted.low), credit_figure(quoted.high)
    return f"About {credit_words(quoted.high)}" if low == high else f"About {low}–{high} credits"


def is_enough(quoted: Quote, spendable: int) -> bool:
    """Whether a turn is worth beginning: less than `low` would only be spent in vain."""
    return quoted.basis == "free" or (spendable > 0 and spendable >= quoted.low)


def app_size(session: Session, app_id: UUID) -> int:
    """How much there is to read of an app."""
    return int(session.execute(sa.select(_size_of(app_id))).scalar_one())


def _size_of(app_id: UUID) -> sa.ScalarSelect[Any]:
    return (
        sa.select(sa.func.coalesce(sa.func.sum(col(FileBlob.size)), 0))
        .join(AppFile, col(AppFile.checksum) == col(FileBlob.checksum))
        .where(col(AppFile.app_id) == app_id)
        .scalar_subquery()
    )


def _similar(team_id: UUID, *, is_first: bool, mode: GenerationMode) -> tuple[sa.ScalarSelect[Any], ...]:
    """The newest turns of this kind that cost something, [[what, how much there was to read]], as in `_COMPARED`."""
    had_a_version = (
        sa.select(col(AppVersion.id))
        .where(
            col(AppVersion.app_id) == col(Generation.app_id), col(AppVersion.created_at) < col(Generation.created_at)
        )
        .exists()
    )
    told = sa.func.length(col(Generation.prompt)) + col(Generation.app_size)
    alike = (
        sa.select(col(Generation.charged), told.label("told"))
        .join(App, col(App.id) == col(Generation.app_id))
        .where(
            col(Generation.status) == GenerationStatus.SUCCEEDED,
            col(Generation.mode) == mode,
            col(Generation.charged) > 0,
            col(Generation.created_at) > utc_now() - timedelta(days=COMPARED_DAYS),
            ~had_a_version if is_first else had_a_version,
        )
        .order_by(col(Generation.created_at).desc())
        .limit(MOST_COMPARED)
    )
    of_whom = [turns.subquery().c for turns in (alike.where(col(App.team_id) == team_id), alike)]
    pairs = (sa.func.json_agg(sa.func.json_build_array(turn.charged, turn.told)) for turn in of_whom)
    return tuple(sa.select(all_of_them).scalar_subquery() for all_of_them in pairs)


def _size_class(size: int) -> int:
    return sum(size > limit for limit in _SIZES)


def _percentile(ordered: list[int], percent: int) -> int:
    return ordered[min(len(ordered) * percent // 100, len(ordered) - 1)]


def _reckon(work: _Work, size: int, price: Priced, tariff: Tariff) -> int:
    """Every read after the first finds most of it in the provider's cache."""
    told = _INSTRUCTIONS + size // _CHARACTERS_PER_TOKEN
    return tariff.credits(price.cost_micro(told * work.reads, work.tokens_out, told * (work.reads - 1)))
