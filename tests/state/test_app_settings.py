"""The settings of an app in a tab: saved, refused at the field, and never without the right to."""

import json
from typing import Any

import pytest
from pydantic import SecretStr
from sqlmodel import select

from overskill.clients.bundler import FakeBundler
from overskill.clients.packages import FakePackageSizes
from overskill.config import Settings
from overskill.container import Container
from overskill.db import transaction
from overskill.errors import NotFound
from overskill.models import App, AppStatus, DeploymentEnvironment, EnvVar
from overskill.services.apps.env_vars import public_variables
from overskill.state.app_settings import AppSettingsState
from overskill.state.editor import EditorState
from tests.conftest import Tab
from tests.state.studio_tab import PATH, do, go_live, join, join_as_stranger, open_editor
from tests.support_waiting import until


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"secret_key": SecretStr("a secret of this test, which is long enough")})


def app() -> App:
    with transaction() as session:
        found = session.exec(select(App)).one()
        session.expunge(found)
        return found


async def test_the_tab_is_read_when_it_is_opened(tab: Tab, services: Container) -> None:
    assert isinstance(services.packages, FakePackageSizes)
    services.packages.known["react"] = 60_000
    join(tab, versions=1)
    await do(tab, EditorState.show_tab, tab="settings")
    assert tab.seen("slug")[-1] == "habits"
    assert tab.seen("may_change")[-1] is True
    react = next(row for row in tab.seen("packages")[-1] if row.name == "react")
    assert (react.licence, react.size, react.used_by) == ("MIT", "59 KB", "")


async def test_without_the_bundler_only_the_sizes_are_missing(tab: Tab, services: Container) -> None:
    assert isinstance(services.packages, FakePackageSizes)
    services.packages.is_down = True
    join(tab, versions=1)
    await do(tab, AppSettingsState.load)
    assert {row.size for row in tab.seen("packages")[-1]} == {""}


async def test_another_address_leads_to_the_editor_there(tab: Tab) -> None:
    join(tab, versions=1)
    await do(tab, AppSettingsState.save_general, form={"name": "Habits!", "slug": "my-habits", "description": "Mine"})
    assert (app().name, app().slug, app().description) == ("Habits!", "my-habits", "Mine")
    assert "/studio/my-habits" in str(tab.events)


async def test_what_is_refused_is_said_at_its_field_and_nothing_is_saved(tab: Tab) -> None:
    join(tab, versions=1)
    await do(tab, AppSettingsState.save_general, form={"name": "Other", "slug": "admin", "description": ""})
    assert tab.seen("refused")[-1] == "general.slug"
    assert app().name == "Habits"


async def test_a_public_variable_is_shown_and_the_preview_gets_it(tab: Tab, services: Container) -> None:
    join(tab, versions=1)
    assert isinstance(services.bundler, FakeBundler)
    services.bundler.open(app().preview_key, {})
    await do(tab, AppSettingsState.set_variable, form={"name": "VITE_URL", "value": "https://x.test"})
    assert [(row.name, row.value) for row in tab.seen("variables")[-1]] == [("VITE_URL", "https://x.test")]
    assert services.bundler.apps[app().preview_key] == {".env": 'VITE_URL="https://x.test"\n'}


async def test_a_secret_never_reaches_the_tab(tab: Tab) -> None:
    join(tab, versions=1)
    await do(tab, AppSettingsState.set_variable, form={"name": "API_KEY", "value": "s3cret"})
    assert [(row.name, row.value) for row in tab.seen("variables")[-1]] == [("API_KEY", "")]
    assert "s3cret" not in json.dumps(tab.deltas, default=repr)


async def test_a_whole_file_is_pasted_into_the_environment_that_is_open(tab: Tab, services: Container) -> None:
    join(tab, versions=1)
    await do(tab, AppSettingsState.choose_environment, environment="production")
    await do(tab, AppSettingsState.paste, form={"pasted": "VITE_A=1\nB=2"})
    with transaction() as session:
        found = public_variables(session, app().id, DeploymentEnvironment.PRODUCTION, settings=services.settings)
    assert found == {"VITE_A": "1"}
    await do(tab, AppSettingsState.paste, form={"pasted": "nonsense"})
    assert tab.seen("refused")[-1] == "paste.pasted"


async def test_an_app_is_deleted_only_with_its_name_typed(tab: Tab) -> None:
    join(tab, versions=1)
    await do(tab, AppSettingsState.load)
    await do(tab, AppSettingsState.delete, form={"confirmed": "habits"})
    assert tab.seen("refused")[-1] == "delete.confirmed"
    assert app().status is AppStatus.ACTIVE
    await do(tab, AppSettingsState.delete, form={"confirmed": "Habits"})
    assert app().status is AppStatus.DELETED


async def test_an_app_is_taken_offline(tab: Tab, services: Container) -> None:
    join(tab, versions=1)
    go_live(services)
    await do(tab, AppSettingsState.load)
    await do(tab, AppSettingsState.take_offline)
    assert "The app is offline." in str(tab.events)
    assert tab.seen("live_url")[-1] == ""


async def test_an_app_that_is_still_at_its_address_is_not_said_to_be_offline(tab: Tab, services: Container) -> None:
    join(tab, versions=1)
    go_live(services, is_edge_down=True)
    await do(tab, AppSettingsState.take_offline)
    assert "the app is still at its address" in str(tab.events)
    assert tab.seen("live_url")[-1] == "http://habits"
    await do(tab, AppSettingsState.delete, form={"confirmed": "Habits"})
    assert "was deleted. You can bring it back for 30 days. The edge does not answer" in str(tab.events)
    assert app().status is AppStatus.DELETED


@pytest.mark.parametrize(
    ("handler", "payload"),
    [
        (AppSettingsState.load, {}),
        (AppSettingsState.set_variable, {"form": {"name": "A", "value": "x"}}),
        (AppSettingsState.save_general, {"form": {"name": "x", "slug": "x", "description": ""}}),
        (AppSettingsState.take_offline, {}),
        (AppSettingsState.archive, {}),
    ],
    ids=["read", "set", "save", "offline", "archive"],
)
async def test_strangers_do_nothing(tab: Tab, handler: Any, payload: dict[str, Any]) -> None:
    join(tab, versions=1)
    join_as_stranger(tab)
    with pytest.raises(NotFound):
        await do(tab, handler, **payload)
    with transaction() as session:
        assert session.exec(select(EnvVar)).all() == []


async def test_a_connection_that_comes_back_leaves_what_is_typed(tab: Tab) -> None:
    join(tab, versions=1)
    await open_editor(tab)
    await do(tab, EditorState.show_tab, tab="settings")
    with transaction() as session:
        session.exec(select(App)).one().name = "Renamed"
    tab.deltas.clear()
    await tab.fire(EditorState.load, path=PATH)
    await until(lambda: tab.seen("title")[-1:] == ["Renamed · OverSkill"])
    assert tab.seen("saved") == []  # where it grows, the forms begin anew
