"""The owner of the instance: signs in by a link that the command line prints."""

from sqlmodel import Session, col, select

from overskill.models import TokenPurpose, User
from overskill.services.accounts.links import issue_link, use_link
from overskill.services.accounts.sessions import Visitor, open_session
from overskill.services.accounts.users import create_user

OWNER_EMAIL = "owner@localhost"  # until they set theirs


def find_owner(session: Session) -> User:
    """The first admin; made, with a team, when there is none yet."""
    owner = session.exec(select(User).where(col(User.is_admin)).order_by(col(User.created_at))).first()
    return owner or create_user(session, name="Owner", email=OWNER_EMAIL, is_admin=True)


def owner_sign_in_link(session: Session, *, site_url: str) -> str:
    """A link that signs the owner in, once, within 24 hours."""
    token = issue_link(session, find_owner(session).id, TokenPurpose.OWNER_SIGN_IN)
    return f"{site_url}/auth/owner?token={token}"


def sign_in_owner(session: Session, *, token: str, visitor: Visitor) -> str:
    """Use the link. Returns the session's token."""
    owner = use_link(session, token, TokenPurpose.OWNER_SIGN_IN)
    return open_session(session, owner.id, visitor)
