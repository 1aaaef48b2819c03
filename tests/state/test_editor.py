import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from sqlmodel import select

from overskill import db
from overskill.clients.bundler import FakeBundler
from overskill.container import Container
from overskill.errors import Conflict, NotFound, OverskillError, SignInRequired, Unavailable
from overskill.models import App
from overskill.services.billing.credit_ledger import grant
from overskill.services.studio import rename
from overskill.state.chat import ChatState
from overskill.state.editor import EditorState
from tests.conftest import Tab
from tests.factories import versions_of
from tests.state.studio_tab import SLUG, do, join, join_as_stranger, open_editor
from tests.support_waiting import until


@pytest.fixture
def bundler(services: Container) -> FakeBundler:
    assert isinstance(services.bundler, FakeBundler)
    return services.bundler


def app() -> App:
    with db.transaction() as session:
        return session.exec(select(App)).one()


async def test_the_editor_opens_with_all_of_the_app(tab: Tab, services: Container) -> None:
    join(tab, versions=2)
    await open_editor(tab)
    assert "Habits" in tab.seen("name")
    assert tab.seen("title")[-1] == "Habits · OverSkill"
    assert tab.seen("version")[-1] == 2
    await until(lambda: tab.seen("preview_address")[-1:] == [services.settings.preview_address(app().preview_key)])


async def test_what_is_left_to_spend_is_read_again_when_a_turn_ends(
    tab: Tab, services: Container, work: Callable[[], int]
) -> None:
    join(tab, versions=1)
    await open_editor(tab)
    await do(tab, ChatState.send, text="add a due date")
    await until(lambda: tab.seen("is_running")[-1:] == [True])
    assert tab.seen("left") == ["100"]
    with db.transaction() as session:
        grant(session, app().team_id, 20_000, reason="bought meanwhile")
    await asyncio.to_thread(work)
    await until(lambda: tab.seen("left")[-1:] == ["120"])


async def test_somebody_elses_app_says_only_that_there_is_nothing(tab: Tab) -> None:
    join(tab)
    join_as_stranger(tab)
    await do(tab, EditorState.load)
    assert "no app at this address" in tab.seen("problem")[-1]
    assert tab.seen("name") == ["Mallory"]  # who looks, in the frame


async def test_a_visitor_is_sent_to_sign_in(tab: Tab) -> None:
    with pytest.raises(SignInRequired):
        await do(tab, EditorState.load)


async def test_without_the_bundler_the_page_works_and_the_preview_says_why(
    tab: Tab, bundler: FakeBundler, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> None:
        raise Unavailable("The preview server does not answer.")

    monkeypatch.setattr(bundler, "open", away)
    join(tab, versions=1)
    await open_editor(tab)
    await until(lambda: tab.seen("preview_problem")[-1:] == ["The preview server does not answer."])
    assert "Habits" in tab.seen("name")


async def test_a_lost_preview_is_opened_again(tab: Tab, bundler: FakeBundler) -> None:
    join(tab, versions=1)
    await open_editor(tab)
    bundler.close(app().preview_key)
    await do(tab, EditorState.open_preview_again)
    assert tab.seen("preview_opened") == [1]


async def test_what_another_tab_renames_is_renamed_here(tab: Tab, services: Container) -> None:
    join(tab)
    await open_editor(tab)
    with db.transaction() as session:
        rename(session, app().creator_id, SLUG, "Streaky", log=services.progress)
    await until(lambda: tab.seen("name")[-1] == "Streaky")


async def test_an_app_is_renamed_here(tab: Tab) -> None:
    join(tab)
    await open_editor(tab)
    await do(tab, EditorState.set_renaming, is_open=True)
    await do(tab, EditorState.rename, form={"name": "  Streaky  "})
    assert app().name == "Streaky"
    assert tab.seen("is_renaming")[-1] is False


async def test_an_unusable_name_leaves_the_question_open(tab: Tab) -> None:
    join(tab)
    await do(tab, EditorState.set_renaming, is_open=True)
    with pytest.raises(OverskillError):
        await do(tab, EditorState.rename, form={"name": " "})
    assert app().name == "Habits"


async def test_undo_goes_back_one_version_and_shows_it(tab: Tab, bundler: FakeBundler) -> None:
    join(tab, versions=2)
    await open_editor(tab)
    await do(tab, EditorState.undo)
    await until(lambda: tab.seen("version")[-1] == 3)
    assert tab.seen("origin") == [2, 1]
    with db.transaction() as session:
        assert versions_of(session, app())[0].note == "Back to version 1: Version 1"
    assert bundler.apps[app().preview_key]["src/App.tsx"] == "export const version = 1;\n"


async def test_there_is_nothing_to_undo_at_the_first_version(tab: Tab) -> None:
    join(tab, versions=1)
    with pytest.raises(Conflict):
        await do(tab, EditorState.undo)


async def test_any_version_can_be_restored(tab: Tab) -> None:
    join(tab, versions=3)
    await open_editor(tab)
    await do(tab, EditorState.restore, number=1)
    await until(lambda: tab.seen("version")[-1] == 4)
    await do(tab, EditorState.restore, number=4)  # what is put back of that is put back of the first
    await until(lambda: tab.seen("version")[-1] == 5)
    assert tab.seen("origin") == [3, 1]


async def test_a_version_that_is_not_there_can_not_be_restored(tab: Tab) -> None:
    join(tab, versions=1)
    with pytest.raises(NotFound):
        await do(tab, EditorState.restore, number=7)


@pytest.mark.parametrize(
    ("handler", "payload"),
    [
        (EditorState.undo, {}),
        (EditorState.restore, {"number": 1}),
        (EditorState.rename, {"form": {"name": "Mine"}}),
        (EditorState.refresh, {}),
    ],
)
async def test_a_stranger_can_neither_look_nor_change(tab: Tab, handler: Any, payload: dict[str, Any]) -> None:
    join(tab, versions=2)
    join_as_stranger(tab)
    with pytest.raises(NotFound):
        await do(tab, handler, **payload)
    assert (app().name, app().current_version) == ("Habits", 2)


async def test_a_tab_that_does_not_exist_opens_nothing(tab: Tab) -> None:
    join(tab)
    await do(tab, EditorState.show_tab, tab="secrets")
    assert tab.seen("tab") == []


async def test_looking_again_sends_nothing_when_nothing_changed(tab: Tab) -> None:
    join(tab, versions=1)
    await open_editor(tab)
    await until(lambda: tab.seen("preview_address") != [])
    before = -1
    while before < len(tab.deltas):  # until what the watchers began with has all been sent
        before = len(tab.deltas)
        await asyncio.sleep(0.1)
    await do(tab, EditorState.refresh)
    sent = [name for delta in tab.deltas[before:] for state in delta.values() for name in state]
    assert [name for name in sent if not name.startswith(("router", "is_hydrated"))] == []
