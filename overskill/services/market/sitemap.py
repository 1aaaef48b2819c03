"""The sitemap: an index, and parts of at most 50,000 addresses, each written as it is read.

A part is named by the first id in it, so nothing is counted or skipped to find where it begins.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID
from xml.sax.saxutils import escape

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Mapped
from sqlmodel import Session, col

from overskill.models import Bundle, CreatorProfile, Listing, Release, User
from overskill.services.market.bundles import can_be_had
from overskill.services.market.cards import is_shown

Kind = Literal["apps", "creators", "bundles"]
KINDS: tuple[Kind, ...] = ("apps", "creators", "bundles")
LARGEST_PART = 50_000
AT_ONCE = 10_000
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_FIRST = UUID(int=0)
PUBLIC_PAGES = ("/", "/explore")


@dataclass(frozen=True, slots=True)
class Entry:
    id: UUID
    path: str
    changed_at: datetime | None


def part_starts(session: Session, kind: Kind, *, size: int = LARGEST_PART) -> list[UUID]:
    """The id that each part begins with."""
    numbered = _rows(kind).add_columns(func.row_number().over(order_by=_key(kind)).label("place")).subquery()
    return list(
        session.scalars(select(numbered.c.id).where((numbered.c.place - 1) % size == 0).order_by(numbered.c.id))
    )


def read_entries(
    session: Session, kind: Kind, *, begin: UUID, after: bool = False, limit: int = AT_ONCE
) -> list[Entry]:
    """The next ones from an id on, or after it."""
    key = _key(kind)
    rows = session.execute(_rows(kind).where(key > begin if after else key >= begin).order_by(key).limit(limit))
    return [Entry(row.id, f"/{kind}/{row.name}", row.changed_at) for row in rows]


def index_xml(site_url: str, starts: dict[Kind, list[UUID]]) -> str:
    """Of all parts, the pages that are always there first."""
    parts = [f"{site_url}/sitemaps/pages.xml"]
    parts += [f"{site_url}/sitemaps/{kind}.xml?from={start}" for kind, ids in starts.items() for start in ids]
    entries = "".join(f"<sitemap><loc>{escape(part)}</loc></sitemap>\n" for part in parts)
    return f"{_begin('sitemapindex')}{entries}</sitemapindex>\n"


def pages_xml(site_url: str) -> str:
    return begin_part() + "".join(_url(site_url, path, None) for path in PUBLIC_PAGES) + end_part()


def begin_part() -> str:
    return _begin("urlset")


def end_part() -> str:
    return "</urlset>\n"


def urls(site_url: str, entries: Iterable[Entry]) -> str:
    return "".join(_url(site_url, entry.path, entry.changed_at) for entry in entries)


def robots_text(site_url: str) -> str:
    private = ("/admin", "/api/", "/auth/", "/checkout", "/dev/", "/library", "/news", "/sell", "/settings", "/studio")
    lines: Iterator[str] = (f"Disallow: {path}" for path in private)
    return "\n".join(["User-agent: *", *lines, "", f"Sitemap: {site_url}/sitemap.xml", ""])


def _rows(kind: Kind) -> Select[*tuple[object, ...]]:
    if kind == "apps":
        changed_at = func.coalesce(Release.released_at, Listing.published_at)
        return (
            select(col(Listing.id).label("id"), col(Listing.slug).label("name"), changed_at.label("changed_at"))
            .outerjoin(Release, col(Release.id) == col(Listing.release_id))
            .where(is_shown())
        )
    if kind == "bundles":
        return select(
            col(Bundle.id).label("id"), col(Bundle.slug).label("name"), col(Bundle.created_at).label("changed_at")
        ).where(can_be_had())
    is_seen = (col(CreatorProfile.suspended_at).is_(None), col(User.suspended_at).is_(None))
    return (
        select(
            col(CreatorProfile.id).label("id"),
            col(CreatorProfile.username).label("name"),
            col(CreatorProfile.created_at).label("changed_at"),
        )
        .join(User, col(User.id) == col(CreatorProfile.user_id))
        .where(col(CreatorProfile.listing_count) > 0, *is_seen)
    )


def _key(kind: Kind) -> Mapped[UUID]:
    keys: dict[Kind, Mapped[UUID]] = {
        "apps": col(Listing.id),
        "creators": col(CreatorProfile.id),
        "bundles": col(Bundle.id),
    }
    return keys[kind]


def _begin(name: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<{name} xmlns="{_NAMESPACE}">\n'


def _url(site_url: str, path: str, changed_at: datetime | None) -> str:
    changed = f"<lastmod>{changed_at.date().isoformat()}</lastmod>" if changed_at else ""
    return f"<url><loc>{escape(site_url + path)}</loc>{changed}</url>\n"
