from typing import Any

import pytest

from overskill import db
from overskill.errors import LimitReached
from overskill.services.accounts.sessions import COOKIE, SignedIn, find_session
from overskill.state.editor import EditorState
from overskill.state.limits import LIMITS, limit
from overskill.state.publish import PublishState
from overskill.state.studio import StudioState
from tests.conftest import Tab
from tests.state.studio_tab import SLUG, do, join, open_editor
from tests.support_waiting import until


@pytest.fixture(autouse=True)
def _once(monkeypatch: pytest.MonkeyPatch) -> None:
    for action in LIMITS:
        monkeypatch.setitem(LIMITS, action, "1/hour")


def signed_in(tab: Tab) -> SignedIn:
    with db.transaction() as session:
        user = find_session(session, tab.cookie.removeprefix(f"{COOKIE}="))
    assert user is not None
    return user


@pytest.mark.parametrize(
    ("action", "handler", "payload"),
    [
        ("publish", PublishState.publish, {}),
        ("publish", PublishState.take_back, {}),
        ("copy", StudioState.duplicate, {"slug": SLUG}),
        ("rename", StudioState.rename, {"form": {"name": "Streaky"}}),
        ("rename", EditorState.rename, {"form": {"name": "Streaky"}}),
        ("go-back", EditorState.undo, {}),
        ("go-back", EditorState.restore, {"number": 1}),
    ],
)
async def test_what_makes_work_is_refused_when_it_is_asked_for_too_often(
    tab: Tab, action: Any, handler: Any, payload: dict[str, Any]
) -> None:
    join(tab, versions=2)
    await limit(signed_in(tab), action)
    with pytest.raises(LimitReached, match="too often"):
        await do(tab, handler, **payload)


async def test_a_preview_that_was_opened_too_often_says_so_in_its_place(tab: Tab) -> None:
    join(tab, versions=1)
    await limit(signed_in(tab), "open-preview")
    await open_editor(tab)
    await until(lambda: "too often" in "".join(tab.seen("preview_problem")))
