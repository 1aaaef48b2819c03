"""The same journey without a browser: commands on the running instance, and where none runs."""

import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support_product import Product, get, make_product

FACTS = {"slug", "version", "files", "preview_url", "url"}


@pytest.fixture(scope="module")
def made(product: Product) -> dict[str, Any]:
    """A new app, published at once."""
    return product.run("new", "a habit tracker with streaks", "--publish")


@pytest.fixture
def stopped() -> Iterator[Product]:
    """An instance that does not run."""
    product = make_product()
    yield product
    product.kill_everything()
    shutil.rmtree(product.home)


def test_new_writes_and_publishes_an_app_and_prints_what_it_made(product: Product, made: dict[str, Any]) -> None:
    assert made.keys() >= FACTS
    assert (made["version"], made["live_version"]) == (1, 1)
    assert "src/App.tsx" in made["files"]
    assert get(host_of(made["url"]), product.ports.edge)[0] == 200
    assert get(host_of(made["preview_url"]), product.ports.preview)[0] == 200


def test_an_app_is_changed_published_again_and_taken_back(product: Product, made: dict[str, Any]) -> None:
    slug = made["slug"]
    assert product.run("say", slug, "make it dark green")["version"] == 2
    assert product.run("publish", slug)["live_version"] == 2
    assert product.run("rollback", slug)["live_version"] == 1


def test_apps_lists_the_owners_apps(product: Product, made: dict[str, Any]) -> None:
    assert made["slug"] in [app["slug"] for app in product.run("apps")["apps"]]


def test_export_writes_a_project_that_stands_on_its_own(product: Product, made: dict[str, Any], tmp_path: Path) -> None:
    product.run("export", made["slug"], str(tmp_path / "out.zip"))
    with zipfile.ZipFile(tmp_path / "out.zip") as archive:
        names = {name.partition("/")[2] for name in archive.namelist()}
    assert {"package.json", "index.html", "src/App.tsx"} <= names


def test_progress_is_shown_while_an_app_is_written(product: Product, made: dict[str, Any]) -> None:
    command = product.begin("say", made["slug"], "rename it to Streaky")
    assert command.wait() == 0
    assert "Streaky" in command.progress


def test_a_command_that_fails_says_why_and_exits_non_zero(product: Product) -> None:
    command = product.begin("say", "no-such-app", "make it blue")
    assert command.wait() != 0
    assert command.progress.startswith("Error: ")
    assert "Traceback" not in command.progress


def test_where_nothing_runs_a_command_brings_what_it_needs_and_stops_it_again(stopped: Product) -> None:
    made = stopped.run("new", "a list of films to watch")
    assert made["version"] == 1
    assert stopped.processes() == []
    assert [app["slug"] for app in stopped.run("apps")["apps"]] == [made["slug"]]


def host_of(url: str) -> str:
    """Without the scheme and the port."""
    return url.partition("//")[2].partition(":")[0]
