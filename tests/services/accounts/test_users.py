import pytest
from sqlmodel import Session, select

from overskill.errors import Conflict, InvalidInput
from overskill.models import AuditEvent, LoginSession, Membership, Role, User
from overskill.services.accounts import passwords
from overskill.services.accounts.sessions import Visitor, find_session, list_sessions
from overskill.services.accounts.users import change_name, change_password, sign_in, sign_up
from overskill.services.apps import own_team

PASSWORD = "correct horse battery"
HERE = Visitor(ip="203.0.113.7", user_agent="Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0")


def join(session: Session, *, email: str = "ada@example.com") -> str:
    return sign_up(session, name="Ada Lovelace", email=email, password=PASSWORD, visitor=HERE)


def test_signing_up_makes_a_user_with_a_team_of_their_own_and_signs_them_in(session: Session) -> None:
    user = find_session(session, join(session))
    assert user is not None
    assert (user.email, user.name, user.is_admin) == ("ada@example.com", "Ada Lovelace", False)
    membership = session.exec(select(Membership).where(Membership.user_id == user.id)).one()
    assert membership.role is Role.OWNER
    assert own_team(session, user.id) == membership.team_id


def test_nobody_signs_up_or_goes_on_under_the_name_of_the_staff(session: Session) -> None:
    """Names are in mails from this site: invitations, and licences that are handed on."""
    with pytest.raises(InvalidInput, match="staff"):
        sign_up(session, name="OverSkill Support", email="eve@example.com", password=PASSWORD, visitor=HERE)
    user = find_session(session, join(session))
    assert user is not None
    with pytest.raises(InvalidInput, match="staff"):
        change_name(session, user.id, name="0verSkill")


def test_nobody_signs_up_or_goes_on_under_a_web_address(session: Session) -> None:
    with pytest.raises(InvalidInput, match="no web address"):
        sign_up(session, name="Win at evil.com", email="eve@example.com", password=PASSWORD, visitor=HERE)
    user = find_session(session, join(session))
    assert user is not None
    with pytest.raises(InvalidInput, match="no web address"):
        change_name(session, user.id, name="https://evil")


def test_a_password_is_kept_as_an_argon2_hash_only(session: Session) -> None:
    join(session)
    stored = session.exec(select(User.password_hash)).one()
    assert stored is not None
    assert stored.startswith("$argon2id$")
    assert PASSWORD not in stored


def test_an_email_means_the_same_person_however_it_is_written(session: Session) -> None:
    join(session, email="Ada@Example.com")
    assert find_session(session, sign_in(session, email=" ADA@example.COM ", password=PASSWORD, visitor=HERE))
    with pytest.raises(Conflict, match="Sign in instead"):
        join(session, email="aDa@example.com")


def test_a_wrong_password_and_an_unknown_email_are_refused_with_the_same_words(session: Session) -> None:
    join(session)
    with pytest.raises(InvalidInput) as wrong:
        sign_in(session, email="ada@example.com", password="something else", visitor=HERE)
    with pytest.raises(InvalidInput) as unknown:
        sign_in(session, email="nobody@example.com", password="something else", visitor=HERE)
    assert wrong.value.message == unknown.value.message


def test_an_unknown_email_costs_a_password_check_too(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    checked = []
    argon2 = passwords._argon2()
    verify = argon2.verify
    monkeypatch.setattr(argon2, "verify", lambda *args: checked.append(args) or verify(*args))
    with pytest.raises(InvalidInput):
        sign_in(session, email="nobody@example.com", password=PASSWORD, visitor=HERE)
    assert len(checked) == 1


@pytest.mark.parametrize(
    ("password", "reason"),
    [("short", "10 characters"), ("x" * 201, "at most 200"), ("aaaaaaaaaaaa", "easy to guess")],
)
def test_a_poor_password_is_refused_with_the_reason(session: Session, password: str, reason: str) -> None:
    with pytest.raises(InvalidInput, match=reason) as refusal:
        sign_up(session, name="Ada", email="ada@example.com", password=password, visitor=HERE)
    assert refusal.value.field == "password"


@pytest.mark.parametrize("email", ["", "ada", "ada@", "@example.com", "a b@example.com", "ada@exa mple.com"])
def test_something_that_is_no_email_is_refused(session: Session, email: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        join(session, email=email)
    assert refusal.value.field == "email"


def test_without_a_name_the_email_gives_one(session: Session) -> None:
    token = sign_up(session, name="  ", email="grace@example.com", password=PASSWORD, visitor=HERE)
    user = find_session(session, token)
    assert user is not None
    assert user.name == "grace"


def test_a_name_is_changed_without_its_needless_spaces(session: Session) -> None:
    user = find_session(session, join(session))
    assert user is not None
    change_name(session, user.id, name=" Ada  King ")
    assert session.get_one(User, user.id).name == "Ada King"
    with pytest.raises(InvalidInput):
        change_name(session, user.id, name=" ")


def test_changing_the_password_needs_the_current_one_and_signs_other_browsers_out(session: Session) -> None:
    other = join(session)
    here = sign_in(session, email="ada@example.com", password=PASSWORD, visitor=HERE)
    user = find_session(session, here)
    assert user is not None
    with pytest.raises(InvalidInput, match="current password"):
        change_password(session, user.id, current="a guess", wanted="another long one", keep_session=user.session_id)
    change_password(session, user.id, current=PASSWORD, wanted="another long one", keep_session=user.session_id)
    assert find_session(session, here) is not None
    assert find_session(session, other) is None
    assert len(list_sessions(session, user.id, current=user.session_id)) == 1


def test_what_happens_to_an_account_is_written_into_the_audit_log(session: Session) -> None:
    join(session)
    session.flush()
    events = {event.action: event for event in session.exec(select(AuditEvent))}
    assert set(events) == {"user.create", "session.open"}
    assert events["session.open"].ip == HERE.ip
    assert session.exec(select(LoginSession.device)).one() == "Firefox on Linux"
