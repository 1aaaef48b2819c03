"""Who gains by what the staff decides of something: whose it is, and who runs the team that its app belongs to."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import Select, literal, select, union_all
from sqlmodel import Session, col

from overskill.models import App, CreatorProfile, Listing, Membership, Review, SubjectKind, User
from overskill.services.accounts.conflicts import left_to_others
from overskill.services.accounts.teams import MAY_CHANGE
from overskill.services.market.subjects import Key


def concerned_by(session: Session, keys: Iterable[Key]) -> dict[Key, frozenset[UUID]]:
    """One query, whatever kinds are among them."""
    by_kind: dict[SubjectKind, set[UUID]] = defaultdict(set)
    found: dict[Key, set[UUID]] = {}
    for kind, subject_id in keys:
        by_kind[kind].add(subject_id)
        found[kind, subject_id] = set()
    finders = [query for kind, ids in by_kind.items() for query in _FINDERS[kind](ids)]
    if finders:
        for kind, subject_id, user_id in session.execute(union_all(*finders)):
            found[SubjectKind(kind), subject_id].add(user_id)
    return {key: frozenset(people) for key, people in found.items()}


def own_of(session: Session, viewer_id: UUID, keys: Iterable[Key]) -> frozenset[Key]:
    """Which of them another admin has to decide."""
    return left_to_others(session, viewer_id, concerned_by(session, keys))


def _listings(ids: set[UUID]) -> list[Select[*tuple[Any, ...]]]:
    kind, of_it = literal(SubjectKind.LISTING), col(Listing.id).in_(ids)
    seller = select(kind, col(Listing.id), col(CreatorProfile.user_id)).join(
        CreatorProfile, col(CreatorProfile.id) == col(Listing.creator_id)
    )
    team = (
        select(kind, col(Listing.id), col(Membership.user_id))
        .join(App, col(App.id) == col(Listing.app_id))
        .join(Membership, col(Membership.team_id) == col(App.team_id))
    )
    return [seller.where(of_it), team.where(of_it, col(Membership.role).in_(MAY_CHANGE))]


def _reviews(ids: set[UUID]) -> list[Select[*tuple[Any, ...]]]:
    """Who wrote it, and who sells what it is about."""
    kind, of_it = literal(SubjectKind.REVIEW), col(Review.id).in_(ids)
    seller = (
        select(kind, col(Review.id), col(CreatorProfile.user_id))
        .join(Listing, col(Listing.id) == col(Review.listing_id))
        .join(CreatorProfile, col(CreatorProfile.id) == col(Listing.creator_id))
    )
    return [select(kind, col(Review.id), col(Review.user_id)).where(of_it), seller.where(of_it)]


def _creators(ids: set[UUID]) -> list[Select[*tuple[Any, ...]]]:
    of_it = col(CreatorProfile.id).in_(ids)
    return [select(literal(SubjectKind.CREATOR), col(CreatorProfile.id), col(CreatorProfile.user_id)).where(of_it)]


def _apps(ids: set[UUID]) -> list[Select[*tuple[Any, ...]]]:
    kind, of_it = literal(SubjectKind.APP), col(App.id).in_(ids)
    team = select(kind, col(App.id), col(Membership.user_id)).join(
        Membership, col(Membership.team_id) == col(App.team_id)
    )
    return [
        select(kind, col(App.id), col(App.creator_id)).where(of_it),
        team.where(of_it, col(Membership.role).in_(MAY_CHANGE)),
    ]


def _users(ids: set[UUID]) -> list[Select[*tuple[Any, ...]]]:
    return [select(literal(SubjectKind.USER), col(User.id), col(User.id)).where(col(User.id).in_(ids))]


_FINDERS = {
    SubjectKind.LISTING: _listings,
    SubjectKind.REVIEW: _reviews,
    SubjectKind.CREATOR: _creators,
    SubjectKind.APP: _apps,
    SubjectKind.USER: _users,
}
