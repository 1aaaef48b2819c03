"""Getting the bundler ready, and starting it."""

import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from overskill.bundler import setup
from overskill.bundler.launcher import daemon_command, parent_origins, socket_path
from overskill.bundler.setup import SOURCES, Installation, installation, prepare
from overskill.config import Settings
from overskill.errors import Unavailable

LOCKS = [SOURCES / "package-lock.json", SOURCES / "vendor" / "package-lock.json"]


def settings(**values: Any) -> Settings:
    return Settings.model_validate({"OVERSKILL_HOME": "/nowhere", **values})


@pytest.fixture
def commands(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What would have been run, by the program's name; nothing is."""
    ran: list[str] = []

    def run(command: list[str], folder: Path, *_: object) -> None:
        ran.append(Path(command[0]).name)
        assert folder.name.startswith(".")

    monkeypatch.setattr(setup, "_run", run)
    return ran


@pytest.mark.parametrize("lock", LOCKS, ids=["tools", "vendor"])
def test_lock_files_pin_every_package_and_name_no_host(lock: Path) -> None:
    packages = json.loads(lock.read_text())["packages"]
    assert all("integrity" in package or package.get("inBundle") for name, package in packages.items() if name)
    assert "resolved" not in lock.read_text()


@pytest.mark.parametrize("lock", LOCKS, ids=["tools", "vendor"])
def test_dependencies_are_pinned_exactly(lock: Path) -> None:
    manifest = json.loads((lock.parent / "package.json").read_text())
    assert all(version[0].isdigit() for version in manifest["dependencies"].values())


def test_everything_is_installed_once(tmp_path: Path, commands: list[str]) -> None:
    said: list[str] = []
    prepare(tmp_path, said.append)
    assert commands == ["bun", "bun", "node"]
    assert len(said) == 3
    prepare(tmp_path, said.append)
    assert len(commands) == 3


def test_an_interrupted_set_up_begins_again_where_it_was(
    tmp_path: Path, commands: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(command: list[str], *_: object) -> None:
        if "prebundle.mjs" in command[3]:
            raise Unavailable("Interrupted.")
        commands.append("installed")

    monkeypatch.setattr(setup, "_run", fail)
    with pytest.raises(Unavailable):
        prepare(tmp_path, lambda _: None)
    wanted = installation(tmp_path)
    assert wanted.tools.is_dir()
    assert not wanted.vendor.exists()
    monkeypatch.setattr(setup, "_run", lambda *_: commands.append("again"))
    prepare(tmp_path, lambda _: None)
    assert commands == ["installed", "installed", "again", "again"]


def test_an_earlier_releases_packages_are_removed(tmp_path: Path, commands: list[str]) -> None:
    earlier = tmp_path / "bundler" / "vendor-0000"
    earlier.mkdir(parents=True)
    prepare(tmp_path, lambda _: None)
    assert not earlier.exists()


def test_npm_installs_where_bun_can_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[list[str]] = []

    def run(command: list[str], *_: object) -> None:
        ran.append(command)
        if Path(command[0]).name == "bun":
            raise Unavailable("Illegal instruction.")

    monkeypatch.setattr(setup, "_run", run)
    prepare(tmp_path, lambda _: None)
    assert ["ci" in command for command in ran] == [False, True, False, True, False]


def test_a_failing_command_is_quoted(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match=r"It did not work, and try again\. It said: no such package"):
        setup._run(["/bin/sh", "-c", "echo no such package; exit 1"], tmp_path, 5, "It did not work", {})


def test_the_socket_is_in_the_data_folder_when_its_path_is_short(tmp_path: Path) -> None:
    assert socket_path(settings(OVERSKILL_HOME=tmp_path)) == tmp_path / "run" / "bundler.sock"


def test_a_long_data_folder_has_its_socket_elsewhere(tmp_path: Path) -> None:
    home = tmp_path / ("long" * 30)
    path = socket_path(settings(OVERSKILL_HOME=home))
    try:
        assert len(os.fsencode(path)) <= 100
        assert path.parent.stat().st_mode & 0o777 == 0o700
        assert path == socket_path(settings(OVERSKILL_HOME=home))
    finally:
        shutil.rmtree(path.parent)


def test_only_the_studio_may_frame_previews() -> None:
    assert parent_origins(settings(OVERSKILL_WEB_PORT=4000)) == ["http://localhost:4000", "http://127.0.0.1:4000"]
    assert parent_origins(settings(OVERSKILL_PUBLIC_URL="https://over.example/")) == ["https://over.example"]


def test_the_daemon_is_told_the_addresses_of_previews(tmp_path: Path) -> None:
    told = settings(OVERSKILL_HOME=tmp_path, OVERSKILL_PREVIEW_URL="https://{key}.preview.example")
    command = daemon_command(told, Installation(Path("/tools"), Path("/vendor"), Path("/added")))
    assert command[command.index("--origin") + 1] == "https://{key}.preview.example"
