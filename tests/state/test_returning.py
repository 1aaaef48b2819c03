from typing import Any

import pytest
from reflex.state import State
from reflex_base.event import Event
from sqlmodel import select

from overskill import db
from overskill.container import Container
from overskill.models import App
from overskill.state.editor import EditorState
from overskill.state.explore import ExploreState
from overskill.state.returning import Returning
from overskill.state.session import SessionState
from tests.conftest import Tab
from tests.state.studio_tab import PATH, join, kept


class Site:
    """The site, as far as a tab that connects asks for it."""

    def get_load_events(self, path: str) -> list[Any]:
        return {PATH: [SessionState.load, EditorState.load], "/explore": [SessionState.load, ExploreState.load]}[path]


async def connect(tab: Tab, path: str = PATH, **payload: Any) -> EditorState:
    """What a process that does not know the tab tells it first."""
    root = State(_reflex_internal_init=True)  # type: ignore[call-arg]
    router = {"pathname": path, "asPath": path, "query": {}, "headers": {"cookie": tab.cookie}}
    root.router_data = root._update_router_vars(router, {})
    event = Event(name="reflex___state____state.hydrate_and_load", payload=payload)
    await Returning().preprocess(Site(), root, event)  # type: ignore[arg-type]
    return await root.get_state(EditorState)


def app() -> App:
    with db.transaction() as session:
        return session.exec(select(App)).one()


async def test_a_tab_that_comes_back_is_told_what_is_true_at_once(tab: Tab, services: Container) -> None:
    join(tab, versions=2)
    editor = await connect(tab, vars=kept(tab="code", phone_pane="second", tab_of=str(app().id)))
    assert (editor.is_loaded, editor.name, editor.version) == (True, "Habits", 2)
    assert (editor.tab, editor.phone_pane) == ("code", "second")
    assert editor.preview_address == services.settings.preview_address(app().preview_key)


@pytest.mark.parametrize("view", [{"tab": "code", "tab_of": "another app"}, {"tab": "secrets"}, {}], ids=str)
async def test_a_view_that_is_not_of_this_app_is_the_first(tab: Tab, view: dict[str, str]) -> None:
    join(tab)
    assert (await connect(tab, vars=kept(**view))).tab == "preview"


async def test_a_page_that_was_just_loaded_is_told_as_usual(tab: Tab) -> None:
    join(tab)
    assert not (await connect(tab, hashes=["a1"])).is_loaded


async def test_a_page_that_shows_its_frame_first_comes_back_too(tab: Tab) -> None:
    join(tab)
    explore = await (await connect(tab, "/explore")).get_state(ExploreState)
    assert (explore.is_loaded, explore.is_searching) == (True, False)


async def test_a_tab_of_somebody_who_is_signed_out_comes_back_empty(tab: Tab) -> None:
    join(tab)
    tab.cookie = ""
    assert not (await connect(tab)).is_loaded
