"""Remixes: an app that began as a bought copy and is sold again, by terms that both sides agreed to and we signed.

Who may sell a copy:

    a source licence           may, and owes nothing: resale is what was bought
    another licence            may where its listing allows remixes, and owes the share that was agreed on
    anything else              may not

A remix of a remix owes its parent, and out of that its parent owes its own, up to `MOST_DEPTH` generations. Shares are
in hundredths of a percent of what a sale brings its creator, after the platform's fee.
"""

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import literal
from sqlalchemy import select as sa_select
from sqlmodel import Session, col, func, select

from overskill.config import Settings
from overskill.errors import Conflict, InvalidInput, LimitReached, NotAllowed
from overskill.models import (
    App,
    CreatorProfile,
    Install,
    License,
    LicenseKind,
    LicenseStatus,
    Listing,
    ListingStatus,
    RemixTerms,
)
from overskill.models.base import utc_now

WHOLE = 10_000  # hundredths of a percent
LARGEST_SHARE = 5_000  # of what a remix earns its creator
MOST_DEPTH = 5  # generations above an app that get something of its sales
_MOST_BRANCHES = 20  # branches of branches of a copy that are looked through for where it was bought
_MOST_RELATIVES = 200
_NOT_FOR_SALE = (
    "“{app}” began as a copy of “{listing}”, whose creator does not allow remixes. Buy its source licence to sell it, "
    "or sell an app of your own."
)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an app was bought, and with which licence."""

    listing: Listing
    license: License

    @property
    def owes_share(self) -> bool:
        return self.license.kind is not LicenseKind.SOURCE


@dataclass(frozen=True, slots=True)
class Relative:
    """One listing of a family. `share` is what it owes its parent."""

    id: UUID
    parent_id: UUID | None
    slug: str
    title: str
    creator: str  # username
    cover: str
    accent: str
    depth: int  # 0: the original
    share: int


def check_share(share: int) -> int:
    """Raises InvalidInput for what no listing may ask of its remixes."""
    if not 0 <= share <= LARGEST_SHARE:
        raise InvalidInput(f"A remix can owe its original at most {LARGEST_SHARE // 100} %.", field="remix_share")
    return share


def find_origin(session: Session, app_id: UUID) -> Origin | None:
    """The listing that an app, or what it was branched from, was bought as. None: it is its team's own."""
    line = (
        sa_select(col(App.id), col(App.origin_id), literal(0).label("step"))
        .where(col(App.id) == app_id)
        .cte(recursive=True)
    )
    above = sa_select(col(App.id), col(App.origin_id), line.c.step + 1).join(line, col(App.id) == line.c.origin_id)
    line = line.union_all(above.where(line.c.step < _MOST_BRANCHES))
    found = session.exec(
        select(Listing, License)
        .join(Install, col(Install.listing_id) == Listing.id)
        .join(License, col(License.id) == Install.license_id)
        .join(line, col(Install.app_id) == line.c.id)
        .order_by(line.c.step)
    ).first()
    return None if found is None else Origin(*found)


def check_may_sell(session: Session, app: App) -> Origin | None:
    """Where the app was bought, if it was. Raises NotAllowed for a copy that its buyer may not sell."""
    origin = find_origin(session, app.id)
    if origin is None:
        return None
    is_valid = origin.license.status in (LicenseStatus.ACTIVE, LicenseStatus.GRACE)
    if not is_valid or (origin.owes_share and not origin.listing.allows_remix):
        raise NotAllowed(_NOT_FOR_SALE.format(app=app.name, listing=origin.listing.title))
    return origin


def agree(session: Session, user_id: UUID, listing: Listing, *, settings: Settings) -> RemixTerms | None:
    """Sign what `listing` owes the one it was made from, as that one asks for it now. None: it owes nothing.

    What was agreed stays, whatever the parent asks for later. Raises NotAllowed as `check_may_sell` does, and
    LimitReached for a remix of too many remixes.
    """
    known = session.get(RemixTerms, listing.id)
    if known is not None:
        return known
    app = session.get(App, listing.app_id) if listing.app_id else None
    origin = None if app is None else check_may_sell(session, app)
    if origin is None:
        return None
    listing.parent_id = origin.listing.id
    session.add(listing)
    if not origin.owes_share:
        return None
    depth = len(_chain(session, origin.listing.id)) + 1
    if depth > MOST_DEPTH:
        raise LimitReached(f"This would be a remix of {MOST_DEPTH} remixes. Buy the source licence to sell it.")
    terms = RemixTerms(
        listing_id=listing.id,
        parent_id=origin.listing.id,
        share=check_share(origin.listing.remix_share),
        depth=depth,
        agreed_by_id=user_id,
        agreed_at=utc_now(),
        signature="",
    )
    terms.signature = _signature(terms, settings)
    session.add(terms)
    session.flush()
    return terms


def split(session: Session, listing: Listing, *, settings: Settings) -> list[dict[str, Any]]:
    """What a sale of `listing` owes to whom, as `PurchaseItem.split` keeps it: creator_id, listing_id, share.

    Shares are of the whole sale, so that all of them together and the seller's rest are one. Raises Conflict when
    terms are not what was signed: nothing of it is sold until somebody has looked.
    """
    owed: list[dict[str, Any]] = []
    passed_on = WHOLE
    for terms, creator_id in _chain(session, listing.id):
        if not hmac.compare_digest(terms.signature, _signature(terms, settings)):
            raise Conflict("The terms of this remix are not what was agreed on, so it can't be sold. Tell an admin.")
        gets = passed_on * terms.share // WHOLE
        if owed:
            owed[-1]["share"] -= gets
        owed.append({"creator_id": str(creator_id), "listing_id": str(terms.parent_id), "share": gets})
        passed_on = gets
    return [one for one in owed if one["share"] > 0 and one["creator_id"] != str(listing.creator_id)]


def family(session: Session, listing: Listing) -> Sequence[Relative]:
    """The listing's original and all that was made of it and is published, parents before their remixes.

    One alone has no family: the list is empty.
    """
    up = sa_select(col(Listing.id), col(Listing.parent_id), literal(0).label("step")).where(
        col(Listing.id) == listing.id
    )
    line = up.cte(recursive=True)
    above = sa_select(col(Listing.id), col(Listing.parent_id), line.c.step + 1)
    line = line.union_all(above.join(line, col(Listing.id) == line.c.parent_id).where(line.c.step < _MOST_BRANCHES))
    oldest = sa_select(line.c.id).order_by(line.c.step.desc()).limit(1).scalar_subquery()
    tree = sa_select(col(Listing.id), literal(0).label("depth")).where(col(Listing.id) == oldest).cte(recursive=True)
    below = sa_select(col(Listing.id), tree.c.depth + 1).join(tree, col(Listing.parent_id) == tree.c.id)
    tree = tree.union_all(below.where(tree.c.depth < _MOST_BRANCHES))
    rows = session.execute(
        sa_select(
            col(Listing.id),
            col(Listing.parent_id),
            col(Listing.slug),
            col(Listing.title),
            col(CreatorProfile.username),
            col(Listing.cover),
            col(Listing.accent),
            tree.c.depth,
            func.coalesce(RemixTerms.share, 0),
        )
        .join(tree, col(Listing.id) == tree.c.id)
        .join(CreatorProfile, col(CreatorProfile.id) == col(Listing.creator_id))
        .join(RemixTerms, col(RemixTerms.listing_id) == col(Listing.id), isouter=True)
        .where((col(Listing.status) == ListingStatus.PUBLISHED) | (col(Listing.id) == listing.id))
        .order_by(tree.c.depth, col(Listing.published_at), col(Listing.id))
        .limit(_MOST_RELATIVES)
    )
    found = [Relative(*row) for row in rows]
    return found if len(found) > 1 else []


def _chain(session: Session, listing_id: UUID) -> list[tuple[RemixTerms, UUID]]:
    """The terms from a listing upwards, each with the creator of the parent that they are owed to."""
    first = sa_select(col(RemixTerms.listing_id), col(RemixTerms.parent_id), literal(1).label("step"))
    line = first.where(col(RemixTerms.listing_id) == listing_id).cte(recursive=True)
    above = sa_select(col(RemixTerms.listing_id), col(RemixTerms.parent_id), line.c.step + 1)
    line = line.union_all(
        above.join(line, col(RemixTerms.listing_id) == line.c.parent_id).where(line.c.step < MOST_DEPTH)
    )
    rows = session.exec(
        select(RemixTerms, Listing.creator_id)
        .join(line, col(RemixTerms.listing_id) == line.c.listing_id)
        .join(Listing, col(Listing.id) == RemixTerms.parent_id)
        .order_by(line.c.step)
    )
    return [(terms, creator_id) for terms, creator_id in rows]


def _signature(terms: RemixTerms, settings: Settings) -> str:
    """HMAC-SHA256 of the terms as JSON with sorted keys, hex."""
    agreed = {
        "listing": str(terms.listing_id),
        "parent": str(terms.parent_id),
        "share": terms.share,
        "depth": terms.depth,
        "by": str(terms.agreed_by_id),
        "at": _instant(terms.agreed_at),
    }
    key = hashlib.sha256(b"overskill remix terms " + settings.secret_key.get_secret_value().encode()).digest()
    return hmac.digest(key, orjson.dumps(agreed, option=orjson.OPT_SORT_KEYS), hashlib.sha256).hex()


def _instant(when: datetime) -> int:
    """Microseconds since 1970: what Postgres keeps of a time."""
    return round(when.timestamp() * 1_000_000)
