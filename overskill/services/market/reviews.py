"""What buyers say: written by who holds a licence, answered by the creator, found helpful by others.

The sums on the listing and on its creator change in the same transaction, under the lock of the listing's row.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import ColumnElement, UnaryExpression, and_, delete, exists, false, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, col

from overskill.errors import InvalidInput, NotAllowed, NotFound
from overskill.models import (
    CreatorProfile,
    License,
    LicenseStatus,
    Listing,
    ListingStatus,
    Release,
    Review,
    ReviewStatus,
    ReviewVote,
    User,
    utc_now,
)

Sort = Literal["helpful", "new"]
REVIEWS_PER_PAGE = 10
LONGEST_TITLE = 100
LONGEST_TEXT = 4_000
LONGEST_REPLY = 2_000
_STARS = range(1, 6)
_GONE = "That review is not there any more. Reload the page."
_REVIEWED = (ListingStatus.PUBLISHED, ListingStatus.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class ReviewView:
    id: UUID
    author: str  # "Ada L."
    is_mine: bool
    is_hidden: bool  # by an admin; only its author still sees it
    rating: int
    title: str
    text: str
    release_number: int
    written_at: datetime
    helpful_count: int
    is_helpful: bool  # the viewer said so
    reply: str
    replied_at: datetime | None


@dataclass(frozen=True, slots=True)
class ReviewPage:
    reviews: tuple[ReviewView, ...]
    has_more: bool


def read_reviews(
    session: Session, listing_id: UUID, *, viewer_id: UUID | None, sort: Sort = "helpful", offset: int = 0
) -> ReviewPage:
    """One page in one query. The viewer's own review comes first."""
    is_mine = col(Review.user_id) == viewer_id if viewer_id else false()
    is_helpful = exists().where(col(ReviewVote.review_id) == col(Review.id), col(ReviewVote.user_id) == viewer_id)
    order: list[UnaryExpression[Any]] = [is_mine.desc()] if viewer_id else []
    if sort == "helpful":
        order.append(col(Review.helpful_count).desc())
    query = (
        select(Review, col(User.name), is_helpful)
        .join(User, col(User.id) == col(Review.user_id))
        .where(col(Review.listing_id) == listing_id, or_(col(Review.status) == ReviewStatus.SHOWN, is_mine))
        .order_by(*order, col(Review.created_at).desc(), col(Review.id))
        .offset(max(offset, 0))
        .limit(REVIEWS_PER_PAGE + 1)
    )
    rows = session.execute(query).all()
    views = tuple(_view(review, name, viewer_id, is_helpful=said) for review, name, said in rows)
    return ReviewPage(views[:REVIEWS_PER_PAGE], has_more=len(views) > REVIEWS_PER_PAGE)


def is_held_by(holder_id: UUID) -> ColumnElement[bool]:
    """Whether a licence in the query is somebody's, and nobody took it back."""
    return and_(col(License.holder_id) == holder_id, col(License.status) != LicenseStatus.REVOKED)


def write_review(session: Session, user_id: UUID, slug: str, *, rating: int, title: str, text: str) -> Review:
    """Say something, or say it anew: everybody has one review of a listing.

    Raises NotAllowed for who did not buy it, or made it.
    """
    if rating not in _STARS:
        raise InvalidInput("Choose between one and five stars.", field="rating")
    title, text = _checked(title, LONGEST_TITLE, "title"), _checked(text, LONGEST_TEXT, "text")
    listing, creator = _locked(session, slug)
    if creator.user_id == user_id:
        raise NotAllowed("You made this app, so it is for others to say how it is.")
    held = select(col(License.id)).where(col(License.listing_id) == listing.id, is_held_by(user_id))
    license_id = session.scalar(held.order_by(col(License.created_at).desc()).limit(1))
    if license_id is None:
        raise NotAllowed("Only who has the app can review it. Get it first, then say how it is.")
    review = _review_of(session, listing.id, user_id)
    if review is None:
        review = Review(listing_id=listing.id, user_id=user_id, license_id=license_id, rating=rating)
        _count(session, listing, stars=rating, reviews=1)
    elif review.status is ReviewStatus.SHOWN:
        _count(session, listing, stars=rating - review.rating)
    release = session.get(Release, listing.release_id) if listing.release_id else None
    review.rating, review.title, review.text = rating, title, text
    review.release_number = release.number if release else 1
    session.add(review)
    session.flush()
    return review


def delete_review(session: Session, user_id: UUID, slug: str) -> None:
    """Take one's own back. Raises NotFound; NotAllowed for one that the staff hid: written again it would be shown."""
    listing, _ = _locked(session, slug)
    review = _review_of(session, listing.id, user_id)
    if review is None:
        raise NotFound(_GONE)
    if review.status is not ReviewStatus.SHOWN:
        raise NotAllowed("The staff hid this review, so it stays as it is. Your notices say why, and how to appeal.")
    _count(session, listing, stars=-review.rating, reviews=-1)
    session.delete(review)
    session.flush()


def reply(session: Session, user_id: UUID, review_id: UUID, text: str) -> Review:
    """The creator's one answer to a review; "" takes it back. Raises NotFound for everybody else's reviews."""
    text = _checked(text, LONGEST_REPLY, "reply")
    query = (
        select(Review)
        .join(Listing, col(Listing.id) == col(Review.listing_id))
        .join(CreatorProfile, col(CreatorProfile.id) == col(Listing.creator_id))
        .where(
            col(Review.id) == review_id,
            col(CreatorProfile.user_id) == user_id,
            col(CreatorProfile.suspended_at).is_(None),
            col(Review.status) == ReviewStatus.SHOWN,
        )
        .with_for_update(of=Review)
    )
    review = session.scalars(query).one_or_none()
    if review is None:
        raise NotFound(_GONE)
    review.reply, review.replied_at = text, utc_now() if text else None
    session.add(review)
    return review


def vote(session: Session, user_id: UUID, review_id: UUID, *, is_helpful: bool) -> int:
    """Say that a review helped, or take that back. Saying it twice counts once. Returns how many say so now.

    Raises NotAllowed for one's own.
    """
    review = session.scalars(select(Review).where(col(Review.id) == review_id).with_for_update()).one_or_none()
    if review is None or review.status is not ReviewStatus.SHOWN:
        raise NotFound(_GONE)
    if review.user_id == user_id:
        raise NotAllowed("That is your own review. It is for others to say whether it helps.")
    key = {"review_id": review_id, "user_id": user_id}
    if is_helpful:
        added = session.execute(
            insert(ReviewVote).values(**key).on_conflict_do_nothing().returning(col(ReviewVote.user_id))
        )
        review.helpful_count += len(added.all())
    else:
        removed = session.execute(delete(ReviewVote).filter_by(**key).returning(col(ReviewVote.user_id)))
        review.helpful_count -= len(removed.all())
    session.add(review)
    return review.helpful_count


def hide_review(session: Session, review_id: UUID) -> None:
    """For moderators: nobody but its author sees it, and it counts no more. Hiding it twice is no error."""
    _set_status(session, review_id, ReviewStatus.HIDDEN)


def show_review(session: Session, review_id: UUID) -> None:
    """Takes `hide_review` back."""
    _set_status(session, review_id, ReviewStatus.SHOWN)


def _set_status(session: Session, review_id: UUID, status: ReviewStatus) -> None:
    review = session.get(Review, review_id)
    if review is None:
        raise NotFound(_GONE)
    listing = session.get_one(Listing, review.listing_id, with_for_update=True)
    session.refresh(review)  # as it is while nobody else changes it
    if review.status is status:
        return
    sign = 1 if status is ReviewStatus.SHOWN else -1
    _count(session, listing, stars=sign * review.rating, reviews=sign)
    review.status = status
    session.add(review)


def _locked(session: Session, slug: str) -> tuple[Listing, CreatorProfile]:
    row = session.execute(
        select(Listing, CreatorProfile)
        .join(CreatorProfile, col(CreatorProfile.id) == col(Listing.creator_id))
        .where(col(Listing.slug) == slug, col(Listing.status).in_(_REVIEWED))
        .with_for_update(of=Listing)
    ).one_or_none()
    if row is None:
        raise NotFound("There is no app of that name in the marketplace.")
    return row[0], row[1]


def _review_of(session: Session, listing_id: UUID, user_id: UUID) -> Review | None:
    return session.scalars(
        select(Review).where(col(Review.listing_id) == listing_id, col(Review.user_id) == user_id)
    ).one_or_none()


def _count(session: Session, listing: Listing, *, stars: int, reviews: int = 0) -> None:
    """On the listing and its creator, as the database has them: others may count at the same time."""
    for table, key in ((Listing, listing.id), (CreatorProfile, listing.creator_id)):
        session.execute(
            update(table)
            .where(table.id == key)  # type: ignore[arg-type]  # a column, as SQLAlchemy sees it
            .values(rating_sum=table.rating_sum + stars, rating_count=table.rating_count + reviews)
            .execution_options(synchronize_session=False)
        )


def _checked(text: str, longest: int, field: str) -> str:
    text = text.strip()
    if len(text) > longest:
        raise InvalidInput(f"That is too long: at most {longest:,} characters.", field=field)
    return text


def _view(review: Review, name: str, viewer_id: UUID | None, *, is_helpful: bool) -> ReviewView:
    return ReviewView(
        id=review.id,
        author=public_name(name),
        is_mine=review.user_id == viewer_id,
        is_hidden=review.status is not ReviewStatus.SHOWN,
        rating=review.rating,
        title=review.title,
        text=review.text,
        release_number=review.release_number,
        written_at=review.created_at,
        helpful_count=review.helpful_count,
        is_helpful=is_helpful,
        reply=review.reply,
        replied_at=review.replied_at,
    )


def public_name(name: str) -> str:
    """ "Ada L.": who buys something need not be named in full."""
    first, *others = name.split() or ["Somebody"]
    return f"{first} {others[-1][0].upper()}." if others else first


def histogram() -> ColumnElement[Any]:
    """How many gave how many stars, {"5": 12, …}: a column of a query about listings."""
    counted = (
        select(col(Review.rating).label("rating"), func.count().label("reviews"))
        .where(col(Review.listing_id) == col(Listing.id), col(Review.status) == ReviewStatus.SHOWN)
        .group_by(col(Review.rating))
        .correlate(Listing)
        .subquery()
    )
    return select(func.json_object_agg(counted.c.rating, counted.c.reviews)).scalar_subquery()
