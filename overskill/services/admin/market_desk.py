"""What of the marketplace waits for the staff: listings to look at, appeals, refunds that are asked for, and holds."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select

from overskill.models import (
    CreatorProfile,
    Listing,
    ListingStatus,
    Purchase,
    Refund,
    RefundStatus,
    SubjectKind,
)
from overskill.services.accounts.audit import record
from overskill.services.accounts.conflicts import decided_as_own, left_to_others
from overskill.services.admin.finding import contains
from overskill.services.billing.refunds import buyers_of_each
from overskill.services.market import moderation
from overskill.services.market.collections import feature
from overskill.services.market.interests import concerned_by, own_of
from overskill.services.market.notices import WORDS
from overskill.services.market.reports import ReportView, list_open
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
    is_own: bool  # of the admin who looks, and another one decides
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class AppealLine:
    act_id: str
    title: str
    link: str
    act: str  # "was suspended"
    reason: str
    text: str
    is_own: bool
    due_at: datetime


@dataclass(frozen=True, slots=True)
class RefundLine:
    id: str
    buyer: str
    creator: str
    amount: int
    currency: str
    reason: str
    is_own: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class HoldLine:
    creator_id: str
    name: str
    username: str
    reason: str
    until: datetime | None
    is_own: bool


@dataclass(frozen=True, slots=True)
class ReportLine:
    report: ReportView
    is_own: bool


def find_listings(session: Session, viewer_id: UUID, words: str, *, limit: int = MOST_LISTED) -> list[ListingLine]:
    """Without words, those that wait to be looked at, the oldest first."""
    query = select(Listing, CreatorProfile).join(CreatorProfile, col(CreatorProfile.id) == Listing.creator_id)
    if words.strip():
        query = query.where(contains(Listing.title, words) | contains(CreatorProfile.username, words))
        query = query.order_by(col(Listing.updated_at).desc())
    else:
        query = query.where(Listing.status == ListingStatus.REVIEW).order_by(col(Listing.updated_at))
    rows = session.exec(query.limit(limit)).all()
    own = own_of(session, viewer_id, [(SubjectKind.LISTING, listing.id) for listing, _ in rows])
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
            is_own=(SubjectKind.LISTING, listing.id) in own,
            changed_at=listing.updated_at,
        )
        for listing, creator in rows
    ]


def choose_feature(session: Session, admin_id: UUID, listing_id: UUID, is_featured: bool) -> None:
    """Make it a staff pick, or no longer. Raises NotFound, NotAllowed."""
    feature(session, listing_id, is_featured)
    key = (SubjectKind.LISTING, listing_id)
    own = decided_as_own(session, admin_id, concerned_by(session, [key])[key]) if is_featured else {}
    action = "listing.featured" if is_featured else "listing.not_featured"
    record(session, action, admin_id, subject=f"listing:{listing_id}", details=own)


def list_reports(session: Session, viewer_id: UUID) -> list[ReportLine]:
    """The oldest first."""
    rows = list_open(session)
    own = own_of(session, viewer_id, [(row.subject.kind, row.subject.id) for row in rows])
    return [ReportLine(row, (row.subject.kind, row.subject.id) in own) for row in rows]


def list_appeals(session: Session, viewer_id: UUID) -> list[AppealLine]:
    """What is due first."""
    rows = moderation.open_appeals(session)
    keys = {row.id: (row.subject_kind, row.subject_id) for row in rows}
    subjects, concerned = find_subjects(session, keys.values()), concerned_by(session, keys.values())
    own = left_to_others(session, viewer_id, {row.id: {*concerned[keys[row.id]], row.concerns_id} for row in rows})
    lines = []
    for row in rows:
        subject = subjects.get(keys[row.id])
        lines.append(
            AppealLine(
                act_id=str(row.id),
                title=subject.title if subject else "Something that is gone",
                link=subject.link if subject else "",
                act=WORDS[row.act],
                reason=row.reason,
                text=row.appeal_text,
                is_own=row.id in own,
                due_at=row.appeal_due_at or row.created_at,
            )
        )
    return lines


def list_asked_refunds(session: Session, viewer_id: UUID, *, limit: int = MOST_LISTED) -> list[RefundLine]:
    """Who waits longest comes first."""
    query = (
        select(Refund, Purchase, CreatorProfile.name)
        .join(Purchase, col(Purchase.id) == Refund.purchase_id)
        .join(CreatorProfile, col(CreatorProfile.id) == Purchase.creator_id)
        .where(Refund.status == RefundStatus.ASKED)
        .order_by(col(Refund.created_at))
        .limit(limit)
    )
    rows = session.exec(query).all()
    own = left_to_others(session, viewer_id, buyers_of_each(session, [purchase for _, purchase, _ in rows]))
    return [
        RefundLine(
            id=str(row.id),
            buyer=purchase.email,
            creator=name,
            amount=row.amount,
            currency=row.currency,
            reason=row.reason,
            is_own=purchase.id in own,
            at=row.created_at,
        )
        for row, purchase, name in rows
    ]


def list_holds(session: Session, viewer_id: UUID, *, limit: int = MOST_LISTED) -> list[HoldLine]:
    """Creators whose money an admin keeps back."""
    query = select(CreatorProfile).where(CreatorProfile.hold_reason != "").order_by(CreatorProfile.name).limit(limit)
    rows = session.exec(query).all()
    own = left_to_others(session, viewer_id, {row.id: {row.user_id} for row in rows})
    return [
        HoldLine(str(row.id), row.name, row.username, row.hold_reason, row.hold_until, row.id in own) for row in rows
    ]
