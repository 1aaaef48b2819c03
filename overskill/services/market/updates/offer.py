"""A release offered to everybody who has a copy of the one before."""

from functools import partial
from uuid import UUID

from sqlmodel import Session, col, select

from overskill.clients.jobs import JobQueue
from overskill.clients.mail import Mail, Message
from overskill.config import Settings
from overskill.db import after_commit
from overskill.models import (
    CopyUpdate,
    Install,
    InstallStatus,
    License,
    LicenseStatus,
    Listing,
    Release,
    UpdateStatus,
    User,
)
from overskill.models.base import utc_now
from overskill.services.market.mail_endings import MailKind, ending_link
from overskill.services.market.news import wants_update_mails

TELL_JOB = "overskill.jobs.market.tell_of_update"
TAKE_DOWN_JOB = "overskill.jobs.market.take_down_update"
UNDECIDED = (
    UpdateStatus.OFFERED,
    UpdateStatus.MERGING,
    UpdateStatus.CONFLICTED,
    UpdateStatus.CHECKING,
    UpdateStatus.READY,
    UpdateStatus.REFUSED,
    UpdateStatus.FAILED,
)


def offer(session: Session, release: Release, *, queue: JobQueue) -> int:
    """Offer a release to all live copies with a valid licence, once. Returns how many hear of it.

    It takes the place of an earlier one that its owner has not decided on: it holds that one's changes, too.
    """
    copies = (
        select(Install.id)
        .join(License, col(License.id) == Install.license_id)
        .where(
            Install.listing_id == release.listing_id,
            Install.status == InstallStatus.LIVE,
            col(Install.app_id).is_not(None),
            Install.release_id != release.id,
            col(License.status).in_([LicenseStatus.ACTIVE, LicenseStatus.GRACE]),
        )
    )
    _end_earlier(session, release, queue)
    known = select(CopyUpdate.id).where(CopyUpdate.install_id == Install.id, CopyUpdate.release_id == release.id)
    made = [
        CopyUpdate(install_id=install_id, release_id=release.id)
        for install_id in session.exec(copies.where(~known.exists()))
    ]
    session.add_all(made)
    session.flush()
    for update in made:
        after_commit(session, partial(queue.enqueue, TELL_JOB, str(update.id), queue="low"))
    return len(made)


def _end_earlier(session: Session, release: Release, queue: JobQueue) -> None:
    number = select(Release.number).where(Release.id == CopyUpdate.release_id).correlate(CopyUpdate).scalar_subquery()
    earlier = session.exec(
        select(CopyUpdate)
        .join(Install, col(Install.id) == CopyUpdate.install_id)
        .where(
            Install.listing_id == release.listing_id,
            col(CopyUpdate.status).in_(UNDECIDED),
            number < release.number,
        )
        .with_for_update(of=CopyUpdate)
    )
    for update in earlier:
        end_offer(session, update, UpdateStatus.DECLINED, queue=queue)


def end_offer(session: Session, update: CopyUpdate, status: UpdateStatus, *, queue: JobQueue) -> None:
    """Accepted or declined: what it was shown on is taken down. A run that prepares it stops at its next write."""
    update.status = status
    update.attempt += 1
    update.decided_at = utc_now()
    update.preview_url = ""
    session.add(update)
    after_commit(session, partial(queue.enqueue, TAKE_DOWN_JOB, str(update.id), queue="low"))


def tell_of_update(session: Session, update_id: UUID, *, settings: Settings, mail: Mail) -> None:
    """Mail the copy's owner, unless they have seen to it meanwhile, or want no such mails."""
    found = session.exec(
        select(CopyUpdate, Release, Listing, User)
        .join(Release, col(Release.id) == CopyUpdate.release_id)
        .join(Install, col(Install.id) == CopyUpdate.install_id)
        .join(Listing, col(Listing.id) == Install.listing_id)
        .join(User, col(User.id) == Install.user_id)
        .where(CopyUpdate.id == update_id, CopyUpdate.status == UpdateStatus.OFFERED)
    ).first()
    if found is None:
        return
    update, release, listing, owner = found
    if not wants_update_mails(session, owner.id):
        return
    promise = (
        f"The creator of “{listing.title}” has made release {release.number}. Your own copy can have it, and keeps "
        "what you changed. Nothing happens before you accept it."
    )
    message = Message(
        to=owner.email,
        subject=f"{listing.title}: release {release.number} is there",
        paragraphs=(
            "Hello,",
            promise,
            *([release.notes[:1000]] if release.notes else []),
        ),
        button="Look at the update",
        link=f"{settings.site_url}/library/updates/{update.id}",
        closing=f"These mails can be switched off at {settings.site_url}/news.",
        ends_at=ending_link(owner.id, MailKind.UPDATES, settings),
    )
    after_commit(session, lambda: mail.send(message))
