"""A tab of somebody who has an app, for the states of the studio."""

from typing import Any

from sqlmodel import select

from overskill import db
from overskill.clients.edge import FakeEdge
from overskill.container import Container
from overskill.models import App, Deployment, DeploymentStatus
from overskill.services.accounts.sessions import COOKIE, Visitor, open_session
from overskill.state.editor import EditorState
from tests.conftest import Tab
from tests.factories import make_app, make_user
from tests.support_waiting import until

SLUG = "habits"
PATH = f"/studio/{SLUG}"


def join(tab: Tab, *, versions: int = 0) -> None:
    """Sign the tab in, as the owner of an app called Habits."""
    with db.transaction() as session:
        user = make_user(session)
        make_app(session, user, slug=SLUG, versions=versions)
        tab.cookie = f"{COOKIE}={open_session(session, user.id, Visitor())}"


def go_live(services: Container, *, is_edge_down: bool = False) -> None:
    """The one app there is, in production."""
    assert isinstance(services.edge, FakeEdge)
    with db.transaction() as session:
        app = session.exec(select(App)).one()
        facts = {"status": DeploymentStatus.DEPLOYED, "is_live": True, "edge_version": "v1", "url": "http://habits"}
        session.add(Deployment(app_id=app.id, user_id=app.creator_id, version=1, **facts))
    services.edge.is_down = is_edge_down


def join_as_stranger(tab: Tab) -> None:
    with db.transaction() as session:
        tab.cookie = f"{COOKIE}={open_session(session, make_user(session, name='Mallory').id, Visitor())}"


def kept(**view: str) -> dict[str, str]:
    """What the browser kept of its view of the editor."""
    return {f"{EditorState.get_full_name()}.{name}_rx_state_": value for name, value in view.items()}


async def open_editor(tab: Tab) -> None:
    """Load the editor and leave its watchers running, as a browser does."""
    await tab.fire(EditorState.load, path=PATH)
    await until(lambda: tab.seen("is_loaded")[-1:] == [True])


async def do(on: Tab, handler: Any, /, **payload: Any) -> None:
    await on.do(handler, path=PATH, **payload)
