"""Forgetting sign-ins and links that can't be used any more."""

from datetime import timedelta

from sqlalchemy import delete
from sqlmodel import Session, col

from overskill.models import LoginSession, OneTimeToken
from overskill.models.base import utc_now

KEPT_AFTER_EXPIRY = timedelta(days=30)  # so that "this link has expired" can be said for a while


def forget_expired(session: Session) -> None:
    before = utc_now() - KEPT_AFTER_EXPIRY
    for table in (LoginSession, OneTimeToken):
        session.exec(delete(table).where(col(table.expires_at) < before))
