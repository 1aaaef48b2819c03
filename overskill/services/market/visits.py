"""How often a listing is looked at and tried: counted in Redis as it happens, added to the tables once a minute.

A view is a visitor on a page once in half an hour. Visitors are counted by a hash of where they come from that means
nothing on any other day; nobody is told apart by more. Programs that read pages, and creators on their own, are left
out.
"""

import hashlib
import re
from datetime import UTC, date, datetime, timedelta
from typing import Any, Literal, cast
from uuid import UUID

from redis import Redis
from sqlalchemy import Integer, Uuid, bindparam, func, select, update
from sqlalchemy.dialects.postgresql import ARRAY, insert
from sqlalchemy.types import TypeEngine
from sqlmodel import Session, col

from overskill.models import Listing, ListingDaily
from overskill.services.accounts.sessions import Visitor

Kind = Literal["views", "try_outs"]
_A_VISIT = timedelta(minutes=30)
_PENDING = "market:visits"  # hash: "<day> <listing> <kind>" -> how many since they were added last
_TAKEN = "market:visits:taken"
_PROGRAM = re.compile(
    r"bot|crawl|spider|slurp|preview|fetch|headless|lighthouse|monitor|curl|wget|python|http", re.IGNORECASE
)


def count_view(redis: Redis, listing_id: UUID, visitor: Visitor, *, now: datetime) -> bool:
    """Whether it counted."""
    if is_program(visitor.user_agent):
        return False
    day = now.astimezone(UTC).date()
    who = _anonymous(visitor, day)
    if not redis.set(f"market:visit:{listing_id}:{who}", 1, nx=True, ex=_A_VISIT):
        return False
    people = _people(day, listing_id)
    with redis.pipeline() as pipe:
        pipe.hincrby(_PENDING, _field(day, listing_id, "views"), 1)
        pipe.pfadd(people, who)
        pipe.expire(people, timedelta(days=2))
        pipe.execute()
    return True


def count_try_out(redis: Redis, listing_id: UUID, visitor: Visitor, *, now: datetime) -> None:
    if not is_program(visitor.user_agent):
        redis.hincrby(_PENDING, _field(now.astimezone(UTC).date(), listing_id, "try_outs"), 1)


def is_program(user_agent: str) -> bool:
    """Browsers that people use name themselves; what names nothing, or a program, is none."""
    return not user_agent or _PROGRAM.search(user_agent) is not None


def add_visits(session: Session, redis: Redis) -> int:
    """Add what was counted since the last time, in two statements. Returns of how many listings.

    What was taken out of Redis is kept there until `forget_added`: after a crash in between it is added again.
    """
    if not redis.exists(_TAKEN) and redis.exists(_PENDING):
        redis.rename(_PENDING, _TAKEN)
    counted = cast(dict[bytes, bytes], redis.hgetall(_TAKEN))
    if not counted:
        return 0
    days = _by_day(counted)
    people = {key: cast(int, redis.pfcount(_people(*key))) for key in days}
    there = set(session.scalars(select(col(Listing.id)).where(col(Listing.id).in_({key[1] for key in days}))))
    rows = [
        {"day": day, "listing_id": listing_id, "visitors": people[day, listing_id], **counts}
        for (day, listing_id), counts in sorted(days.items())
        if listing_id in there
    ]
    if rows:
        _add_to_days(session, rows)
        _add_to_listings(session, rows)
    return len({row["listing_id"] for row in rows})


def forget_added(redis: Redis) -> None:
    """Once what `add_visits` did is committed."""
    redis.delete(_TAKEN)


def _add_to_days(session: Session, rows: list[dict[str, object]]) -> None:
    added = insert(ListingDaily).values(rows)
    session.execute(
        added.on_conflict_do_update(
            index_elements=["listing_id", "day"],
            set_={
                "views": ListingDaily.views + added.excluded.views,
                "try_outs": ListingDaily.try_outs + added.excluded.try_outs,
                "visitors": func.greatest(ListingDaily.visitors, added.excluded.visitors),
            },
        )
    )


def _add_to_listings(session: Session, rows: list[dict[str, object]]) -> None:
    kinds: dict[str, TypeEngine[Any]] = {"listing_id": Uuid(), "views": Integer(), "try_outs": Integer()}
    arrays = [bindparam(name, [row[name] for row in rows], type_=ARRAY(kind)) for name, kind in kinds.items()]
    each = func.unnest(*arrays).table_valued(*kinds).render_derived(name="counted")
    sums = (
        select(each.c.listing_id, func.sum(each.c.views).label("views"), func.sum(each.c.try_outs).label("try_outs"))
        .group_by(each.c.listing_id)
        .subquery()
    )
    session.execute(
        update(Listing)
        .where(col(Listing.id) == sums.c.listing_id)
        .values(
            view_count=Listing.view_count + sums.c.views,
            try_count=Listing.try_count + sums.c.try_outs,
            updated_at=Listing.updated_at,  # being looked at changes nothing
        )
        .execution_options(synchronize_session=False)
    )


def _by_day(counted: dict[bytes, bytes]) -> dict[tuple[date, UUID], dict[str, object]]:
    days: dict[tuple[date, UUID], dict[str, object]] = {}
    for field, count in counted.items():
        day, listing_id, kind = field.decode().split(" ")
        key = (date.fromisoformat(day), UUID(listing_id))
        days.setdefault(key, {"views": 0, "try_outs": 0})[kind] = int(count)
    return days


def _field(day: date, listing_id: UUID, kind: Kind) -> str:
    return f"{day.isoformat()} {listing_id} {kind}"


def _people(day: date, listing_id: UUID) -> str:
    return f"market:visitors:{day.isoformat()}:{listing_id}"


def _anonymous(visitor: Visitor, day: date) -> str:
    return hashlib.sha256(f"{day.isoformat()} {visitor.ip} {visitor.user_agent}".encode()).hexdigest()[:32]
