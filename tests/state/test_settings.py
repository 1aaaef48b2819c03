from uuid import uuid4

import pytest

from overskill import db
from overskill.errors import InvalidInput, NotFound
from overskill.models import User
from overskill.services.accounts.sessions import COOKIE, Visitor, find_session
from overskill.services.accounts.users import sign_in, sign_up
from overskill.state.settings import SettingsState
from tests.conftest import Tab

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


async def test_a_saved_profile_is_shown_at_once(tab: Tab) -> None:
    join(tab)
    await tab.do(SettingsState.save_profile, form={"name": "Ada King", "email": "countess@example.com"})
    assert tab.seen("name")[-1] == "Ada King"
    with db.transaction() as session:
        assert session.exec(User.__table__.select()).one().email == "countess@example.com"  # type: ignore[attr-defined]


async def test_a_wrong_current_password_changes_nothing(tab: Tab) -> None:
    join(tab)
    with pytest.raises(InvalidInput):
        await tab.do(SettingsState.save_password, form={"current": "a wild guess", "password": "another long one"})
    assert join_elsewhere()


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
