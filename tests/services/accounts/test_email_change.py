from uuid import UUID, uuid4

import pytest
from sqlmodel import Session, select

from overskill import db
from overskill.clients.jobs import FakeJobQueue
from overskill.clients.mail import FakeMail
from overskill.errors import Conflict, InvalidInput, NotAllowed
from overskill.models import AuditEvent, TokenPurpose, User
from overskill.services.accounts.email_change import change_email, send_email_notice
from overskill.services.accounts.links import issue_link, use_link
from overskill.services.accounts.owner import find_owner
from overskill.services.accounts.sessions import Visitor
from overskill.services.accounts.users import find_user, sign_in, sign_up

PASSWORD = "correct horse battery"
OLD, OTHER = "ada@example.com", "countess@example.com"


@pytest.fixture
def user_id(database: str) -> UUID:
    with db.transaction() as session:
        sign_up(session, name="Ada", email=OLD, password=PASSWORD, visitor=Visitor())
        return session.exec(select(User.id)).one()


def change(user_id: UUID, *, email: str = OTHER, current: str = PASSWORD) -> FakeJobQueue:
    """Change it in a transaction of its own; what was enqueued."""
    queue = FakeJobQueue()
    with db.transaction() as session:
        change_email(session, user_id, email=email, current=current, queue=queue)
    return queue


def test_with_another_email_one_signs_in_with_that(user_id: UUID) -> None:
    change(user_id, email=" Countess@Example.com")
    with db.transaction() as session:
        assert sign_in(session, email=OTHER, password=PASSWORD, visitor=Visitor())
        assert find_user(session, OLD) is None
        assert "user.email" in session.exec(select(AuditEvent.action)).all()


def test_the_address_before_is_told(user_id: UUID) -> None:
    ((job, arguments, _),) = change(user_id).enqueued
    assert (job, arguments) == ("overskill.jobs.mail.send_email_notice", (str(user_id), OLD))
    mail = FakeMail()
    with db.transaction() as session:
        send_email_notice(session, user_id, OLD, site_url="https://overskill.example", mail=mail)
    (message,) = mail.messages
    assert message.to == OLD
    assert OTHER in message.text
    assert "Tell whoever runs https://overskill.example" in message.text


def test_nobody_is_told_about_an_account_that_is_gone(session: Session) -> None:
    mail = FakeMail()
    send_email_notice(session, uuid4(), OLD, site_url="https://overskill.example", mail=mail)
    assert not mail.messages


def test_a_wrong_password_changes_nothing_and_tells_nobody(user_id: UUID) -> None:
    with pytest.raises(InvalidInput, match="current password") as refusal:
        change(user_id, current="a guess")
    assert refusal.value.field == "current"
    with db.transaction() as session:
        assert find_user(session, OLD) is not None


@pytest.mark.parametrize("email", ["ada@", "ADA@example.com "])
def test_what_is_no_other_email_is_refused(user_id: UUID, email: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        change(user_id, email=email)
    assert refusal.value.field == "email"


def test_an_email_of_somebody_else_is_refused(user_id: UUID) -> None:
    with db.transaction() as session:
        sign_up(session, name="Grace", email=OTHER, password=PASSWORD, visitor=Visitor())
    with pytest.raises(Conflict) as refusal:
        change(user_id)
    assert refusal.value.field == "email"


def test_a_reset_link_that_was_sent_to_the_address_before_stops_working(user_id: UUID) -> None:
    with db.transaction() as session:
        token = issue_link(session, user_id, TokenPurpose.PASSWORD_RESET)
    change(user_id)
    with db.transaction() as session, pytest.raises(NotAllowed):
        use_link(session, token, TokenPurpose.PASSWORD_RESET)


def test_an_owner_without_a_password_sets_their_first_real_email(database: str) -> None:
    with db.transaction() as session:
        owner_id = find_owner(session).id
    assert not change(owner_id, email=OLD, current="").enqueued
    with db.transaction() as session:
        assert session.get_one(User, owner_id).email == OLD
