from datetime import timedelta

from sqlmodel import Session, select

from overskill.models import LoginSession
from overskill.models.base import utc_now
from overskill.services.accounts.expiry import KEPT_AFTER_EXPIRY, forget_expired
from tests.factories import make_user


def test_sign_ins_are_forgotten_a_while_after_they_expired(session: Session) -> None:
    user = make_user(session)
    now = utc_now()
    ends = {"long ago": now - KEPT_AFTER_EXPIRY - timedelta(days=1), "lately": now - timedelta(days=1), "later": now}
    for name, expires_at in ends.items():
        session.add(
            LoginSession(user_id=user.id, token_hash=name, device="", ip="", last_seen_at=now, expires_at=expires_at)
        )
    session.flush()
    forget_expired(session)
    assert set(session.exec(select(LoginSession.token_hash))) == {"lately", "later"}
