"""Whose models these are: everybody of a team sees its lists, its owners and admins change them."""

from uuid import UUID

from sqlmodel import Session, col, select

from overskill.errors import NotAllowed, NotFound
from overskill.models import Membership, Role, Team
from overskill.services.accounts.teams import MAY_CHANGE


def team_to_change(session: Session, team_id: UUID, user_id: UUID) -> Team:
    """The team, locked until the transaction ends."""
    found = session.exec(
        select(Team, Membership.role)
        .join(Membership, col(Membership.team_id) == col(Team.id))
        .where(Team.id == team_id, Membership.user_id == user_id)
    ).first()
    if found is None:
        raise NotFound("There is no such team, or you are not in it.")
    team, role = found
    if Role(role) not in MAY_CHANGE:
        raise NotAllowed("Only owners and admins of the team choose its models and keys. Ask one of them.")
    session.refresh(team, with_for_update=True)
    return team
