"""Links that work once: the owner's sign-in, a password reset."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import update
from sqlmodel import Session, col, select

from overskill.errors import NotAllowed
from overskill.models import OneTimeToken, TokenPurpose, User, utc_now
from overskill.services.accounts.tokens import hash_token, make_token

LIFETIMES = {TokenPurpose.OWNER_SIGN_IN: timedelta(hours=24), TokenPurpose.PASSWORD_RESET: timedelta(hours=1)}


def issue_link(session: Session, user_id: UUID, purpose: TokenPurpose) -> str:
    """The token for a link. Earlier links for the same purpose stop working."""
    cancel_links(session, user_id, purpose)
    token = make_token()
    expires_at = utc_now() + LIFETIMES[purpose]
    session.add(OneTimeToken(user_id=user_id, purpose=purpose, token_hash=hash_token(token), expires_at=expires_at))
    return token


def cancel_links(session: Session, user_id: UUID, purpose: TokenPurpose) -> None:
    """Links for this purpose that were not used yet stop working."""
    unused = update(OneTimeToken).where(
        col(OneTimeToken.user_id) == user_id,
        col(OneTimeToken.purpose) == purpose,
        col(OneTimeToken.used_at).is_(None),
    )
    session.exec(unused.values(used_at=utc_now()))


def use_link(session: Session, token: str, purpose: TokenPurpose) -> User:
    """Whose link this is; from now on it does not work any more. Raises NotAllowed."""
    now = utc_now()
    query = (
        select(OneTimeToken)
        .where(
            OneTimeToken.token_hash == hash_token(token),
            OneTimeToken.purpose == purpose,
            col(OneTimeToken.used_at).is_(None),
            OneTimeToken.expires_at > now,
        )
        .with_for_update()
    )
    link = session.exec(query).first()
    user = session.get(User, link.user_id) if link else None
    if link is None or user is None:
        raise NotAllowed("This link was used already, or is too old. Ask for another one.")
    link.used_at = now
    session.add(link)
    return user
