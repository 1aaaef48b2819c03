"""What happened on this instance in a range of time, against the range before: two queries."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Row, text
from sqlmodel import Session

from overskill.services.admin.ranges import Range

_MODELS = text("""
select coalesce(nullif(part.value ->> 'model', ''), 'unknown') as model,
    coalesce(sum((part.value ->> 'cost_micro')::bigint) filter (where created_at >= :start), 0)::bigint as now_micro,
    coalesce(sum((part.value ->> 'cost_micro')::bigint) filter (where created_at < :start), 0)::bigint as before_micro,
    count(distinct generations.id) filter (where created_at >= :start) as turns
from generations, jsonb_each(usage) as part
where created_at >= :before and created_at < :end and jsonb_typeof(part.value) = 'object'
group by 1 order by 2 desc, 1 limit 20
""")
# Of each kind by slot: how many, how many of them failed or succeeded, how long those took, and what it came to.
_FIGURES = text("""
select 'generations' as what, created_at >= :start as is_now, date_trunc(:step, created_at at time zone 'utc') as slot,
    '' as currency, count(*) as number, count(*) filter (where status = 'failed') as failed,
    count(*) filter (where status = 'succeeded') as succeeded,
    coalesce(sum(extract(epoch from finished_at - started_at)) filter (where status = 'succeeded'), 0)::float
        as seconds,
    coalesce(sum(cost_micro), 0)::bigint as amount
from generations where created_at >= :before and created_at < :end group by 2, 3
union all
select 'deployments', created_at >= :start, date_trunc(:step, created_at at time zone 'utc'), '', count(*),
    count(*) filter (where status = 'failed'), 0, 0, 0
from deployments where created_at >= :before and created_at < :end group by 2, 3
union all
select 'sign_ups', created_at >= :start, date_trunc(:step, created_at at time zone 'utc'), '', count(*), 0, 0, 0, 0
from users where created_at >= :before and created_at < :end group by 2, 3
union all
select case when is_test then 'test_revenue' else 'revenue' end, paid_at >= :start,
    date_trunc(:step, paid_at at time zone 'utc'), currency, sum(is_sale), 0, 0, 0, coalesce(sum(amount), 0)::bigint
from (
    select is_test, paid_at, currency, 1 as is_sale, amount from purchases
    where paid_at >= :before and paid_at < :end
    union all
    select is_test, later.paid_at, later.currency, 0, later.amount
    from subscription_invoices as later join purchases on purchases.id = later.purchase_id
    where later.paid_at >= :before and later.paid_at < :end
) as payments group by 1, 2, 3, 4
""")


@dataclass
class Total:
    """Of the range, and of the one before."""

    now: float = 0
    before: float = 0

    def add(self, amount: float, *, is_now: bool) -> None:
        if is_now:
            self.now += amount
        else:
            self.before += amount


@dataclass
class Takings:
    """What was paid in one currency, without tax, in its smallest unit."""

    now: int = 0
    before: int = 0
    sales: int = 0  # in the range; later payments of a subscription are none

    def add(self, amount: int, sales: int, *, is_now: bool) -> None:
        if is_now:
            self.now += amount
            self.sales += sales
        else:
            self.before += amount


@dataclass(frozen=True, slots=True)
class ModelCost:
    model: str
    micro: int  # millionths of a US dollar
    before_micro: int
    turns: int


@dataclass
class Overview:
    """Rows of charts have their place at "at", an ISO day or time; costs are in millionths of a US dollar, revenue is
    without tax, in the smallest unit of its own currency."""

    generations: Total = field(default_factory=Total)
    succeeded: Total = field(default_factory=Total)
    failed: Total = field(default_factory=Total)
    seconds: Total = field(default_factory=Total)  # of those that succeeded, together
    cost_micro: Total = field(default_factory=Total)
    deployments: Total = field(default_factory=Total)
    deployments_failed: Total = field(default_factory=Total)
    sign_ups: Total = field(default_factory=Total)
    revenue: dict[str, Takings] = field(default_factory=dict)  # by currency
    test_revenue: dict[str, Takings] = field(default_factory=dict)  # where no money moved
    models: list[ModelCost] = field(default_factory=list)
    rows: list[dict[str, Any]] = field(default_factory=list)

    @property
    def success_rate(self) -> Total:
        """In percent of those that ended with a success or a failure."""
        return Total(
            _percent(self.succeeded.now, self.succeeded.now + self.failed.now),
            _percent(self.succeeded.before, self.succeeded.before + self.failed.before),
        )

    @property
    def mean_seconds(self) -> Total:
        return Total(
            self.seconds.now / self.succeeded.now if self.succeeded.now else 0,
            self.seconds.before / self.succeeded.before if self.succeeded.before else 0,
        )


def view_overview(session: Session, of: Range) -> Overview:
    times = {"before": of.before, "start": of.start, "end": of.end}
    view = Overview()
    slots: dict[datetime, dict[str, Any]] = {slot: _empty_row(slot, of) for slot in of.slots}
    for row in session.execute(_FIGURES, {**times, "step": of.step}):
        shown = slots.get(row.slot.replace(tzinfo=UTC)) if row.is_now else None
        _add(view, row, shown if shown is not None else _empty_row(of.start, of))
    view.models = [ModelCost(*row) for row in session.execute(_MODELS, times)]
    view.rows = list(slots.values())
    return view


def _add(view: Overview, row: Row[Any], shown: dict[str, Any]) -> None:
    """To the totals, and to what the chart shows of its slot."""
    match row.what:
        case "generations":
            view.generations.add(row.number, is_now=row.is_now)
            view.succeeded.add(row.succeeded, is_now=row.is_now)
            view.failed.add(row.failed, is_now=row.is_now)
            view.seconds.add(row.seconds, is_now=row.is_now)
            view.cost_micro.add(row.amount, is_now=row.is_now)
            shown["succeeded"] += row.succeeded
            shown["failed"] += row.failed
            shown["cost"] += row.amount // 10_000  # cents
        case "deployments":
            view.deployments.add(row.number, is_now=row.is_now)
            view.deployments_failed.add(row.failed, is_now=row.is_now)
            shown["published"] += row.number - row.failed
            shown["unpublished"] += row.failed
        case "sign_ups":
            view.sign_ups.add(row.number, is_now=row.is_now)
            shown["sign_ups"] += row.number
        case "revenue" | "test_revenue":
            of_kind = view.revenue if row.what == "revenue" else view.test_revenue
            taken = of_kind.setdefault(row.currency, Takings())
            taken.add(int(row.amount), int(row.number), is_now=row.is_now)


def _empty_row(slot: datetime, of: Range) -> dict[str, Any]:
    at = slot.isoformat() if of.step == "hour" else slot.date().isoformat()
    return {"at": at, "succeeded": 0, "failed": 0, "cost": 0, "published": 0, "unpublished": 0, "sign_ups": 0}


def _percent(part: float, whole: float) -> float:
    return part * 100 / whole if whole else 0
