"""What became of a creator's listings, by day: who looked, tried and bought. Money is of one currency at a time."""

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Date,
    Row,
    Select,
    SQLColumnExpression,
    Subquery,
    cast,
    func,
    literal_column,
    select,
    union_all,
)
from sqlmodel import Session, col

from overskill.errors import NotFound
from overskill.models import (
    CreatorProfile,
    Listing,
    ListingDaily,
    Purchase,
    PurchaseItem,
    PurchaseStatus,
    Refund,
    RefundStatus,
    SubscriptionInvoice,
)
from overskill.services.billing.money import decimal

RANGES = (7, 30, 90, 365)
_COUNTED = ("sales", "revenue", "refunds", "refunded")
_ONE: ColumnElement[Any] = literal_column("1")
_NONE: ColumnElement[Any] = literal_column("0")
_BOUGHT = (
    PurchaseStatus.PAID,
    PurchaseStatus.PARTLY_REFUNDED,
    PurchaseStatus.REFUNDED,
    PurchaseStatus.DISPUTED,
    PurchaseStatus.LOST,
)


@dataclass
class Takings:
    """Of one currency, in its smallest unit, without tax and before the platform's fee."""

    revenue: int = 0
    refunded: int = 0


@dataclass
class Figures:
    """Of one day, of one listing, or of a whole range."""

    views: int = 0
    visitors: int = 0
    try_outs: int = 0
    sales: int = 0
    refunds: int = 0
    money: dict[str, Takings] = field(default_factory=lambda: defaultdict(Takings))

    @property
    def conversion(self) -> float:
        """Of a hundred visitors, how many bought."""
        return round(100 * self.sales / self.visitors, 1) if self.visitors else 0.0

    def add(self, other: "Figures") -> None:
        self.views += other.views
        self.visitors += other.visitors
        self.try_outs += other.try_outs
        self.sales += other.sales
        self.refunds += other.refunds
        for currency, takings in other.money.items():
            self.money[currency].revenue += takings.revenue
            self.money[currency].refunded += takings.refunded


@dataclass(frozen=True)
class ListingFigures:
    slug: str
    title: str
    figures: Figures


@dataclass(frozen=True)
class Analytics:
    title: str  # of the one listing; "": all of them
    days: Mapping[date, Figures]  # every day of the range, in order
    before: Sequence[Figures]  # the days of the range before, in order
    total: Figures
    total_before: Figures
    listings: Sequence[ListingFigures]  # the ones that sold most first; of one listing: only that

    @property
    def currencies(self) -> list[str]:
        """The one in which most was sold first."""
        sold = {name: takings.revenue for name, takings in self.total.money.items()}
        sold |= {name: 0 for name in self.total_before.money if name not in sold}
        return sorted(sold, key=lambda name: (-sold[name], name))


def view_analytics(session: Session, user_id: UUID, *, days: int, now: datetime, slug: str = "") -> Analytics:
    """Of all of a user's listings, or of one, in five queries. Days are those of UTC, the last one is today.

    Raises NotFound for a listing that isn't theirs.
    """
    titles = _titles(session, user_id, slug)
    today = now.date()
    since, before = today - timedelta(days=days - 1), today - timedelta(days=2 * days - 1)
    by_day: dict[date, Figures] = defaultdict(Figures)
    money = _movements(list(titles), before)
    _count_visits(session, by_day, titles, before)
    _count_money(session, money, by_day)
    inner = {since + timedelta(days=at): by_day[since + timedelta(days=at)] for at in range(days)}
    outer = [by_day[before + timedelta(days=at)] for at in range(days)]
    return Analytics(
        title=next(iter(titles.values()))[1] if slug else "",
        days=inner,
        before=outer,
        total=_sum(inner.values()),
        total_before=_sum(outer),
        listings=_by_listing(session, titles, money, since),
    )


def as_csv(analytics: Analytics) -> str:
    """A line a day and currency; money with a decimal point."""
    sheet = io.StringIO()
    writer = csv.writer(sheet, lineterminator="\r\n")
    writer.writerow(["day", "views", "visitors", "try_outs", "sales", "refunds", "currency", "revenue", "refunded"])
    writer.writerows(_rows(analytics))
    return sheet.getvalue()


def _rows(analytics: Analytics) -> Iterator[list[str | int]]:
    for day, one in analytics.days.items():
        counts: list[str | int] = [day.isoformat(), one.views, one.visitors, one.try_outs, one.sales, one.refunds]
        if not one.money:
            yield [*counts, "", "", ""]
        for at, (currency, taken) in enumerate(sorted(one.money.items())):
            # What was counted once stands in one line only, so that columns can be added up.
            shown: list[str | int] = counts if at == 0 else [day.isoformat(), 0, 0, 0, 0, 0]
            yield [*shown, currency, decimal(taken.revenue, currency), decimal(taken.refunded, currency)]


def _titles(session: Session, user_id: UUID, slug: str) -> dict[UUID, tuple[str, str]]:
    query = (
        select(col(Listing.id), col(Listing.slug), col(Listing.title))
        .join(CreatorProfile, col(CreatorProfile.id) == Listing.creator_id)
        .where(col(CreatorProfile.user_id) == user_id)
    )
    rows = session.execute(query.where(col(Listing.slug) == slug) if slug else query).all()
    if slug and not rows:
        raise NotFound("There is no listing at this address, or it isn't yours.")
    return {listing_id: (name, title) for listing_id, name, title in rows}


def _count_visits(
    session: Session, by_day: dict[date, Figures], titles: Mapping[UUID, tuple[str, str]], since: date
) -> None:
    rows = session.execute(
        select(col(ListingDaily.day), *_visits())
        .where(col(ListingDaily.listing_id).in_(list(titles)), col(ListingDaily.day) >= since)
        .group_by(col(ListingDaily.day))
    )
    for row in rows:
        _add_visits(by_day[row[0]], row)


def _visits() -> tuple[Any, ...]:
    return func.sum(ListingDaily.views), func.sum(ListingDaily.visitors), func.sum(ListingDaily.try_outs)


def _add_visits(figures: Figures, row: Row[*tuple[Any, ...]]) -> None:
    figures.views, figures.visitors, figures.try_outs = int(row[1]), int(row[2]), int(row[3])


def _count_money(session: Session, money: Subquery, by_day: dict[date, Figures]) -> None:
    rows = session.execute(select(money.c.day, money.c.currency, *_sums(money)).group_by(money.c.day, money.c.currency))
    for day, *rest in rows:
        _add_money(by_day[day], rest)


def _movements(listing_ids: Sequence[UUID], since: date) -> Subquery:
    """What was paid and given back, an item each: listing_id, day, currency, sales, revenue, refunds, refunded."""
    first = datetime.combine(since, time.min, UTC)
    item: Select[*tuple[Any, ...]] = select(col(PurchaseItem.listing_id), col(Purchase.currency).label("currency"))
    item = item.join(Purchase, col(Purchase.id) == PurchaseItem.purchase_id)
    item = item.where(col(PurchaseItem.listing_id).in_(listing_ids))
    sold = item.add_columns(*_movement(col(Purchase.paid_at), sales=_ONE, revenue=col(PurchaseItem.amount)))
    renewed = item.add_columns(
        *_movement(col(SubscriptionInvoice.paid_at), revenue=col(SubscriptionInvoice.amount))
    ).join(SubscriptionInvoice, col(SubscriptionInvoice.purchase_id) == Purchase.id)
    # Of what was given back, tax included, an item's part: what it was of what was paid, tax included.
    part = col(Refund.amount) * col(PurchaseItem.amount) // func.nullif(Purchase.total_amount, 0)
    refunded = item.add_columns(*_movement(col(Refund.updated_at), refunds=_ONE, refunded=func.coalesce(part, 0))).join(
        Refund, col(Refund.purchase_id) == Purchase.id
    )
    return union_all(
        sold.where(col(Purchase.status).in_(_BOUGHT), col(Purchase.paid_at) >= first),
        renewed.where(col(SubscriptionInvoice.paid_at) >= first),
        refunded.where(col(Refund.status) == RefundStatus.SUCCEEDED, col(Refund.updated_at) >= first),
    ).subquery()


def _movement(moment: SQLColumnExpression[Any], **counted: SQLColumnExpression[Any]) -> list[SQLColumnExpression[Any]]:
    """The columns of one, with 0 where it counts nothing."""
    day = cast(func.timezone("utc", moment), Date).label("day")
    return [day, *(counted.get(name, _NONE).label(name) for name in _COUNTED)]


def _sums(money: Subquery) -> tuple[Any, ...]:
    return tuple(func.sum(money.c[name]) for name in _COUNTED)


def _add_money(figures: Figures, row: Sequence[Any]) -> None:
    currency, sales, revenue, refunds, refunded = row
    figures.sales += int(sales)
    figures.refunds += int(refunds)
    figures.money[currency].revenue += int(revenue)
    figures.money[currency].refunded += int(refunded)


def _by_listing(
    session: Session, titles: Mapping[UUID, tuple[str, str]], money: Subquery, since: date
) -> list[ListingFigures]:
    found: dict[UUID, Figures] = {listing_id: Figures() for listing_id in titles}
    visits = session.execute(
        select(col(ListingDaily.listing_id), *_visits())
        .where(col(ListingDaily.listing_id).in_(list(titles)), col(ListingDaily.day) >= since)
        .group_by(col(ListingDaily.listing_id))
    )
    for row in visits:
        _add_visits(found[row[0]], row)
    sold = session.execute(
        select(money.c.listing_id, money.c.currency, *_sums(money))
        .where(money.c.day >= since)
        .group_by(money.c.listing_id, money.c.currency)
    )
    for listing_id, *rest in sold:
        _add_money(found[listing_id], rest)
    listed = [ListingFigures(*titles[listing_id], figures) for listing_id, figures in found.items()]
    return sorted(listed, key=lambda one: (-one.figures.sales, -one.figures.views, one.title))


def _sum(parts: Iterable[Figures]) -> Figures:
    whole = Figures()
    for part in parts:
        whole.add(part)
    return whole
