"""The ledger of credits: it only grows, and what a team has is the sum of it.

Two purses. The daily one belongs to a UTC day: its free amount is entered by the first charge of that day, and what is
left of it at midnight is gone. The bought one stays. A charge takes from the daily purse first.

What is given back goes to the purse it came from; a daily purse whose day is over would lose it at once, so then it
goes to the bought one: what is given back can always be spent.

Whoever writes holds the team's row (`lock_team`), so purses are never overdrawn; the unique key of each entry says
which movement it is, so none is made twice.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, func, select

from overskill.models import (
    App,
    CreditCause,
    CreditEntry,
    Generation,
    GenerationStatus,
    Purse,
    Team,
    utc_now,
)
from overskill.services.billing.amounts import Tariff

USE = (CreditCause.CHARGE, CreditCause.REFUND)


@dataclass(frozen=True, slots=True)
class Balance:
    """In thousandths of a credit."""

    daily: int  # left of today's free ones
    bought: int
    held: int = 0  # set aside for turns that wait or run: what they were quoted at most
    used_this_month: int = 0
    monthly_budget: int | None = None  # None: no limit

    @property
    def total(self) -> int:
        return self.daily + self.bought

    @property
    def budget_left(self) -> int | None:
        return None if self.monthly_budget is None else max(0, self.monthly_budget - self.used_this_month)

    @property
    def spendable(self) -> int:
        """What another turn may cost."""
        left = self.total if self.budget_left is None else min(self.total, self.budget_left)
        return max(0, left - self.held)


def balance(session: Session, team_id: UUID, tariff: Tariff) -> Balance:
    """What a team has. Reading enters nothing: today's free credits count before they are entered."""
    return balance_in(session.execute(sa.select(balance_column(team_id))).scalar_one(), tariff)


def balance_column(team_id: UUID) -> sa.ScalarSelect[Any]:
    """A column of any query, for `balance_in`; of a query of apps it may be given `App.team_id`."""
    today = utc_now().date()
    amount, cause = col(CreditEntry.amount), col(CreditEntry.cause)
    is_todays = (col(CreditEntry.purse) == Purse.DAILY) & (col(CreditEntry.day) == today)
    is_bought = col(CreditEntry.purse) == Purse.BOUGHT
    is_this_months = col(CreditEntry.created_at) >= month_start()
    told = sa.func.json_build_array(
        _sum(amount, is_todays),
        sa.func.count().filter(is_todays & (cause == CreditCause.DAILY)),
        _sum(amount, is_bought),
        _sum(-amount, is_this_months & cause.in_(USE)),
        sa.select(col(Team.monthly_budget)).where(col(Team.id) == team_id).correlate(App).scalar_subquery(),
        _held(team_id),
    )
    entries = sa.select(told).where(col(CreditEntry.team_id) == team_id, is_todays | is_bought | is_this_months)
    return entries.scalar_subquery()


def balance_in(column: Sequence[Any], tariff: Tariff) -> Balance:
    daily, granted, bought, used, budget, held = column
    return Balance(
        daily=int(daily) + (0 if granted else tariff.daily),
        bought=int(bought),
        held=int(held),
        used_this_month=max(0, int(used)),
        monthly_budget=budget,
    )


def _sum(amount: sa.SQLColumnExpression[int], condition: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
    return sa.func.coalesce(sa.func.sum(amount).filter(condition), 0)


def _held(team_id: UUID) -> sa.ScalarSelect[int]:
    unfinished = (GenerationStatus.QUEUED, GenerationStatus.RUNNING)
    likely, of_team = sa.func.least(col(Generation.cap), col(Generation.quote_high)), aliased(App)
    return (
        sa.select(sa.func.coalesce(sa.func.sum(likely).filter(col(Generation.cap).is_not(None)), 0))
        .join(of_team, col(of_team.id) == col(Generation.app_id))
        .where(col(of_team.team_id) == team_id, col(Generation.status).in_(unfinished))
        .correlate(App)
        .scalar_subquery()
    )


def month_start() -> datetime:
    return utc_now().replace(day=1, hour=0, minute=0, second=0, microsecond=0)


def next_renewal() -> datetime:
    """When the next free credits come."""
    return utc_now().replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)


def lock_team(session: Session, team_id: UUID) -> Team:
    """Nobody else moves this team's credits until the transaction ends."""
    return session.get_one(Team, team_id, with_for_update={"key_share": True}, populate_existing=True)


def entries_of(session: Session, generation_id: UUID, cause: CreditCause) -> list[CreditEntry]:
    return list(
        session.exec(
            select(CreditEntry).where(CreditEntry.generation_id == generation_id, CreditEntry.cause == cause)
        ).all()
    )


def charge(session: Session, team_id: UUID, generation: Generation, amount: int, tariff: Tariff) -> int:
    """Take what a turn cost, once; at most what is there. Returns what was taken, now or before."""
    lock_team(session, team_id)
    before = entries_of(session, generation.id, CreditCause.CHARGE)
    if before or amount <= 0:
        return -sum(entry.amount for entry in before)
    _grant_today(session, team_id, tariff)
    has = balance(session, team_id, tariff)
    of_today = max(0, min(amount, has.daily))
    of_bought = max(0, min(amount - of_today, has.bought))
    for purse, part in ((Purse.DAILY, of_today), (Purse.BOUGHT, of_bought)):
        if part:
            _enter_for(session, team_id, generation, CreditCause.CHARGE, purse, -part)
    return of_today + of_bought


def give_back(session: Session, team_id: UUID, generation: Generation, reason: str, *, most: int | None = None) -> int:
    """Undo the charge of a turn, or `most` of it, once. Returns what was given back, now or before."""
    lock_team(session, team_id)
    before = entries_of(session, generation.id, CreditCause.REFUND)
    if before:
        return sum(entry.amount for entry in before)
    today = utc_now().date()
    parts = dict.fromkeys(Purse, 0)
    for entry in entries_of(session, generation.id, CreditCause.CHARGE):
        is_over = entry.purse is Purse.DAILY and entry.day != today
        part = -entry.amount if most is None else min(-entry.amount, most - sum(parts.values()))
        parts[Purse.BOUGHT if is_over else entry.purse] += part
    for purse, part in parts.items():
        if part:
            _enter_for(session, team_id, generation, CreditCause.REFUND, purse, part, reason)
    return sum(parts.values())


def grant(
    session: Session, team_id: UUID, amount: int, *, reason: str, cause: CreditCause = CreditCause.GRANT, key: str = ""
) -> int:
    """Put credits into the bought purse; below zero takes them out, at most all. `key` names the movement, where it
    could be asked for twice. Returns what was moved, now or before."""
    lock_team(session, team_id)
    key = f"{cause}:{key or uuid4()}"
    before = session.exec(select(CreditEntry.amount).where(CreditEntry.key == key)).first()
    if before is not None:
        return before
    bought = session.exec(
        select(func.coalesce(func.sum(CreditEntry.amount), 0)).where(
            CreditEntry.team_id == team_id, CreditEntry.purse == Purse.BOUGHT
        )
    ).one()
    moved = max(amount, -int(bought))
    if moved:
        session.add(
            CreditEntry(team_id=team_id, purse=Purse.BOUGHT, cause=cause, amount=moved, reason=reason[:200], key=key)
        )
        session.flush()
    return moved


def _grant_today(session: Session, team_id: UUID, tariff: Tariff) -> None:
    today = utc_now().date()
    key = f"daily:{team_id}:{today}"
    is_there = session.exec(select(CreditEntry.id).where(CreditEntry.key == key)).first()
    if is_there or not tariff.daily:
        return
    session.add(
        CreditEntry(
            team_id=team_id, purse=Purse.DAILY, day=today, cause=CreditCause.DAILY, amount=tariff.daily, key=key
        )
    )
    session.flush()


def _enter_for(
    session: Session,
    team_id: UUID,
    generation: Generation,
    cause: CreditCause,
    purse: Purse,
    amount: int,
    reason: str = "",
) -> None:
    session.add(
        CreditEntry(
            team_id=team_id,
            user_id=generation.user_id,
            generation_id=generation.id,
            purse=purse,
            day=utc_now().date() if purse is Purse.DAILY else None,
            cause=cause,
            amount=amount,
            reason=reason[:200],
            key=f"{cause}:{generation.id}:{purse}",
        )
    )
    session.flush()
