"""The credits of one turn: set aside when it is asked for, charged when it ends, given back when it was in vain.

    request_turn   open_account(...)                       refuses, or sets quote and cap on the row
    the worker     Meter.of(generation, tariff, price)     .estimate(characters) and .add(usage) end it at the cap
    its end        settle(...), then refund(...) if it failed; both may be called twice
    the chat       receipt(generation).to_json()

A turn is never charged more than its cap, nor more than is there. While it is unfinished, what it was quoted at most is
set aside, so that turns asked for at once do not all count on the same credits.
"""

from datetime import timedelta
from math import ceil
from uuid import UUID

from sqlmodel import Session

from overskill.clients.models import ModelRole
from overskill.errors import LimitReached
from overskill.models import App, Generation, utc_now
from overskill.services.billing.amounts import CREDIT, Priced, Tariff, credit_words
from overskill.services.billing.credit_ledger import Balance, balance, charge, give_back, lock_team, next_renewal
from overskill.services.billing.meter import CapReached, Meter
from overskill.services.billing.quotes import (
    AuthorKind,
    EditorQuote,
    Quote,
    app_size,
    is_enough,
    quote,
    quote_for_editor,
)
from overskill.services.billing.receipts import Receipt, add_usage, charged_micro, receipt
from overskill.services.figures import count_words

__all__ = [
    "AuthorKind",
    "Balance",
    "CapReached",
    "EditorQuote",
    "Meter",
    "Priced",
    "Quote",
    "Receipt",
    "Tariff",
    "add_usage",
    "balance",
    "open_account",
    "quote",
    "quote_for_editor",
    "receipt",
    "refund",
    "refund_repairs",
    "settle",
]

CAP_OVER_QUOTE = 4  # a turn that takes its three repairs costs about so many times what others do
LEAST_CAP = 5 * CREDIT  # quotes of cheap turns say little about one that takes longer


def open_account(
    session: Session,
    app: App,
    generation: Generation,
    tariff: Tariff,
    *,
    author_kind: AuthorKind,
    price: Priced | None,
) -> None:
    """Put the quote on the turn and set aside what it may cost. Call it once the turn is flushed.

    Raises LimitReached where there is not enough to begin with. A turn with its own key is never refused, but capped:
    if another model has to help out, that is paid with credits. What recipes and models without a price write has no
    cap, and settle() charges nothing for it.
    """
    if author_kind == "recipe" or price is None or price.price_out <= 0:
        generation.quote_low = generation.quote_high = 0
        generation.cap = None
        session.add(generation)
        return
    generation.app_size = app_size(session, app.id)
    quoted = quote(
        session,
        app.team_id,
        tariff,
        is_first=app.current_version == 0,
        mode=generation.mode,
        prompt_size=len(generation.prompt),
        app_size=generation.app_size,
        author_kind=author_kind,
        price=price,
    )
    lock_team(session, app.team_id)
    has = balance(session, app.team_id, tariff)
    if not is_enough(quoted, has.spendable):
        raise LimitReached(_not_enough(has, quoted, tariff))
    generation.quote_low, generation.quote_high = quoted.low, quoted.high
    generation.cap = min(has.spendable, tariff.turn, max(LEAST_CAP, CAP_OVER_QUOTE * quoted.high))
    session.add(generation)


def settle(session: Session, generation: Generation, tariff: Tariff) -> Receipt:
    """Charge a turn that is over for what it used, at most its cap. A second call changes nothing."""
    if generation.cap is not None:
        used = tariff.credits(charged_micro(generation.usage))
        team_id = _team_of(session, generation)
        generation.charged = charge(session, team_id, generation, min(used, generation.cap), tariff)
        session.add(generation)
    return receipt(generation)


def refund(session: Session, generation: Generation, reason: str) -> int:
    """Give back what a turn was charged; `reason` is shown in the ledger. Returns how much, also when called again."""
    return _refund(session, generation, reason, most=None)


def refund_repairs(session: Session, generation: Generation, reason: str) -> int:
    """Give back what repairs by a model were charged, in a turn that was kept although they did not help."""
    fix = receipt(generation).usage.get(ModelRole.FIX)
    return _refund(session, generation, reason, most=fix.charged) if fix and fix.charged else generation.refunded


def _refund(session: Session, generation: Generation, reason: str, *, most: int | None) -> int:
    if generation.charged > 0:
        generation.refunded = give_back(session, _team_of(session, generation), generation, reason, most=most)
        session.add(generation)
    return generation.refunded


def _team_of(session: Session, generation: Generation) -> UUID:
    return session.get_one(App, generation.app_id).team_id


def _not_enough(has: Balance, quoted: Quote, tariff: Tariff) -> str:
    """What is left, when more comes, and where to see it."""
    where = "Settings, Credits, shows what was spent."
    if has.held and is_enough(quoted, has.spendable + has.held):
        return (
            f"Other turns have set aside the {credit_words(has.held)} that this one would need. "
            f"Send it again when they are done. {where}"
        )
    if has.budget_left is not None and has.budget_left < has.total:
        return (
            f"Your team has {credit_words(has.budget_left)} left of this month's budget of "
            f"{credit_words(has.monthly_budget or 0)}. An owner or admin can raise it in Settings, Credits."
        )
    left = f"You have {credit_words(has.total)} left" if has.total else "Your credits are spent"
    least = f", and a message like this costs {credit_words(quoted.low)} or more" if has.total else ""
    if not tariff.daily:
        return f"{left}{least}. Ask whoever runs this instance for more. {where}"
    hours = ceil((next_renewal() - utc_now()) / timedelta(hours=1))
    next_ones = f"The next free ones ({credit_words(tariff.daily)}) come within {count_words(hours, 'hour')}."
    return f"{left}{least}. {next_ones} {where}"
