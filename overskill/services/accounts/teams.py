"""The teams somebody is in, and what they may do there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from overskill.models import Membership, Role, Team, User

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


def teams_beside() -> sa.ScalarSelect[Any]:
    """A column for a query of users, for `teams_in`."""
    belongs = aliased(Membership)  # that query may well be of memberships, too
    told = sa.func.json_build_object("id", Team.id, "name", Team.name, "models", Team.models, "role", belongs.role)
    own_first = (col(belongs.role) == Role.OWNER).desc()
    listed = sa.func.json_agg(aggregate_order_by(told, own_first, col(belongs.created_at)))
    is_in = (col(belongs.team_id) == col(Team.id), col(belongs.user_id) == col(User.id))
    return sa.select(listed).where(*is_in).scalar_subquery()


def teams_in(column: Sequence[Mapping[str, Any]] | None) -> list[TeamView]:
    """As `teams_of`."""
    return [
        TeamView(UUID(row["id"]), row["name"], Role(row["role"]) in MAY_CHANGE, row["models"]) for row in column or ()
    ]
