"""Packages that a person adds to an app in its settings."""

import json

import pytest
from sqlmodel import select

from overskill.clients.registry import FakeRegistry
from overskill.container import Container
from overskill.db import transaction
from overskill.errors import NotFound
from overskill.models import App
from overskill.services.apps.files import read_files, write_files
from overskill.state.app_packages import AppPackagesState
from tests.conftest import Tab
from tests.services.packages.shelves import release
from tests.state.studio_tab import do, join, join_as_stranger


@pytest.fixture(autouse=True)
def globe(services: Container) -> None:
    assert isinstance(services.shelf.registry, FakeRegistry)
    services.shelf.registry.add(release("globe-gl", "2.1.0", licence="ISC"))


def dependencies() -> dict[str, str]:
    with transaction() as session:
        files = read_files(session, session.exec(select(App)).one().id)
    named: dict[str, str] = json.loads(files["package.json"]).get("dependencies", {})
    return named


async def test_a_package_is_added_at_one_version_and_said(tab: Tab) -> None:
    join(tab, versions=1)
    await do(tab, AppPackagesState.add, form={"package": " globe-gl "})
    assert dependencies()["globe-gl"] == "2.1.0"
    row = next(row for row in tab.seen("packages")[-1] if row.name == "globe-gl")
    assert (row.version, row.licence, row.size, row.is_added, row.is_available) == ("2.1.0", "ISC", "11 KB", True, True)
    assert "Added globe-gl 2.1.0, ISC, 11 KB." in str(tab.events)
    assert tab.seen("is_adding")[-1] is False


@pytest.mark.parametrize(
    ("spec", "said"),
    [
        ("three.js", "Did you mean three?"),
        ("zustand", "Every app has zustand: import it in the code."),
        ("no-such-thing-here", "There is no npm package no-such-thing-here."),
    ],
)
async def test_a_package_that_may_not_be_added_is_refused_at_the_field(tab: Tab, spec: str, said: str) -> None:
    join(tab, versions=1)
    await do(tab, AppPackagesState.add, form={"package": spec})
    assert said in tab.seen("refusal")[-1]
    assert dependencies() == {}


async def test_a_package_that_nothing_imports_is_removed(tab: Tab) -> None:
    join(tab, versions=1)
    await do(tab, AppPackagesState.add, form={"package": "globe-gl"})
    await do(tab, AppPackagesState.remove, name="globe-gl")
    assert "globe-gl" not in dependencies()


async def test_a_package_that_code_imports_stays(tab: Tab) -> None:
    join(tab, versions=1)
    await do(tab, AppPackagesState.add, form={"package": "globe-gl"})
    with transaction() as session:
        app = session.exec(select(App)).one()
        write_files(session, app.id, {"src/App.tsx": 'import "globe-gl";\n'})
    await do(tab, AppPackagesState.remove, name="globe-gl")
    assert tab.seen("refusal")[-1] == "src/App.tsx imports globe-gl. Take it out of the code first."
    assert dependencies()["globe-gl"] == "2.1.0"


async def test_nobody_adds_packages_to_the_app_of_others(tab: Tab) -> None:
    join_as_stranger(tab)
    with pytest.raises(NotFound):
        await do(tab, AppPackagesState.add, form={"package": "globe-gl"})
