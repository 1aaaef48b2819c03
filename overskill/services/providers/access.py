"""Whose models these are: everybody of a team sees its lists, its owners and admins change them."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session, col, select

from overskill.errors import NotAllowed, NotFound
from overskill.models import Membership, Role, Team

_MAY_CHANGE = frozenset({Role.OWNER, Role.ADMIN})


@dataclass(frozen=True, slots=True)
class TeamView:
    id: UUID
    name: str
    may_change: bool


def teams_of(session: Session, user_id: UUID) -> Sequence[TeamView]:
    """One's own team first."""
    rows = session.exec(
        select(Team.id, Team.name, Membership.role)
        .join(Membership, col(Membership.team_id) == col(Team.id))
        .where(Membership.user_id == user_id)
        .order_by(col(Membership.role) != Role.OWNER, col(Membership.created_at))
    ).all()
    return [TeamView(team_id, name, Role(role) in _MAY_CHANGE) for team_id, name, role in rows]


def team_to_read(session: Session, team_id: UUID, user_id: UUID) -> Team:
    return _team_and_role(session, team_id, user_id)[0]


def team_to_change(session: Session, team_id: UUID, user_id: UUID) -> Team:
    """The team, locked until the transaction ends."""
    team, role = _team_and_role(session, team_id, user_id)
    if role not in _MAY_CHANGE:
        raise NotAllowed("Only owners and admins of the team choose its models and keys. Ask one of them.")
    session.refresh(team, with_for_update=True)
    return team


def _team_and_role(session: Session, team_id: UUID, user_id: UUID) -> tuple[Team, Role]:
    found = session.exec(
        select(Team, Membership.role)
        .join(Membership, col(Membership.team_id) == col(Team.id))
        .where(Team.id == team_id, Membership.user_id == user_id)
    ).first()
    if found is None:
        raise NotFound("There is no such team, or you are not in it.")
    return found[0], Role(found[1])
