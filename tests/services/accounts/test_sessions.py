from datetime import timedelta

import pytest
import time_machine
from sqlmodel import Session, select

from overskill.errors import NotFound
from overskill.models import LoginSession
from overskill.models.base import utc_now
from overskill.services.accounts.devices import describe_device
from overskill.services.accounts.sessions import (
    LIFETIME,
    Visitor,
    end_session,
    find_session,
    list_sessions,
    open_session,
    revoke_other_sessions,
    revoke_session,
)
from tests.factories import make_user

HERE = Visitor(ip="203.0.113.7")


def test_only_the_hash_of_the_cookie_is_stored(session: Session) -> None:
    token = open_session(session, make_user(session).id, HERE)
    stored = session.exec(select(LoginSession)).one()
    assert token not in (stored.token_hash, stored.device)
    assert len(stored.token_hash) == 64


def test_a_cookie_that_was_never_given_out_signs_nobody_in(session: Session) -> None:
    make_user(session)
    assert find_session(session, "made up") is None
    assert find_session(session, "") is None


def test_a_session_ends_a_month_after_it_was_last_used(session: Session) -> None:
    token = open_session(session, make_user(session).id, HERE)
    start = utc_now()
    with time_machine.travel(start + LIFETIME - timedelta(hours=1), tick=False):
        assert find_session(session, token) is not None
    with time_machine.travel(start + LIFETIME + timedelta(days=20), tick=False):
        assert find_session(session, token) is not None
    with time_machine.travel(start + 3 * LIFETIME, tick=False):
        assert find_session(session, token) is None


def test_a_revoked_session_signs_nobody_in(session: Session) -> None:
    user = make_user(session)
    token = open_session(session, user.id, HERE)
    signed_in = find_session(session, token)
    assert signed_in is not None
    revoke_session(session, user.id, signed_in.session_id)
    assert find_session(session, token) is None


def test_nobody_can_revoke_the_session_of_somebody_else(session: Session) -> None:
    token = open_session(session, make_user(session).id, HERE)
    signed_in = find_session(session, token)
    assert signed_in is not None
    with pytest.raises(NotFound):
        revoke_session(session, make_user(session).id, signed_in.session_id)
    assert find_session(session, token) is not None


def test_signing_out_twice_does_no_harm(session: Session) -> None:
    token = open_session(session, make_user(session).id, HERE)
    end_session(session, token)
    end_session(session, token)
    assert find_session(session, token) is None


def test_the_list_shows_this_browser_first_and_no_ended_ones(session: Session) -> None:
    user = make_user(session)
    here, other, ended = (open_session(session, user.id, HERE) for _ in range(3))
    end_session(session, ended)
    current = find_session(session, here)
    assert current is not None
    views = list_sessions(session, user.id, current=current.session_id)
    assert [view.is_current for view in views] == [True, False]
    revoke_other_sessions(session, user.id, keep=current.session_id)
    assert find_session(session, other) is None
    assert find_session(session, here) is not None


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/150.0 Safari/537.36",
            "Chrome on Windows",
        ),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/150.0 Safari/537.36 Edg/150.0", "Edge on Windows"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/26.0 Safari/605.1.15", "Safari on Mac"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 26_0 like Mac OS X) Version/26.0 Safari/604.1", "Safari on iPhone"),
        ("Mozilla/5.0 (Linux; Android 16) Chrome/150.0 Mobile Safari/537.36", "Chrome on Android"),
        ("curl/8.14", "Unknown device"),
    ],
)
def test_a_browser_is_named_in_words_people_know(user_agent: str, words: str) -> None:
    assert describe_device(user_agent) == words
