"""What a report or a decision is about: how it is called, where it is, and whom it concerns."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session, col, select

from overskill.models import App, CreatorProfile, Listing, Review, SubjectKind, User


@dataclass(frozen=True, slots=True)
class Subject:
    kind: SubjectKind
    id: UUID
    title: str
    link: str  # of this site; "" where there is none
    owner_id: UUID  # whom a decision concerns


Key = tuple[SubjectKind, UUID]


def find_subject(session: Session, kind: SubjectKind, subject_id: UUID) -> Subject | None:
    return find_subjects(session, [(kind, subject_id)]).get((kind, subject_id))


def subject_called(session: Session, kind: str, key: str) -> Subject | None:
    """What a page names by its address: a listing's slug, a creator's username, a review's id."""
    match kind:
        case SubjectKind.LISTING:
            found = session.exec(select(Listing.id).where(Listing.slug == key)).first()
        case SubjectKind.CREATOR:
            found = session.exec(select(CreatorProfile.id).where(CreatorProfile.username == key)).first()
        case SubjectKind.REVIEW:
            found = _id_in(key)
        case _:
            found = None
    return find_subject(session, SubjectKind(kind), found) if found else None


def find_subjects(session: Session, keys: Iterable[Key]) -> dict[Key, Subject]:
    """A query for each kind that is among them. What is gone is left out."""
    by_kind: dict[SubjectKind, set[UUID]] = {}
    for kind, subject_id in keys:
        by_kind.setdefault(kind, set()).add(subject_id)
    found = (one for kind, ids in by_kind.items() for one in _FINDERS[kind](session, ids))
    return {(one.kind, one.id): one for one in found}


def _id_in(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _listings(session: Session, ids: set[UUID]) -> list[Subject]:
    rows = session.exec(
        select(Listing.id, Listing.title, Listing.slug, CreatorProfile.user_id)
        .join(CreatorProfile, col(CreatorProfile.id) == Listing.creator_id)
        .where(col(Listing.id).in_(ids))
    )
    return [Subject(SubjectKind.LISTING, row[0], row[1], f"/apps/{row[2]}", row[3]) for row in rows]


def _reviews(session: Session, ids: set[UUID]) -> list[Subject]:
    rows = session.exec(
        select(Review.id, Listing.title, Listing.slug, Review.user_id)
        .join(Listing, col(Listing.id) == Review.listing_id)
        .where(col(Review.id).in_(ids))
    )
    return [Subject(SubjectKind.REVIEW, row[0], f"A review of {row[1]}", f"/apps/{row[2]}", row[3]) for row in rows]


def _creators(session: Session, ids: set[UUID]) -> list[Subject]:
    rows = session.exec(
        select(CreatorProfile.id, CreatorProfile.name, CreatorProfile.username, CreatorProfile.user_id).where(
            col(CreatorProfile.id).in_(ids)
        )
    )
    return [Subject(SubjectKind.CREATOR, row[0], row[1], f"/creators/{row[2]}", row[3]) for row in rows]


def _apps(session: Session, ids: set[UUID]) -> list[Subject]:
    rows = session.exec(select(App.id, App.name, App.slug, App.creator_id).where(col(App.id).in_(ids)))
    return [Subject(SubjectKind.APP, row[0], row[1], f"/studio/{row[2]}", row[3]) for row in rows]


def _users(session: Session, ids: set[UUID]) -> list[Subject]:
    rows = session.exec(select(User.id, User.name).where(col(User.id).in_(ids)))
    return [Subject(SubjectKind.USER, row[0], row[1], "", row[0]) for row in rows]


_FINDERS = {
    SubjectKind.LISTING: _listings,
    SubjectKind.REVIEW: _reviews,
    SubjectKind.CREATOR: _creators,
    SubjectKind.APP: _apps,
    SubjectKind.USER: _users,
}
