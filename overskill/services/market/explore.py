"""What the explore page shows before anybody has asked for anything, and while they are typing."""

from dataclasses import asdict, dataclass
from uuid import UUID

import orjson
from redis import Redis
from sqlalchemy import func
from sqlmodel import Session, col, select

from overskill.db import PLANNED_EACH_TIME
from overskill.models import Listing
from overskill.services.market.cards import ListingCard, is_shown
from overskill.services.market.collections import ListingRow, shown_collections, staff_picks
from overskill.services.market.search import Found, Place, search, with_words
from overskill.services.market.search_terms import SearchTerms, clean_words

KEPT_SECONDS = 3600
MOST_SUGGESTIONS = 6
_VERSION = "overskill:explore:version"


@dataclass(frozen=True)
class FirstPage:
    """The first of the trending listings, and how many each category has. The same for everybody, for an hour."""

    listings: list[ListingCard]
    next: Place | None
    counts: dict[str, int]  # category -> listings

    @property
    def count(self) -> int:
        return sum(self.counts.values())


@dataclass(frozen=True)
class ExplorePage:
    found: Found
    counts: dict[str, int]  # category -> listings; empty where something is asked for
    picks: list[ListingCard]
    rows: list[ListingRow]


@dataclass(frozen=True)
class Suggestion:
    slug: str
    title: str
    tagline: str


def open_explore(session: Session, terms: SearchTerms, redis: Redis, *, currency: str) -> ExplorePage:
    """What `terms` ask for; where they ask for nothing, what the staff recommends as well."""
    if not terms.is_plain:
        return ExplorePage(search(session, terms, currency=currency), {}, [], [])
    first = first_page(session, redis, currency=currency)
    found = Found(first.listings, first.count, "", first.next)
    return ExplorePage(found, first.counts, staff_picks(session), shown_collections(session))


def first_page(session: Session, redis: Redis, *, currency: str) -> FirstPage:
    """As it was kept, without what has been taken off since; or found anew, and kept."""
    key = f"overskill:explore:first:{_version(redis)}"
    kept = redis.get(key)
    if isinstance(kept, bytes):
        return _without_hidden(session, _load(kept))
    found = search(session, SearchTerms(), currency=currency)
    first = FirstPage(found.listings, found.next, count_by_category(session))
    redis.set(key, orjson.dumps(asdict(first)), ex=KEPT_SECONDS)
    return first


def forget_first_page(redis: Redis) -> None:
    """Once the order is another: who has begun to read the earlier one still finds it."""
    redis.incr(_VERSION)


def count_by_category(session: Session) -> dict[str, int]:
    query = select(Listing.category, func.count()).where(is_shown()).group_by(col(Listing.category))
    return {str(category): count for category, count in session.exec(query)}


def suggest(session: Session, typed: str) -> list[Suggestion]:
    """The best listings that have these words, the last of them perhaps only begun."""
    words = clean_words(typed)
    if len(words) < 2:
        return []
    query = (
        select(Listing.slug, Listing.title, Listing.tagline)
        .where(is_shown(), with_words(words))
        .order_by(col(Listing.rank).desc(), col(Listing.id).desc())
        .limit(MOST_SUGGESTIONS)
    )
    return [Suggestion(*row) for row in session.exec(query, execution_options=PLANNED_EACH_TIME)]


def _version(redis: Redis) -> int:
    version = redis.get(_VERSION)
    return int(version) if isinstance(version, bytes) else 0


def _load(kept: bytes) -> FirstPage:
    values = orjson.loads(kept)
    following = values["next"]
    return FirstPage(
        listings=[ListingCard(**listing) for listing in values["listings"]],
        next=Place(following["value"], UUID(following["listing_id"])) if following else None,
        counts=values["counts"],
    )


def _without_hidden(session: Session, first: FirstPage) -> FirstPage:
    slugs = [listing.slug for listing in first.listings]
    shown = set(session.exec(select(Listing.slug).where(col(Listing.slug).in_(slugs), is_shown())))
    return FirstPage([listing for listing in first.listings if listing.slug in shown], first.next, first.counts)
