from overskill.container import Container
from overskill.services.notes import DRAFT_COOKIE, keep_note
from overskill.state.sign_in import SignInState
from tests.conftest import Tab


async def test_a_refused_form_shows_what_was_typed_and_where_it_is_wrong(tab: Tab, services: Container) -> None:
    note = keep_note(services.redis, "form", {"email": "ada@example.com", "error": "No.", "field": "email"})
    await tab.do(SignInState.load, path=f"/sign-up?note={note}&next=%2Fsettings")
    assert tab.seen("email")[-1] == "ada@example.com"
    assert (tab.seen("error")[-1], tab.seen("field")[-1]) == ("No.", "email")
    assert (tab.seen("next")[-1], tab.seen("onward")[-1]) == ("/settings", "?next=/settings")


async def test_the_prompt_that_waits_is_shown_shortened(tab: Tab, services: Container) -> None:
    tab.cookie = f"{DRAFT_COOKIE}={keep_note(services.redis, 'draft', {'prompt': 'a tracker ' * 30})}"
    await tab.do(SignInState.load, path="/sign-up")
    assert tab.seen("draft")[-1].endswith("…")
    assert len(tab.seen("draft")[-1]) == 140


async def test_a_reset_link_asks_for_another_password(tab: Tab) -> None:
    await tab.do(SignInState.load, path="/reset?token=abc")
    assert tab.seen("token")[-1] == "abc"
