"""Whether who lists an app may still sell it: they may have left its team since, or lost the licence it began with."""

from collections.abc import Iterable
from functools import partial
from uuid import UUID

from sqlalchemy import literal
from sqlalchemy import select as sa_select
from sqlmodel import Session, col, select

from overskill.clients.jobs import JobQueue
from overskill.db import after_commit
from overskill.errors import NotAllowed
from overskill.models import (
    App,
    CreatorProfile,
    Install,
    License,
    LicenseStatus,
    Listing,
    ListingStatus,
    Membership,
)
from overskill.services.accounts.audit import record
from overskill.services.accounts.teams import MAY_CHANGE
from overskill.services.market.installs import MAIL_JOB
from overskill.services.market.remix import check_may_sell

OFF_SALE_MAIL = "off_sale"
_MOST_BRANCHES = 20
_OVER = (LicenseStatus.REVOKED, LicenseStatus.EXPIRED)
_ENDED = (
    "It began as a copy of “{origin}”, whose licence has ended, so it can't be sold any more. Who bought it keeps it. "
    "Once that licence is yours again, list it again."
)
_LEFT = "You are no owner or admin of this app's team any more, so you can't sell anything of it. Ask its owner."


def check_still_theirs(session: Session, listing: Listing, app: App) -> None:
    """Raises NotAllowed for who left the app's team, and for a copy that may not be sold (again)."""
    role = select(Membership.id).join(CreatorProfile, col(CreatorProfile.user_id) == Membership.user_id)
    role = role.where(
        CreatorProfile.id == listing.creator_id,
        Membership.team_id == app.team_id,
        col(Membership.role).in_(MAY_CHANGE),
    )
    if session.exec(role).first() is None:
        raise NotAllowed(_LEFT)
    check_may_sell(session, app)


def take_off_sale(session: Session, licenses: Iterable[License], *, queue: JobQueue) -> list[Listing]:
    """What was made of copies whose licence ended is sold no more, and its seller is told why. What others bought of
    it stays theirs. Returns the listings."""
    ended = {one.id: one for one in licenses if one.status in _OVER}
    if not ended:
        return []
    titles = _titles(session, ended.values())
    taken = []
    for listing, license_id in _made_of(session, ended):
        listing.status_reason = _ENDED.format(origin=titles[ended[license_id].listing_id])
        if listing.status is ListingStatus.REVIEW:
            listing.status, listing.submitted_at = ListingStatus.DRAFT, None
        else:
            listing.status = ListingStatus.WITHDRAWN
        session.add(listing)
        record(session, "listing.off_sale", None, subject=f"listing:{listing.id}")
        after_commit(session, partial(queue.enqueue, MAIL_JOB, OFF_SALE_MAIL, str(listing.id)))
        taken.append(listing)
    return taken


def _made_of(session: Session, license_ids: Iterable[UUID]) -> list[tuple[Listing, UUID]]:
    """Listings of the copies, and of what was branched from them; a copy of a copy stands on a licence of its own."""
    line = (
        sa_select(
            col(Install.app_id).label("id"), col(Install.license_id).label("license_id"), literal(0).label("step")
        )
        .where(col(Install.license_id).in_(list(license_ids)), col(Install.app_id).is_not(None))
        .cte(recursive=True)
    )
    is_copy = sa_select(col(Install.id)).where(col(Install.app_id) == col(App.id)).exists()
    below = sa_select(col(App.id), line.c.license_id, line.c.step + 1).join(line, col(App.origin_id) == line.c.id)
    line = line.union_all(below.where(line.c.step < _MOST_BRANCHES, ~is_copy))
    on_sale = (ListingStatus.PUBLISHED, ListingStatus.REVIEW)
    rows = session.execute(
        sa_select(Listing, line.c.license_id)
        .join(line, col(Listing.app_id) == line.c.id)
        .where(col(Listing.status).in_(on_sale))
        .order_by(col(Listing.id))
        .with_for_update(of=Listing)
    )
    return [(listing, license_id) for listing, license_id in rows]


def _titles(session: Session, licenses: Iterable[License]) -> dict[UUID, str]:
    wanted = {one.listing_id for one in licenses}
    return dict(session.exec(select(Listing.id, Listing.title).where(col(Listing.id).in_(wanted))).all())
