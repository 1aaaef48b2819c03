"""Who is in a team, and what they may do there. A team has one owner, who can't be removed."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session, col, select

from overskill.errors import InvalidInput, NotAllowed, NotFound
from overskill.models import Membership, Role, Team, User
from overskill.services.accounts.audit import record
from overskill.services.accounts.teams import MAY_CHANGE

ASSIGNABLE = (Role.ADMIN, Role.EDITOR, Role.VIEWER)
_NO_TEAM = "There is no such team, or you are not in it."
_NO_MEMBER = "That person is not in the team any more. Reload the page."


@dataclass(frozen=True, slots=True)
class MemberView:
    user_id: UUID
    name: str
    email: str
    role: Role
    is_me: bool


def team_to_read(session: Session, user_id: UUID, team_id: UUID) -> tuple[Team, Role]:
    """The team, and what this user may do there. Raises NotFound: what teams there are is nobody else's business."""
    found = session.exec(
        select(Team, Membership.role)
        .join(Membership, col(Membership.team_id) == col(Team.id))
        .where(Team.id == team_id, Membership.user_id == user_id)
    ).first()
    if found is None:
        raise NotFound(_NO_TEAM)
    return found[0], Role(found[1])


def team_of_people_to_change(session: Session, user_id: UUID, team_id: UUID) -> Team:
    """As `team_to_read`, for who decides who is in it. Raises NotAllowed for editors and viewers."""
    team, role = team_to_read(session, user_id, team_id)
    if role not in MAY_CHANGE:
        raise NotAllowed("Only the team's owner and its admins decide who is in it. Ask one of them.")
    return team


def list_members(session: Session, user_id: UUID, team_id: UUID) -> Sequence[MemberView]:
    """In the order in which they came. Raises NotFound."""
    team_to_read(session, user_id, team_id)
    rows = session.exec(
        select(User.id, User.name, User.email, Membership.role)
        .join(Membership, col(Membership.user_id) == col(User.id))
        .where(Membership.team_id == team_id)
        .order_by(col(Membership.created_at))
    ).all()
    return [MemberView(who, name, email, Role(role), who == user_id) for who, name, email, role in rows]


def change_role(session: Session, user_id: UUID, team_id: UUID, member_id: UUID, role: str) -> None:
    """Raises NotAllowed, NotFound, or InvalidInput for a role that can't be given."""
    team_of_people_to_change(session, user_id, team_id)
    membership = _membership(session, team_id, member_id)
    if membership.role is Role.OWNER:
        raise NotAllowed("The owner of a team stays its owner.")
    membership.role = assignable(role)
    session.add(membership)
    record(session, "team.role", user_id, subject=f"user:{member_id}")


def remove_member(session: Session, user_id: UUID, team_id: UUID, member_id: UUID) -> None:
    """Take somebody out of the team, or leave it oneself. Raises NotAllowed or NotFound."""
    team_to_read(session, user_id, team_id)
    if member_id != user_id:
        team_of_people_to_change(session, user_id, team_id)
    membership = _membership(session, team_id, member_id)
    if membership.role is Role.OWNER:
        raise NotAllowed("The owner can't leave the team: its apps would belong to nobody.")
    session.delete(membership)
    record(session, "team.remove", user_id, subject=f"user:{member_id}")


def assignable(role: str) -> Role:
    """Raises InvalidInput."""
    if role not in ASSIGNABLE:
        raise InvalidInput("Choose whether they are an admin, an editor or a viewer.", field="role")
    return Role(role)


def _membership(session: Session, team_id: UUID, member_id: UUID) -> Membership:
    found = session.exec(
        select(Membership).where(Membership.team_id == team_id, Membership.user_id == member_id).with_for_update()
    ).first()
    if found is None:
        raise NotFound(_NO_MEMBER)
    return found
