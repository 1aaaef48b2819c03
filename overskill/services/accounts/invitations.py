"""Inviting people to a team: a link by mail that works once, for a week.

Whoever has the link may use it, with whatever account they sign in: addresses are not confirmed here, so comparing them
would prove nothing. What came of a link is shown to the team, and one that was not used can be taken back.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Session, col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from overskill.clients.jobs import JobQueue
from overskill.clients.mail import Mail, Message
from overskill.db import after_commit
from overskill.errors import Conflict, LimitReached, NotAllowed, NotFound
from overskill.models import Invitation, Membership, Role, Team, User
from overskill.models.base import utc_now
from overskill.services.accounts.audit import record
from overskill.services.accounts.members import assignable, team_of_people_to_change
from overskill.services.accounts.tokens import hash_token, make_token
from overskill.services.accounts.users import clean_email
from overskill.services.addresses_in_names import unlinked

LIFETIME = timedelta(days=7)
MOST_OPEN = 50  # of one team
INVITATION_JOB = "overskill.jobs.mail.send_invitation"
_ROLE_WORDS = {Role.ADMIN: "an admin", Role.EDITOR: "an editor", Role.VIEWER: "a viewer"}
_SPENT = "This invitation was used already, taken back, or is too old. Ask for another one."


@dataclass(frozen=True, slots=True)
class InvitationView:
    id: UUID
    email: str
    role: Role
    inviter: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Offer:
    """What somebody who follows a link is asked."""

    team: str
    inviter: str
    role_words: str  # "an editor"


def invite(session: Session, user_id: UUID, team_id: UUID, *, email: str, role: str, queue: JobQueue) -> str:
    """Invite somebody and mail the link. Returns its token, to be passed on where no mail is sent.

    Raises NotAllowed, InvalidInput, Conflict for who is in the team already, LimitReached.
    """
    team = team_of_people_to_change(session, user_id, team_id)
    session.refresh(team, with_for_update=True)
    address, wanted = clean_email(email), assignable(role)
    _check_new(session, team_id, address)
    token = make_token()
    row = Invitation(
        team_id=team_id,
        inviter_id=user_id,
        email=address,
        role=wanted,
        token_hash=hash_token(token),
        expires_at=utc_now() + LIFETIME,
    )
    session.add(row)
    record(session, "team.invite", user_id, subject=f"team:{team_id}")
    after_commit(session, lambda: queue.enqueue(INVITATION_JOB, str(row.id), token))
    return token


def _check_new(session: Session, team_id: UUID, address: str) -> None:
    """An earlier invitation of the same address is replaced."""
    member = session.exec(
        select(User.id)
        .join(Membership, col(Membership.user_id) == col(User.id))
        .where(Membership.team_id == team_id, User.email == address)
    ).first()
    if member is not None:
        raise Conflict("This person is in the team already.")
    for earlier in session.exec(_open(team_id).where(Invitation.email == address)).all():
        earlier.revoked_at = utc_now()
        session.add(earlier)
    if session.exec(select(func.count()).select_from(_open(team_id).subquery())).one() >= MOST_OPEN:
        raise LimitReached(f"{MOST_OPEN} invitations are open. Take back some that nobody uses.")


def _open(team_id: UUID) -> SelectOfScalar[Invitation]:
    return select(Invitation).where(
        Invitation.team_id == team_id,
        col(Invitation.accepted_at).is_(None),
        col(Invitation.revoked_at).is_(None),
        Invitation.expires_at > utc_now(),
    )


def list_invitations(session: Session, user_id: UUID, team_id: UUID) -> Sequence[InvitationView]:
    """Those that nobody used yet, the newest first. Raises NotAllowed."""
    team_of_people_to_change(session, user_id, team_id)
    rows = session.execute(
        _open(team_id)
        .add_columns(col(User.name))
        .join(User, col(User.id) == col(Invitation.inviter_id))
        .order_by(col(Invitation.created_at).desc())
    )
    return [InvitationView(row.id, row.email, row.role, inviter, row.expires_at) for row, inviter in rows]


def take_back(session: Session, user_id: UUID, team_id: UUID, invitation_id: UUID) -> None:
    """The link stops working. Raises NotAllowed, or NotFound when it was used meanwhile."""
    team_of_people_to_change(session, user_id, team_id)
    row = session.exec(_open(team_id).where(Invitation.id == invitation_id).with_for_update()).first()
    if row is None:
        raise NotFound("That invitation is not open any more. Reload the page.")
    row.revoked_at = utc_now()
    session.add(row)


def read_offer(session: Session, token: str) -> Offer:
    """Raises NotAllowed for a link that does not work any more."""
    row = _offered(session, token)
    inviter = session.get_one(User, row.inviter_id).name
    return Offer(session.get_one(Team, row.team_id).name, inviter, _ROLE_WORDS[row.role])


def accept(session: Session, user_id: UUID, token: str) -> None:
    """Join the team. Raises NotAllowed for a link that does not work, Conflict for who is in the team already."""
    row = _offered(session, token, locked=True)
    member = select(Membership.id).where(Membership.team_id == row.team_id, Membership.user_id == user_id)
    if session.exec(member).first() is not None:
        raise Conflict("You are in this team already.")
    row.accepted_at = utc_now()
    session.add(row)
    session.add(Membership(team_id=row.team_id, user_id=user_id, role=row.role))
    record(session, "team.join", user_id, subject=f"team:{row.team_id}")


def _offered(session: Session, token: str, *, locked: bool = False) -> Invitation:
    query = select(Invitation).where(Invitation.token_hash == hash_token(token))
    row = session.exec(query.with_for_update() if locked else query).first()
    if row is None or row.accepted_at or row.revoked_at or row.expires_at <= utc_now():
        raise NotAllowed(_SPENT)
    return row


def send_invitation(session: Session, invitation_id: UUID, token: str, *, site_url: str, mail: Mail) -> None:
    """Mail the link, unless it was taken back meanwhile."""
    row = session.get(Invitation, invitation_id)
    if row is None or row.revoked_at or row.accepted_at:
        return
    inviter = unlinked(session.get_one(User, row.inviter_id).name)
    team = unlinked(session.get_one(Team, row.team_id).name)
    message = Message(
        to=row.email,
        subject=f"{inviter} invites you to build apps together",
        paragraphs=(
            "Hello,",
            f"{inviter} invites you to the team “{team}” on OverSkill, as {_ROLE_WORDS[row.role]}.",
            f"The link below works once, for {LIFETIME.days} days.",
        ),
        button="Join the team",
        link=f"{site_url}/join?token={token}",
        closing="If you don't know who that is, do nothing.",
    )
    after_commit(session, lambda: mail.send(message))
