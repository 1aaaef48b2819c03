from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from sqlmodel import Session, select

from overskill.clients.jobs import FakeJobQueue
from overskill.clients.mail import FakeMail
from overskill.errors import InvalidInput, NotAllowed
from overskill.models import OneTimeToken, User
from overskill.models.base import utc_now
from overskill.services.accounts.owner import owner_sign_in_link, sign_in_owner
from overskill.services.accounts.reset import request_password_reset, reset_password, send_password_reset
from overskill.services.accounts.sessions import Visitor, find_session
from overskill.services.accounts.users import sign_in, sign_up
from overskill.services.apps import own_team

SITE = "http://localhost:3000"
HERE = Visitor()


def token_of(link: str) -> str:
    return parse_qs(urlsplit(link).query)["token"][0]


def test_the_first_owner_link_makes_an_admin_with_a_team(session: Session) -> None:
    link = owner_sign_in_link(session, site_url=SITE)
    assert link.startswith(f"{SITE}/auth/owner?token=")
    owner = find_session(session, sign_in_owner(session, token=token_of(link), visitor=HERE))
    assert owner is not None
    assert owner.is_admin
    assert own_team(session, owner.id)


def test_another_owner_link_is_for_the_same_owner(session: Session) -> None:
    owner_sign_in_link(session, site_url=SITE)
    owner_sign_in_link(session, site_url=SITE)
    assert len(session.exec(select(User)).all()) == 1


def test_an_owner_link_works_once(session: Session) -> None:
    token = token_of(owner_sign_in_link(session, site_url=SITE))
    sign_in_owner(session, token=token, visitor=HERE)
    with pytest.raises(NotAllowed, match="used already"):
        sign_in_owner(session, token=token, visitor=HERE)


def test_an_owner_link_works_for_a_day(session: Session) -> None:
    token = token_of(owner_sign_in_link(session, site_url=SITE))
    with time_machine.travel(utc_now() + timedelta(hours=25)), pytest.raises(NotAllowed):
        sign_in_owner(session, token=token, visitor=HERE)


def test_a_newer_link_replaces_an_older_one(session: Session) -> None:
    older = token_of(owner_sign_in_link(session, site_url=SITE))
    owner_sign_in_link(session, site_url=SITE)
    with pytest.raises(NotAllowed):
        sign_in_owner(session, token=older, visitor=HERE)


def test_only_the_hash_of_a_link_is_stored(session: Session) -> None:
    token = token_of(owner_sign_in_link(session, site_url=SITE))
    assert session.exec(select(OneTimeToken.token_hash)).one() != token


def test_a_reset_mail_lets_its_reader_choose_another_password(session: Session) -> None:
    before = sign_up(session, name="Ada", email="ada@example.com", password="correct horse battery", visitor=HERE)
    mail = FakeMail()
    send_password_reset(session, "ada@example.com", site_url=SITE, mail=mail)
    for action in session.info.pop("after_commit"):
        action()
    (message,) = mail.messages
    assert message.to == "ada@example.com"
    here = reset_password(session, token=token_of(message.link), password="another long one", visitor=HERE)
    assert find_session(session, here) is not None
    assert find_session(session, before) is None
    assert sign_in(session, email="ada@example.com", password="another long one", visitor=HERE)


def test_no_mail_goes_to_an_address_without_an_account(session: Session) -> None:
    send_password_reset(session, "nobody@example.com", site_url=SITE, mail=FakeMail())
    assert "after_commit" not in session.info


def test_asking_for_a_reset_looks_the_same_for_any_address(session: Session) -> None:
    queue = FakeJobQueue()
    request_password_reset(session, email="Nobody@Example.com", queue=queue)
    for action in session.info.pop("after_commit"):
        action()
    assert queue.enqueued == [("overskill.jobs.mail.send_password_reset", ("nobody@example.com",), "default")]


def test_an_owner_link_resets_no_password(session: Session) -> None:
    token = token_of(owner_sign_in_link(session, site_url=SITE))
    with pytest.raises(NotAllowed):
        reset_password(session, token=token, password="another long one", visitor=HERE)


def test_a_refused_password_leaves_the_reset_link_usable(session: Session) -> None:
    sign_up(session, name="Ada", email="ada@example.com", password="correct horse battery", visitor=HERE)
    mail = FakeMail()
    send_password_reset(session, "ada@example.com", site_url=SITE, mail=mail)
    for action in session.info.pop("after_commit"):
        action()
    token = token_of(mail.messages[0].link)
    with pytest.raises(InvalidInput), session.begin_nested():
        reset_password(session, token=token, password="short", visitor=HERE)
    assert reset_password(session, token=token, password="another long one", visitor=HERE)
