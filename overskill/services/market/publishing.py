"""What becomes of a release once it is checked: refused, looked at by somebody, or sold from now on."""

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from sqlmodel import Session, col, select

from overskill.clients.jobs import JobQueue
from overskill.clients.mail import Mail, Message
from overskill.config import Settings
from overskill.db import after_commit
from overskill.errors import Conflict
from overskill.models import (
    CreatorProfile,
    DeploymentEnvironment,
    LicenseKind,
    Listing,
    ListingStatus,
    Offer,
    Release,
    ReleaseStatus,
    Report,
    ReportReason,
    ReportStatus,
    SubjectKind,
    User,
    utc_now,
)
from overskill.services.accounts.audit import record
from overskill.services.deployments.live import live_deployment
from overskill.services.market.creators import count_listings
from overskill.services.market.duplicates import Lookalike
from overskill.services.market.licensed_serving import ask_to_tell
from overskill.services.market.release_telling import release_topic
from overskill.services.market.updates import offer as offer_update
from overskill.services.progress import ProgressLog

TELL_JOB = "overskill.jobs.market.tell_of_release"
_OFFERED = (ListingStatus.REVIEW, ListingStatus.PUBLISHED)
_LONGEST_REASON = 1000
_WAITS_FOR_STAFF = "Every check is done. Somebody of the staff looks at it before it is published."
_LOOKS_LIKE_ANOTHER = (
    "It looks much like a listing of somebody else, so somebody of the staff compares the two before it is published."
)
_NOT_LIVE = (
    "One of its offers is access to the hosted app, and the app is not live. Publish the app first, or end that offer."
)
_TAKEN_BACK = "It was taken back while it was being checked."


def settle(
    session: Session,
    listing: Listing,
    release: Release,
    alike: Sequence[Lookalike],
    *,
    queue: JobQueue,
    log: ProgressLog,
    settings: Settings,
) -> None:
    """The checks found nothing. The caller holds the row locks of both."""
    if _needs_app_live(session, listing):
        refuse(session, release, [_NOT_LIVE], queue=queue, log=log)
        return
    after_commit(session, partial(log.ring, release_topic(release.id)))
    if listing.status not in _OFFERED:
        release.status, release.error = ReleaseStatus.REPLACED, _TAKEN_BACK
        session.add(release)
        return
    release.status = ReleaseStatus.READY
    session.add(release)
    if alike:
        _report(session, listing, alike)
    is_staffs = settings.market_review == "staff" and listing.status is ListingStatus.REVIEW
    if alike or is_staffs:
        listing.status_reason = _LOOKS_LIKE_ANOTHER if alike else _WAITS_FOR_STAFF
        session.add(listing)
        return
    put_up(session, listing, release, queue=queue)


def put_up(session: Session, listing: Listing, release: Release, *, queue: JobQueue) -> None:
    """Sell this release from now on, in place of the one before; the copies of that are offered it."""
    now = utc_now()
    before = session.get(Release, listing.release_id) if listing.release_id else None
    if before is not None and before.id != release.id:
        before.status = ReleaseStatus.REPLACED
        session.add(before)
    release.released_at = now
    listing.release_id = release.id
    listing.status, listing.status_reason = ListingStatus.PUBLISHED, ""
    listing.published_at = listing.published_at or now
    session.add(release)
    session.add(listing)
    session.flush()
    record(session, "listing.released", None, subject=f"listing:{listing.id} release:{release.number}")
    count_listings(session, listing.creator_id)
    if before is not None:
        offer_update(session, release, queue=queue)
    ask_to_tell(session, listing, queue)
    after_commit(session, partial(queue.enqueue, TELL_JOB, str(release.id), queue="low"))


def approve(session: Session, listing: Listing, *, queue: JobQueue) -> None:
    """What waited for the staff goes up. Raises Conflict where nothing waits, its checks are not over, or its creator
    does not offer it any more."""
    if listing.status not in _OFFERED:
        raise Conflict("This listing is not offered any more, so there is nothing to publish. Load the page again.")
    release = session.exec(
        select(Release).where(Release.listing_id == listing.id).order_by(col(Release.number).desc())
    ).first()
    if release is None or release.status is not ReleaseStatus.READY or release.id == listing.release_id:
        raise Conflict("Nothing of this listing waits to be published: its checks are not over, or were not passed.")
    put_up(session, listing, release, queue=queue)


def send_back(session: Session, listing: Listing, reason: str) -> None:
    """What waited for the staff is not published: a first release goes back to its draft."""
    waiting = session.exec(
        select(Release).where(Release.listing_id == listing.id, Release.status == ReleaseStatus.READY)
    )
    for release in waiting:
        if release.id != listing.release_id:
            release.status, release.error = ReleaseStatus.REFUSED, reason
            session.add(release)
    if listing.status is ListingStatus.REVIEW:
        listing.status, listing.submitted_at = ListingStatus.DRAFT, None
    listing.status_reason = reason[:_LONGEST_REASON]
    session.add(listing)


def refuse(session: Session, release: Release, wrong: Sequence[str], *, queue: JobQueue, log: ProgressLog) -> None:
    """It is never sold. A listing that was to be published with it goes back to its draft, with what to mend."""
    reason = "\n".join(wrong)[:_LONGEST_REASON]
    release.status, release.error = ReleaseStatus.REFUSED, reason
    session.add(release)
    listing = session.get_one(Listing, release.listing_id)
    if listing.status is ListingStatus.REVIEW:
        listing.status, listing.submitted_at = ListingStatus.DRAFT, None
        listing.status_reason = reason
        session.add(listing)
    after_commit(session, partial(log.ring, release_topic(release.id)))
    after_commit(session, partial(queue.enqueue, TELL_JOB, str(release.id), queue="low"))


def tell_of_release(session: Session, release_id: UUID, *, site_url: str, mail: Mail) -> None:
    """Mail its creator how it ended. The house knows anyway."""
    release = session.get(Release, release_id)
    if release is None or release.status not in (ReleaseStatus.READY, ReleaseStatus.REFUSED):
        return
    listing = session.get_one(Listing, release.listing_id)
    creator = session.get_one(CreatorProfile, listing.creator_id)
    if creator.is_house:
        return
    to = session.get_one(User, creator.user_id).email
    message = (
        _published(listing, release, to, site_url) if release.released_at else _refused(listing, release, to, site_url)
    )
    after_commit(session, lambda: mail.send(message))


def _needs_app_live(session: Session, listing: Listing) -> bool:
    """Copies don't need the original; who buys access to it does."""
    sells_access = session.exec(
        select(Offer.id).where(
            Offer.listing_id == listing.id, Offer.license == LicenseKind.USE, col(Offer.ended_at).is_(None)
        )
    ).first()
    if sells_access is None or listing.app_id is None:
        return False
    return live_deployment(session, listing.app_id, DeploymentEnvironment.PRODUCTION) is None


def _report(session: Session, listing: Listing, alike: Sequence[Lookalike]) -> None:
    """By a check of ours, once while it is open: among the reports, the staff finds it."""
    of_ours = select(Report.id).where(
        Report.subject_kind == SubjectKind.LISTING,
        Report.subject_id == listing.id,
        Report.reason == ReportReason.COPIED,
        Report.status == ReportStatus.OPEN,
        col(Report.reporter_id).is_(None),
    )
    if session.exec(of_ours).first() is not None:
        return
    details = "\n".join(f"{one.words} /apps/{one.slug}" for one in alike)
    session.add(
        Report(
            subject_kind=SubjectKind.LISTING, subject_id=listing.id, reason=ReportReason.COPIED, details=details[:2000]
        )
    )


def _published(listing: Listing, release: Release, to: str, site_url: str) -> Message:
    is_first = release.number == 1
    what = "is published" if is_first else f"has release {release.number}"
    return Message(
        to=to,
        subject=f"{listing.title} {what}",
        paragraphs=(
            "Hello,",
            f"“{listing.title}” passed its checks and {what}."
            + ("" if is_first else " Who has a copy with an active licence is offered the update."),
        ),
        button="Look at the listing",
        link=f"{site_url}/apps/{listing.slug}",
    )


def _refused(listing: Listing, release: Release, to: str, site_url: str) -> Message:
    return Message(
        to=to,
        subject=f"{listing.title} can't be published yet",
        paragraphs=(
            "Hello,",
            f"The checks of “{listing.title}”, version {release.version}, found something to mend:",
            *release.error.splitlines(),
            "What was sold before still is. Submit it again once it is mended.",
        ),
        button="Open the listing",
        link=f"{site_url}/sell",
    )
