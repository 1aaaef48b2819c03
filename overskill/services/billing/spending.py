"""Where credits went lately: by day, by what they were for, by app."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from overskill.clients.models import ModelRole
from overskill.models import App, AppStatus, CreditEntry, Generation, utc_now
from overskill.services.billing.credit_ledger import USE

DAYS_SHOWN = 30
MOST_APPS = 6


@dataclass(frozen=True, slots=True)
class DayUse:
    """Thousandths of a credit; what was given back is taken off. Turns that are gone count as built."""

    day: date  # UTC
    plan: int = 0
    build: int = 0
    fix: int = 0
    other: int = 0  # names, logos

    @property
    def total(self) -> int:
        return self.plan + self.build + self.fix + self.other


@dataclass(frozen=True, slots=True)
class AppUse:
    name: str  # "" for apps that are gone
    slug: str  # "" where it can't be opened
    amount: int


@dataclass(frozen=True, slots=True)
class Spending:
    days: Sequence[DayUse]  # each of the last DAYS_SHOWN, oldest first
    apps: Sequence[AppUse]  # the dearest first

    @property
    def total(self) -> int:
        return sum(day.total for day in self.days)


@dataclass(frozen=True, slots=True)
class _Use:
    """Of one app on one day."""

    day: date
    app_name: str
    app_slug: str
    total: int
    plan: int
    fix: int
    other: int


def recent_spending(session: Session, team_id: UUID) -> Spending:
    today = utc_now().date()
    first = today - timedelta(days=DAYS_SHOWN - 1)
    uses = _uses(session, team_id, first)
    days = [first + timedelta(days=number) for number in range(DAYS_SHOWN)]
    return Spending(days=_by_day(uses, days), apps=_by_app(uses))


def _uses(session: Session, team_id: UUID, first: date) -> list[_Use]:
    """One row for each app and day. An entry counts for what the turn's models did, in parts of what each cost."""
    entries = (
        sa.select(
            sa.func.date(col(CreditEntry.created_at)).label("day"),
            sa.func.coalesce(col(App.name), "").label("name"),
            sa.case((col(App.status) != AppStatus.DELETED, col(App.slug)), else_="").label("slug"),
            (-col(CreditEntry.amount)).label("spent"),
            *(_charged_micro(role).label(role.value) for role in ModelRole),
        )
        .outerjoin(Generation, col(Generation.id) == col(CreditEntry.generation_id))
        .outerjoin(App, col(App.id) == col(Generation.app_id))
        .where(
            col(CreditEntry.team_id) == team_id,
            col(CreditEntry.cause).in_(USE),
            col(CreditEntry.created_at) >= datetime.combine(first, time(), UTC),
        )
        .subquery()
        .c
    )
    whole = sa.func.nullif(entries.plan + entries.build + entries.fix + entries.quick, 0)
    parts = (
        sa.func.coalesce(sa.func.round(sa.func.sum(sa.cast(entries.spent * cost, sa.Numeric) / whole)), 0)
        for cost in (entries.plan, entries.fix, entries.quick)
    )
    key = (entries.day, entries.name, entries.slug)
    rows = session.execute(sa.select(*key, sa.func.sum(entries.spent), *parts).group_by(*key)).all()
    return [_Use(day, name, slug, *map(int, amounts)) for day, name, slug, *amounts in rows]


def _charged_micro(role: ModelRole) -> sa.ColumnElement[int]:
    told = col(Generation.usage)[role.value]
    cost, own = (sa.func.coalesce(sa.cast(told[name].astext, sa.BigInteger), 0) for name in ("cost_micro", "own_micro"))
    return sa.func.greatest(cost - own, 0)


def _by_day(uses: Iterable[_Use], days: Sequence[date]) -> list[DayUse]:
    """A day on which more was given back than spent shows nothing."""
    sums = {day: [0, 0, 0, 0] for day in days}
    for use in uses:
        build = use.total - use.plan - use.fix - use.other
        parts = zip(sums[use.day], (use.plan, build, use.fix, use.other), strict=True)
        sums[use.day] = [before + part for before, part in parts]
    return [DayUse(day, *(max(0, part) for part in parts)) for day, parts in sums.items()]


def _by_app(uses: Iterable[_Use]) -> list[AppUse]:
    sums: dict[tuple[str, str], int] = defaultdict(int)
    for use in uses:
        sums[use.app_name, use.app_slug] += use.total
    apps = [AppUse(name, slug, amount) for (name, slug), amount in sums.items() if amount > 0]
    return sorted(apps, key=lambda app: -app.amount)[:MOST_APPS]
