from collections.abc import Callable
from uuid import uuid4

import pytest

from overskill import db
from overskill.clients.mail import FakeMail
from overskill.container import Container
from overskill.errors import LimitReached, NotFound
from overskill.services.accounts.sessions import COOKIE, Visitor, find_session
from overskill.services.accounts.users import sign_in, sign_up
from overskill.state.settings import SettingsState
from tests.conftest import Tab
from tests.factories import make_user

PASSWORD = "correct horse battery"


def join(tab: Tab) -> None:
    with db.transaction() as session:
        token = sign_up(session, name="Ada", email="ada@example.com", password=PASSWORD, visitor=Visitor("203.0.113.7"))
    tab.cookie = f"{COOKIE}={token}"


def join_elsewhere() -> str:
    with db.transaction() as session:
        return sign_in(session, email="ada@example.com", password=PASSWORD, visitor=Visitor("198.51.100.2"))


async def test_settings_show_the_profile_and_the_browsers(tab: Tab) -> None:
    join(tab)
    join_elsewhere()
    await tab.do(SettingsState.load)
    assert tab.seen("email")[-1] == "ada@example.com"
    here, other = tab.seen("sessions")[-1]
    assert (here.is_current, here.where) == (True, "203.0.113.7 · active now")
    assert (other.is_current, other.where) == (False, "198.51.100.2 · just now")


async def test_a_saved_name_is_shown_at_once(tab: Tab) -> None:
    join(tab)
    await tab.do(SettingsState.save_name, form={"name": "Ada King"})
    assert tab.seen("name")[-1] == "Ada King"


async def test_a_changed_email_is_shown_at_once_and_the_old_address_is_told(
    tab: Tab, services: Container, work: Callable[[], int]
) -> None:
    join(tab)
    await tab.do(SettingsState.save_email, form={"email": "countess@example.com", "current": PASSWORD})
    assert tab.seen("email")[-1] == "countess@example.com"
    work()
    assert isinstance(services.mail, FakeMail)
    assert [message.to for message in services.mail.messages] == ["ada@example.com"]


@pytest.mark.parametrize(
    ("form", "place", "words"),
    [
        ({"email": "countess@example.com", "current": "a wild guess"}, "email.current", "current password"),
        ({"email": "countess@", "current": PASSWORD}, "email.email", "typos"),
        ({"email": "grace@example.com", "current": PASSWORD}, "email.email", "Another account"),
        ({}, "email.current", "current password"),
    ],
)
async def test_a_refused_email_says_why_beside_the_field(
    tab: Tab, form: dict[str, str], place: str, words: str
) -> None:
    join(tab)
    with db.transaction() as session:
        make_user(session, email="grace@example.com")
    await tab.do(SettingsState.save_email, form=form)
    assert tab.seen("refused")[-1] == place
    assert words in tab.seen("refusal")[-1]
    assert join_elsewhere()


async def test_an_email_is_changed_ten_times_an_hour_at_most(tab: Tab) -> None:
    join(tab)
    for _ in range(10):
        await tab.do(SettingsState.save_email, form={"email": "x@example.com", "current": "x" * 201})
    with pytest.raises(LimitReached):
        await tab.do(SettingsState.save_email, form={"email": "x@example.com", "current": PASSWORD})


@pytest.mark.parametrize(
    ("form", "place"),
    [
        ({"current": "a wild guess", "password": "another long one"}, "password.current"),
        ({"current": PASSWORD, "password": "short"}, "password.password"),
    ],
)
async def test_a_refused_password_says_so_beside_the_field_and_changes_nothing(
    tab: Tab, form: dict[str, str], place: str
) -> None:
    join(tab)
    await tab.do(SettingsState.save_password, form=form)
    assert tab.seen("refused")[-1] == place
    assert join_elsewhere()


async def test_what_was_refused_is_forgotten_at_the_next_visit(tab: Tab) -> None:
    join(tab)
    await tab.do(SettingsState.save_name, form={"name": " "})
    assert tab.seen("refused")[-1] == "profile.name"
    await tab.do(SettingsState.load)
    assert tab.seen("refused")[-1] == ""


async def test_another_browser_can_be_signed_out(tab: Tab) -> None:
    join(tab)
    other = join_elsewhere()
    await tab.do(SettingsState.load)
    await tab.do(SettingsState.revoke, session_id=tab.seen("sessions")[-1][1].id)
    assert len(tab.seen("sessions")[-1]) == 1
    with db.transaction() as session:
        assert find_session(session, other) is None


async def test_all_other_browsers_can_be_signed_out_at_once(tab: Tab) -> None:
    join(tab)
    join_elsewhere()
    join_elsewhere()
    await tab.do(SettingsState.revoke_others)
    assert len(tab.seen("sessions")[-1]) == 1
    assert not tab.errors


async def test_a_session_id_that_a_client_made_up_is_refused(tab: Tab) -> None:
    join(tab)
    for made_up in (str(uuid4()), "not an id"):
        with pytest.raises(NotFound):
            await tab.do(SettingsState.revoke, session_id=made_up)
