from typing import Any

import pytest

from overskill.errors import InvalidInput, NotFound
from overskill.state.chat import ChatState
from overskill.state.editor import EditorState
from overskill.state.publish import PublishState
from overskill.state.studio import StudioState
from tests.conftest import Tab
from tests.state.studio_tab import do, join, open_editor


@pytest.mark.parametrize(
    ("handler", "payload"),
    [
        (ChatState.stop, {"turn_id": 7}),
        (ChatState.stop, {}),
        (ChatState.fix, {"report": "Hello", "number": 1}),
        (EditorState.show_tab, {"tab": "co\x00de"}),
        (EditorState.show_tab, {"tab": "co\ud800de"}),
        (EditorState.rename, {"form": ["name"]}),
        (EditorState.rename, {"form": {"name": {}}}),
        (EditorState.restore, {"number": "1"}),
        (EditorState.restore, {"number": 2**40}),
        (EditorState.set_renaming, {"is_open": "yes"}),
        (EditorState.setvar, {"var_name": "name", "value": "Mine"}),
        (PublishState.choose_gallery, {"is_shown": None}),
        (StudioState.search, {"query": 5}),
    ],
)
async def test_a_call_that_no_page_makes_is_refused_in_words(tab: Tab, handler: Any, payload: dict[str, Any]) -> None:
    join(tab, versions=1)
    with pytest.raises(InvalidInput, match="can't be read"):
        await do(tab, handler, **payload)


async def test_an_id_that_cannot_be_one_is_not_found(tab: Tab) -> None:
    join(tab)
    with pytest.raises(NotFound):
        await do(tab, ChatState.stop, turn_id="not-an-id")


async def test_a_list_of_apps_that_does_not_exist_is_not_found(tab: Tab) -> None:
    join(tab)
    with pytest.raises(NotFound):
        await do(tab, StudioState.show, status="secret")


async def test_what_pages_send_arrives(tab: Tab) -> None:
    join(tab, versions=1)
    await open_editor(tab)
    await do(tab, EditorState.set_renaming, is_open=True)
    await do(tab, StudioState.close_dialogs)
    assert tab.seen("is_renaming")[-1] is True
    await do(tab, EditorState.rename, form={"name": "Ada’s habits 🌿"})
    assert tab.seen("is_renaming")[-1] is False
