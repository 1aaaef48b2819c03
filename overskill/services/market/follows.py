"""Who follows which creator. The count on the profile changes in the same transaction."""

from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, col

from overskill.errors import NotAllowed, NotFound
from overskill.models import CreatorProfile, Follow


def follow(session: Session, user_id: UUID, username: str) -> int:
    """Following twice counts once. Returns how many follow now. Raises NotFound, and NotAllowed for oneself."""
    creator = _creator(session, username)
    if creator.user_id == user_id:
        raise NotAllowed("That is you. Others can follow you.")
    if creator.suspended_at is not None:
        raise NotFound("There is no creator of that name.")
    added = session.execute(
        insert(Follow)
        .values(user_id=user_id, creator_id=creator.id)
        .on_conflict_do_nothing()
        .returning(col(Follow.user_id))
    ).all()
    return _count(session, creator, len(added))


def unfollow(session: Session, user_id: UUID, username: str) -> int:
    """Returns how many follow now. Not having followed is no error."""
    creator = _creator(session, username)
    removed = session.execute(
        delete(Follow)
        .where(col(Follow.user_id) == user_id, col(Follow.creator_id) == creator.id)
        .returning(col(Follow.user_id))
    ).all()
    return _count(session, creator, -len(removed))


def _creator(session: Session, username: str) -> CreatorProfile:
    creator = session.scalars(select(CreatorProfile).where(col(CreatorProfile.username) == username)).one_or_none()
    if creator is None:
        raise NotFound("There is no creator of that name.")
    return creator


def _count(session: Session, creator: CreatorProfile, change: int) -> int:
    """As the database has it: others may follow at the same time."""
    counted = session.scalar(
        update(CreatorProfile)
        .where(col(CreatorProfile.id) == creator.id)
        .values(follower_count=CreatorProfile.follower_count + change)
        .returning(col(CreatorProfile.follower_count))
        .execution_options(synchronize_session=False)
    )
    session.expire(creator)
    return counted or 0
