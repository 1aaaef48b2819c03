"""Making apps without a browser."""

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from overskill.container import Container
from overskill.embedded.parts import Role
from overskill.errors import Unavailable
from tests.cli.conftest import CommandLine
from tests.fake_author import FakeAuthor, says, writes


@pytest.fixture
def author(services: Container) -> FakeAuthor:
    assert isinstance(services.authors, FakeAuthor)
    return services.authors


def one_object(text: str) -> dict[str, Any]:
    parsed = json.loads(text)
    assert isinstance(parsed, dict)
    return parsed


def test_new_writes_an_app_and_says_where_it_is(connected_run: CommandLine) -> None:
    result = connected_run("new", "a habit tracker with streaks")
    assert result.exit_code == 0
    assert "is at version 1" in result.stdout
    assert "/studio/habit-tracker" in result.stdout
    assert "not published yet" in result.stdout


def test_new_shows_what_is_being_written(connected_run: CommandLine, author: FakeAuthor) -> None:
    author.scripts = [[says("A tracker it is.\n"), *writes("src/App.tsx", "export {}\n")]]
    shown = connected_run("new", "a habit tracker").stderr
    assert "A tracker it is." in shown
    assert "src/App.tsx (2 lines)" in shown


def test_json_is_one_object_and_nothing_else_on_stdout(connected_run: CommandLine) -> None:
    result = connected_run("new", "a habit tracker", "--json")
    facts = one_object(result.stdout)
    assert facts["version"] == 1
    assert "src/App.tsx" in facts["files"]
    assert facts["preview_url"].endswith(".preview.localhost:3001/")
    assert facts["url"] == ""
    assert "src/App.tsx" in result.stderr


def test_new_can_publish_at_once(connected_run: CommandLine) -> None:
    facts = one_object(connected_run("new", "a habit tracker", "--publish", "--json").stdout)
    assert facts["url"] == f"http://{facts['slug']}.localhost:8787/"
    assert facts["live_version"] == 1


def test_a_turn_needs_the_bundler_and_a_publish_the_edge_too(connected_run: CommandLine) -> None:
    connected_run("new", "a habit tracker")
    connected_run("new", "a habit tracker", "--publish")
    turn = {Role.BUNDLER, Role.ONE_WORKER}
    assert connected_run.needs == [turn, turn | {Role.EDGE}]


def test_a_failed_turn_is_one_sentence_and_a_failure(connected_run: CommandLine, author: FakeAuthor) -> None:
    author.scripts = [Unavailable("The model did not answer. Try again in a minute.")]
    result = connected_run("new", "a habit tracker", "--json")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "Error: The model did not answer." in result.stderr


def test_a_prompt_that_says_nothing_is_refused(connected_run: CommandLine) -> None:
    result = connected_run("new", " ")
    assert result.exit_code == 1
    assert "Say in a sentence" in result.stderr


def test_say_makes_the_next_version(connected_run: CommandLine, author: FakeAuthor) -> None:
    slug = one_object(connected_run("new", "a habit tracker", "--json").stdout)["slug"]
    author.scripts = [writes("src/App.tsx", "export const green = 1;\n")]
    assert one_object(connected_run("say", slug, "make it dark green", "--json").stdout)["version"] == 2


@pytest.mark.parametrize("command", [["say", "nothing", "hello"], ["publish", "nothing"], ["rollback", "nothing"]])
def test_an_app_that_is_not_there_is_a_failure(connected_run: CommandLine, command: list[str]) -> None:
    result = connected_run(*command)
    assert result.exit_code == 1
    assert "There is no app" in result.stderr


def test_publish_puts_the_current_version_on_the_air(connected_run: CommandLine) -> None:
    slug = one_object(connected_run("new", "a habit tracker", "--json").stdout)["slug"]
    result = connected_run("publish", slug)
    assert result.exit_code == 0
    assert f"http://{slug}.localhost:8787/" in result.stdout
    assert "Live at" in result.stderr


def test_publish_goes_to_an_environment_and_from_there_to_the_next(connected_run: CommandLine) -> None:
    slug = one_object(connected_run("new", "a habit tracker", "--json").stdout)["slug"]
    result = connected_run("publish", slug, "--environment", "staging")
    assert result.exit_code == 0
    assert f"http://staging--{slug}.localhost:8787/" in result.stdout
    assert "not published yet" in result.stdout
    facts = one_object(connected_run("publish", slug, "--promote-from", "staging", "--json").stdout)
    assert facts["environments"].keys() == {"staging", "production"}
    assert facts["live_version"] == 1


def test_what_is_not_live_can_not_be_moved(connected_run: CommandLine) -> None:
    slug = one_object(connected_run("new", "a habit tracker", "--json").stdout)["slug"]
    result = connected_run("publish", slug, "--promote-from", "preview")
    assert result.exit_code == 1
    assert "Nothing is live in preview" in result.stderr


def test_rollback_puts_the_publish_before_back(connected_run: CommandLine, author: FakeAuthor) -> None:
    slug = one_object(connected_run("new", "a habit tracker", "--publish", "--json").stdout)["slug"]
    author.scripts = [writes("src/App.tsx", "export const other = 1;\n")]
    connected_run("say", slug, "change it", "--publish")
    facts = one_object(connected_run("rollback", slug, "--json").stdout)
    assert facts["live_version"] == 1
    assert facts["version"] == 2


def test_without_an_earlier_publish_there_is_nothing_to_go_back_to(connected_run: CommandLine) -> None:
    slug = one_object(connected_run("new", "a habit tracker", "--publish", "--json").stdout)["slug"]
    result = connected_run("rollback", slug)
    assert result.exit_code == 1
    assert "no earlier publish" in result.stderr


def test_apps_says_how_to_begin_when_there_are_none(connected_run: CommandLine) -> None:
    assert "./run new" in connected_run("apps").stdout


def test_apps_lists_what_is_there(connected_run: CommandLine) -> None:
    slug = one_object(connected_run("new", "a habit tracker", "--json").stdout)["slug"]
    assert slug in connected_run("apps").stdout
    listed = one_object(connected_run("apps", "--json").stdout)["apps"]
    assert [(app["slug"], app["version"], app["is_live"]) for app in listed] == [(slug, 1, False)]


def test_export_writes_where_the_command_was_called(
    connected_run: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OVERSKILL_CALLED_FROM", str(tmp_path))
    slug = one_object(connected_run("new", "a habit tracker", "--json").stdout)["slug"]
    assert connected_run("export", slug, "habits.zip").exit_code == 0
    with zipfile.ZipFile(tmp_path / "habits.zip") as archive:
        assert f"{slug}/src/App.tsx" in archive.namelist()


def test_export_to_a_folder_that_is_not_there_is_a_failure(connected_run: CommandLine, tmp_path: Path) -> None:
    slug = one_object(connected_run("new", "a habit tracker", "--json").stdout)["slug"]
    result = connected_run("export", slug, str(tmp_path / "nowhere" / "habits.zip"))
    assert result.exit_code == 1
    assert "can't be written" in result.stderr
