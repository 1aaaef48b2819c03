"""What apps cost, by day or month: model calls and builds. Read from `daily_app_stats`, which `refresh_stats` keeps."""

import csv
import io
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import text
from sqlmodel import Session

from overskill.db import transaction
from overskill.errors import InvalidInput

PERIODS = ("yesterday", "today", "week", "month", "last_month")
MOST_LISTED = 50
_MOST_EXPORTED = 10_000
# Cut off apps first: with all of them named, a year of days would be joined before it is summed.
_DEAREST = text("""
select apps.id, apps.name, apps.slug, users.email, sums.generations, sums.failed, sums.model_micro, sums.build_micro
from (
    select app_id, sum(generations) as generations, sum(generations_failed) as failed,
        sum(model_cost_micro)::bigint as model_micro, sum(build_cost_micro)::bigint as build_micro
    from daily_app_stats where day >= :first and day < :last group by app_id
    having sum(model_cost_micro) + sum(build_cost_micro) > 0
    order by sum(model_cost_micro) + sum(build_cost_micro) desc, app_id limit :limit
) as sums join apps on apps.id = sums.app_id join users on users.id = apps.creator_id
order by sums.model_micro + sums.build_micro desc, apps.id
""")


@dataclass(frozen=True, slots=True)
class Period:
    """Days in UTC, the last one excluded."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class AppCost:
    app_id: str
    name: str
    slug: str
    owner: str  # mail address
    generations: int
    failed: int
    model_micro: int  # millionths of a US dollar
    build_micro: int

    @property
    def micro(self) -> int:
        return self.model_micro + self.build_micro


def period_of(name: str, now: datetime) -> Period:
    """Raises InvalidInput."""
    today = now.date()
    tomorrow, month = today + timedelta(days=1), today.replace(day=1)
    match name:
        case "today":
            return Period(today, tomorrow)
        case "yesterday":
            return Period(today - timedelta(days=1), today)
        case "week":
            return Period(today - timedelta(days=6), tomorrow)
        case "month":
            return Period(month, tomorrow)
        case "last_month":
            return Period((month - timedelta(days=1)).replace(day=1), month)
    raise InvalidInput("Choose one of the times that are offered.")


def dearest_apps(session: Session, period: Period, *, limit: int = MOST_LISTED) -> list[AppCost]:
    """The dearest first; those that cost nothing are left out."""
    found = session.execute(_DEAREST, {"first": period.first, "last": period.last, "limit": limit})
    return [
        AppCost(
            app_id=str(row.id),
            name=row.name,
            slug=row.slug,
            owner=row.email,
            generations=int(row.generations),
            failed=int(row.failed),
            model_micro=row.model_micro,
            build_micro=row.build_micro,
        )
        for row in found
    ]


def costs_sheet(session: Session, period: Period) -> str:
    """As CSV, in dollars with six places."""
    out = io.StringIO()
    sheet = csv.writer(out)
    sheet.writerow(["first day", "last day", "app", "address", "owner", "turns", "failed", "models USD", "builds USD"])
    last = (period.last - timedelta(days=1)).isoformat()
    for cost in dearest_apps(session, period, limit=_MOST_EXPORTED):
        named = [_harmless(words) for words in (cost.name, cost.slug, cost.owner)]
        money = [f"{micro / 1_000_000:.6f}" for micro in (cost.model_micro, cost.build_micro)]
        sheet.writerow([period.first.isoformat(), last, *named, cost.generations, cost.failed, *money])
    return out.getvalue()


def refresh_stats() -> None:
    """Who reads meanwhile reads what was there before."""
    with transaction() as session:
        session.execute(text("refresh materialized view concurrently daily_app_stats"))


def _harmless(words: str) -> str:
    """A sheet runs what begins like a formula."""
    return f"'{words}" if words.startswith(("=", "+", "-", "@", "\t", "\r")) else words
