"""Releases: a saved version of an app as it is sold, from the moment its creator asks for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, DateTime, ScalarSelect, case, cast, exists, func, select
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from overskill.clients.jobs import JobQueue
from overskill.db import after_commit
from overskill.errors import Conflict, InvalidInput
from overskill.models import App, AppVersion, Listing, Release, ReleaseStatus, VersionFile
from overskill.services.apps.versions import find_version
from overskill.services.market.rights import check_still_theirs
from overskill.services.market.words import paragraphs

CHECK_JOB = "overskill.jobs.market.check_release"
CHECK_QUEUE = "generate"  # half a minute of building and browsing, as a turn has: payments and mails don't wait for it
LONGEST_NOTES = 4000
MOST_LISTED = 50
_MOST_CHANGES = 30
_MOST_TIMED = 20


@dataclass(frozen=True, slots=True)
class Change:
    """One saved version since the last release."""

    version: int
    note: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Waiting:
    """What of the app is not sold yet."""

    version: int  # the app's newest; 0: nothing is saved
    released_version: int  # of the newest release that was not refused; 0: there is none
    changes: tuple[Change, ...]  # newest first
    files: int  # that they changed


def make_release(
    session: Session, listing: Listing, *, notes: str, queue: JobQueue, version: int | None = None
) -> Release:
    """Have a version (the newest, unless another is named) checked and then sold. The caller holds the listing's lock.

    Raises Conflict while another one is checked, InvalidInput for a version that can't be sold.
    """
    if listing.app_id is None:
        raise Conflict("The app of this listing was deleted, so there is nothing to release.")
    app = session.get_one(App, listing.app_id)
    if app.suspended_at is not None:
        raise Conflict("The app is suspended, so it can't be sold. Its settings say why.")
    check_still_theirs(session, listing, app)
    number = app.current_version if version is None else version
    if number == 0:
        raise InvalidInput("The app has no saved version yet. Build it first, then sell it.", field="version")
    if not find_version(session, app.id, number).builds:
        raise InvalidInput(f"Version {number} does not compile. Repair it, or choose another one.", field="version")
    newest = _newest(session, listing.id)
    if newest is not None and newest.status is ReleaseStatus.CHECKING:
        raise Conflict("The last release is still being checked. Wait until that is done.")
    if newest is not None and newest.id == listing.release_id and newest.version == number:
        raise InvalidInput(f"Version {number} is what is sold now. Change the app first.", field="version")
    release = Release(
        listing_id=listing.id,
        number=newest.number + 1 if newest else 1,
        version=number,
        notes=paragraphs(notes, "What you say of a release", most=LONGEST_NOTES, field="notes"),
    )
    session.add(release)
    session.flush()
    after_commit(session, partial(queue.enqueue, CHECK_JOB, str(release.id), queue=CHECK_QUEUE))
    return release


def list_releases(session: Session, listing_id: UUID | ScalarSelect[UUID]) -> list[Release]:
    """The newest first."""
    rows = select(Release).where(col(Release.listing_id) == listing_id)
    return list(session.scalars(rows.order_by(col(Release.number).desc()).limit(MOST_LISTED)))


def usual_seconds_beside() -> ColumnElement[Any]:
    """A column for a query of listings: while a release of one is checked, how many seconds the last checks of this
    site took, waiting included. None otherwise, and before there were any."""
    ended = cast(col(Release.proof)["checked_at"].astext, DateTime(timezone=True))
    took = func.extract("epoch", ended - col(Release.created_at)).label("took")
    last = (
        select(took)
        .where(col(Release.released_at).is_not(None), col(Release.proof)["checked_at"].is_not(None))
        .order_by(col(Release.released_at).desc())
        .limit(_MOST_TIMED)
        .subquery()
    )
    usual = select(func.percentile_cont(0.5).within_group(last.c.took)).scalar_subquery()
    checked = aliased(Release)
    is_checking = (col(checked.listing_id) == col(Listing.id), col(checked.status) == ReleaseStatus.CHECKING)
    return case((exists().where(*is_checking), usual))


def edit_notes(session: Session, listing: Listing, number: int, notes: str) -> None:
    """Of any release: what buyers read of it takes effect at once."""
    release = session.scalars(
        select(Release).where(col(Release.listing_id) == listing.id, col(Release.number) == number)
    ).one_or_none()
    if release is None:
        raise InvalidInput("There is no such release. Reload the page.", field="notes")
    release.notes = paragraphs(notes, "What you say of a release", most=LONGEST_NOTES, field="notes")
    session.add(release)


def unreleased() -> tuple[ColumnElement[int], ColumnElement[Any], ColumnElement[int]]:
    """What changed since the last release, in a query that has a listing and its app: see `waiting_of`."""
    sold = (
        select(func.coalesce(func.max(Release.version), 0))
        .where(col(Release.listing_id) == col(Listing.id), col(Release.status) != ReleaseStatus.REFUSED)
        .correlate(Listing)
        .scalar_subquery()
    )
    newest = (
        select(col(AppVersion.number), col(AppVersion.name), col(AppVersion.note), col(AppVersion.created_at))
        .where(col(AppVersion.app_id) == col(App.id), col(AppVersion.number) > sold)
        .order_by(col(AppVersion.number).desc())
        .limit(_MOST_CHANGES)
        .correlate(Listing, App)
        .subquery()
    )
    one = func.json_build_array(newest.c.number, newest.c.name, newest.c.note, newest.c.created_at)
    files = select(func.count(func.distinct(VersionFile.path))).where(
        col(VersionFile.app_id) == col(App.id), col(VersionFile.number) > sold
    )
    changes = select(func.json_agg(aggregate_order_by(one, newest.c.number.desc())))
    return sold, changes.scalar_subquery(), files.correlate(Listing, App).scalar_subquery()


def waiting_of(app: App | None, sold: int, changes: Sequence[tuple[int, str, str, str]] | None, files: int) -> Waiting:
    """From what `unreleased` reads."""
    if app is None:
        return Waiting(0, 0, (), 0)
    listed = (Change(number, name or note, datetime.fromisoformat(at)) for number, name, note, at in changes or ())
    return Waiting(app.current_version, sold, tuple(listed), files)


def _newest(session: Session, listing_id: UUID) -> Release | None:
    rows = select(Release).where(col(Release.listing_id) == listing_id)
    return session.scalars(rows.order_by(col(Release.number).desc()).limit(1)).one_or_none()
