from dataclasses import replace

import pytest
from reflex_base.utils import format as format_utils

from overskill import container, db
from overskill.config import Settings
from overskill.container import Container
from overskill.errors import InvalidInput, SignInRequired
from overskill.services.accounts.sessions import COOKIE, Visitor, end_session, open_session
from overskill.state.base import on_error
from overskill.state.session import SessionState
from overskill.state.settings import SettingsState
from tests.conftest import Tab
from tests.factories import make_user


def sign_in(tab: Tab, *, name: str = "Ada Lovelace") -> str:
    with db.transaction() as session:
        token = open_session(session, make_user(session, name=name).id, Visitor())
    tab.cookie = f"theme=dark; {COOKIE}={token}"
    return token


async def test_the_frame_shows_who_is_signed_in(tab: Tab) -> None:
    sign_in(tab)
    await tab.do(SessionState.load)
    assert tab.seen("name")[-1] == "Ada Lovelace"
    assert tab.seen("initials")[-1] == "AL"
    assert tab.seen("is_signed_in")[-1] is True


async def test_on_https_only_a_cookie_of_this_very_host_counts(
    tab: Tab, services: Container, settings: Settings
) -> None:
    public = settings.model_copy(update={"public_url": "https://overskill.example"})
    container.install(replace(services, settings=public))
    token = sign_in(tab)
    await tab.do(SessionState.load)
    assert True not in tab.seen("is_signed_in")
    tab.cookie = f"{COOKIE}=tossed; __Host-{COOKIE}={token}"
    await tab.do(SessionState.load)
    assert tab.seen("is_signed_in")[-1] is True


@pytest.mark.parametrize(("chosen", "can_sign_up"), [("open", True), ("closed", False)])
async def test_the_frame_offers_to_sign_up_where_that_is_open(
    tab: Tab, services: Container, settings: Settings, chosen: str, can_sign_up: bool
) -> None:
    container.install(replace(services, settings=settings.model_copy(update={"sign_up": chosen})))
    await tab.do(SessionState.load)
    assert tab.seen("can_sign_up")[-1] is can_sign_up


async def test_a_stranger_is_shown_no_name(tab: Tab) -> None:
    await tab.do(SessionState.load)
    assert tab.seen("is_loaded")[-1] is True
    assert True not in tab.seen("is_signed_in")


async def test_the_cookie_never_reaches_the_page(tab: Tab) -> None:
    token = sign_in(tab)
    await tab.do(SessionState.load)
    assert token not in format_utils.json_dumps(tab.deltas)


async def test_a_session_that_was_ended_elsewhere_is_refused_at_the_next_event(tab: Tab) -> None:
    token = sign_in(tab)
    await tab.do(SettingsState.load)
    with db.transaction() as session:
        end_session(session, token)
    with pytest.raises(SignInRequired):
        await tab.do(SettingsState.load)


async def test_the_sign_in_pages_send_on_whoever_is_signed_in(tab: Tab) -> None:
    sign_in(tab)
    await tab.do(SessionState.skip_if_signed_in)
    assert "/" in str(tab.events)


def test_an_expected_failure_is_shown_as_it_is() -> None:
    assert "That is too long." in str(on_error(InvalidInput("That is too long.")))


def test_a_stranger_is_sent_to_sign_in_and_back() -> None:
    assert "/sign-in?next=" in str(on_error(SignInRequired("You are signed out.")))


def test_a_bug_is_logged_and_its_details_stay_here() -> None:
    shown = str(on_error(RuntimeError("secret detail")))
    assert "secret detail" not in shown
    assert "went wrong" in shown
