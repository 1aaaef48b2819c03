"""What of the marketplace waits for the staff: listings to look at, appeals, refunds that are asked for, and holds."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select

from overskill.models import CreatorProfile, Listing, ListingStatus, Purchase, Refund, RefundStatus
from overskill.services.accounts.audit import record
from overskill.services.admin.finding import contains
from overskill.services.market import moderation
from overskill.services.market.collections import feature
from overskill.services.market.notices import WORDS
from overskill.services.market.subjects import find_subjects

MOST_LISTED = 50


@dataclass(frozen=True, slots=True)
class ListingLine:
    id: str
    slug: str
    title: str
    tagline: str
    creator: str
    creator_id: str
    status: str
    reason: str
    is_featured: bool
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class AppealLine:
    act_id: str
    title: str
    link: str
    act: str  # "was suspended"
    reason: str
    text: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class RefundLine:
    id: str
    buyer: str
    creator: str
    amount: int
    currency: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class HoldLine:
    creator_id: str
    name: str
    username: str
    reason: str
    until: datetime | None


def find_listings(session: Session, words: str, *, limit: int = MOST_LISTED) -> list[ListingLine]:
    """Without words, those that wait to be looked at, the oldest first."""
    query = select(Listing, CreatorProfile).join(CreatorProfile, col(CreatorProfile.id) == Listing.creator_id)
    if words.strip():
        query = query.where(contains(Listing.title, words) | contains(CreatorProfile.username, words))
        query = query.order_by(col(Listing.updated_at).desc())
    else:
        query = query.where(Listing.status == ListingStatus.REVIEW).order_by(col(Listing.updated_at))
    return [
        ListingLine(
            id=str(listing.id),
            slug=listing.slug,
            title=listing.title,
            tagline=listing.tagline,
            creator=creator.name,
            creator_id=str(creator.id),
            status=listing.status.value,
            reason=listing.status_reason,
            is_featured=listing.featured_at is not None,
            changed_at=listing.updated_at,
        )
        for listing, creator in session.exec(query.limit(limit))
    ]


def choose_feature(session: Session, admin_id: UUID, listing_id: UUID, is_featured: bool) -> None:
    """Make it a staff pick, or no longer. Raises NotFound."""
    feature(session, listing_id, is_featured)
    action = "listing.featured" if is_featured else "listing.not_featured"
    record(session, action, admin_id, subject=f"listing:{listing_id}")


def list_appeals(session: Session) -> list[AppealLine]:
    """What is due first."""
    rows = moderation.open_appeals(session)
    subjects = find_subjects(session, [(row.subject_kind, row.subject_id) for row in rows])
    lines = []
    for row in rows:
        subject = subjects.get((row.subject_kind, row.subject_id))
        lines.append(
            AppealLine(
                act_id=str(row.id),
                title=subject.title if subject else "Something that is gone",
                link=subject.link if subject else "",
                act=WORDS[row.act],
                reason=row.reason,
                text=row.appeal_text,
                due_at=row.appeal_due_at or row.created_at,
            )
        )
    return lines


def list_asked_refunds(session: Session, *, limit: int = MOST_LISTED) -> list[RefundLine]:
    """Who waits longest comes first."""
    query = (
        select(Refund, Purchase.email, CreatorProfile.name)
        .join(Purchase, col(Purchase.id) == Refund.purchase_id)
        .join(CreatorProfile, col(CreatorProfile.id) == Purchase.creator_id)
        .where(Refund.status == RefundStatus.ASKED)
        .order_by(col(Refund.created_at))
        .limit(limit)
    )
    return [
        RefundLine(str(row.id), email, name, row.amount, row.currency, row.reason, row.created_at)
        for row, email, name in session.exec(query)
    ]


def list_holds(session: Session, *, limit: int = MOST_LISTED) -> list[HoldLine]:
    """Creators whose money an admin keeps back."""
    query = select(CreatorProfile).where(CreatorProfile.hold_reason != "").order_by(CreatorProfile.name).limit(limit)
    return [
        HoldLine(str(row.id), row.name, row.username, row.hold_reason, row.hold_until) for row in session.exec(query)
    ]
