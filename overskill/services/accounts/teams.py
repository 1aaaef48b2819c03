"""The teams somebody is in, and what they may do there."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session, col, select

from overskill.models import Membership, Role, Team

MAY_CHANGE = frozenset({Role.OWNER, Role.ADMIN})  # a team's models, keys and budget


@dataclass(frozen=True, slots=True)
class TeamView:
    id: UUID
    name: str
    may_change: bool
    models: Mapping[str, list[str]]  # role -> models, the first tried first


def teams_of(session: Session, user_id: UUID) -> list[TeamView]:
    """The user's teams, their own first."""
    rows = session.exec(
        select(Team.id, Team.name, Team.models, Membership.role)
        .join(Membership, col(Membership.team_id) == col(Team.id))
        .where(Membership.user_id == user_id)
        .order_by((col(Membership.role) == Role.OWNER).desc(), col(Membership.created_at))
    ).all()
    return [TeamView(team_id, name, Role(role) in MAY_CHANGE, models) for team_id, name, models, role in rows]
