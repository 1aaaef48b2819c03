"""What a hostile package can't have happen when it is tidied up."""

from pathlib import Path

import pytest

from overskill.bundler.packages.contents import tidy
from overskill.errors import InvalidInput


def package(folder: Path, name: str) -> Path:
    place = folder / "node_modules" / name
    place.mkdir(parents=True)
    (place / "package.json").write_text(f'{{"name": "{name}", "version": "18.0.0"}}')
    return place


@pytest.fixture
def vendor(tmp_path: Path) -> Path:
    package(tmp_path / "vendor", "react")
    return tmp_path / "vendor"


def test_a_link_to_elsewhere_is_refused_before_anything_is_deleted_there(tmp_path: Path, vendor: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    react = package(elsewhere, "react")
    (elsewhere / "node_modules" / ".bin").mkdir()
    hostile = package(tmp_path / "set", "hostile")
    (hostile / "node_modules").symlink_to(elsewhere / "node_modules")
    with pytest.raises(InvalidInput, match="link"):
        tidy(tmp_path / "set", vendor, {"hostile": "18.0.0"})
    assert react.is_dir()
    assert (elsewhere / "node_modules" / ".bin").is_dir()


def test_programs_go_with_the_links_to_them(tmp_path: Path, vendor: Path) -> None:
    tool = package(tmp_path / "set", "tool")
    (tool / "cli.js").write_text("")
    programs = tmp_path / "set" / "node_modules" / ".bin"
    programs.mkdir()
    (programs / "tool").symlink_to("../tool/cli.js")
    assert [one.name for one in tidy(tmp_path / "set", vendor, {"tool": "18.0.0"})] == ["tool"]
    assert not programs.exists()


def test_a_package_json_that_is_nested_without_end_is_damaged(tmp_path: Path, vendor: Path) -> None:
    (package(tmp_path / "set", "deep") / "package.json").write_text("[" * 100_000)
    with pytest.raises(InvalidInput, match="deep is damaged"):
        tidy(tmp_path / "set", vendor, {"deep": "18.0.0"})
