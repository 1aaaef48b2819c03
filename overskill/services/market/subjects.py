"""What a report or a decision is about: how it is called, where it is, and whom it concerns."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Select, literal, select, union_all
from sqlmodel import Session, col

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
            was_shown = col(Listing.published_at).is_not(None)  # the title of a draft is its creator's alone
            found = session.scalar(select(col(Listing.id)).where(col(Listing.slug) == key, was_shown))
        case SubjectKind.CREATOR:
            found = session.scalar(select(col(CreatorProfile.id)).where(col(CreatorProfile.username) == key))
        case SubjectKind.REVIEW:
            found = _id_in(key)
        case _:
            found = None
    return find_subject(session, SubjectKind(kind), found) if found else None


def find_subjects(session: Session, keys: Iterable[Key]) -> dict[Key, Subject]:
    """One query, whatever kinds are among them. What is gone is left out."""
    by_kind: dict[SubjectKind, set[UUID]] = {}
    for kind, subject_id in keys:
        by_kind.setdefault(kind, set()).add(subject_id)
    if not by_kind:
        return {}
    rows = session.execute(union_all(*(_FINDERS[kind](ids) for kind, ids in by_kind.items())))
    found = (_subject(SubjectKind(kind), *facts) for kind, *facts in rows)
    return {(one.kind, one.id): one for one in found}


def _subject(kind: SubjectKind, subject_id: UUID, name: str, address: str, owner_id: UUID) -> Subject:
    title = f"A review of {name}" if kind is SubjectKind.REVIEW else name
    return Subject(kind, subject_id, title, f"{_PLACES[kind]}{address}" if address else "", owner_id)


def _id_in(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _listings(ids: set[UUID]) -> Select[*tuple[Any, ...]]:
    return (
        select(
            literal(SubjectKind.LISTING),
            col(Listing.id),
            col(Listing.title),
            col(Listing.slug),
            col(CreatorProfile.user_id),
        )
        .join(CreatorProfile, col(CreatorProfile.id) == Listing.creator_id)
        .where(col(Listing.id).in_(ids))
    )


def _reviews(ids: set[UUID]) -> Select[*tuple[Any, ...]]:
    return (
        select(literal(SubjectKind.REVIEW), col(Review.id), col(Listing.title), col(Listing.slug), col(Review.user_id))
        .join(Listing, col(Listing.id) == Review.listing_id)
        .where(col(Review.id).in_(ids))
    )


def _creators(ids: set[UUID]) -> Select[*tuple[Any, ...]]:
    named = (
        col(CreatorProfile.id),
        col(CreatorProfile.name),
        col(CreatorProfile.username),
        col(CreatorProfile.user_id),
    )
    return select(literal(SubjectKind.CREATOR), *named).where(col(CreatorProfile.id).in_(ids))


def _apps(ids: set[UUID]) -> Select[*tuple[Any, ...]]:
    return select(literal(SubjectKind.APP), col(App.id), col(App.name), col(App.slug), col(App.creator_id)).where(
        col(App.id).in_(ids)
    )


def _users(ids: set[UUID]) -> Select[*tuple[Any, ...]]:
    return select(literal(SubjectKind.USER), col(User.id), col(User.name), literal(""), col(User.id)).where(
        col(User.id).in_(ids)
    )


_FINDERS = {
    SubjectKind.LISTING: _listings,
    SubjectKind.REVIEW: _reviews,
    SubjectKind.CREATOR: _creators,
    SubjectKind.APP: _apps,
    SubjectKind.USER: _users,
}
_PLACES = {
    SubjectKind.LISTING: "/apps/",
    SubjectKind.REVIEW: "/apps/",
    SubjectKind.CREATOR: "/creators/",
    SubjectKind.APP: "/studio/",
    SubjectKind.USER: "",
}
