from pathlib import Path

import pytest
import reflex as rx

from overskill.components import tabs
from overskill.components.browser_files import browser_file, browser_files


def test_a_file_lies_where_reflex_itself_would_put_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    address = browser_file(tabs.__name__, "roving.jsx")
    assert address == "$/public/external/overskill/components/tabs/roving.jsx"
    place = tmp_path / "assets" / address.removeprefix("$/public/")
    assert place.resolve() == Path(tabs.__file__).with_name("roving.jsx")
    before = place.lstat()
    browser_file(tabs.__name__, "roving.jsx")
    assert place.lstat() == before  # whoever watches the folder sees no change


def test_reflex_names_a_shared_file_in_the_same_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    ours = browser_file(__name__, Path(__file__).name)
    assert ours == rx.asset(Path(__file__).name, shared=True).importable_path


def test_all_files_beside_a_module_lie_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    found = browser_files(tabs.__name__)
    assert {"roving.js", "roving.jsx"} <= found.keys()
    folder = tmp_path / "assets" / "external" / "overskill" / "components" / "tabs"
    assert {file.name for file in folder.iterdir()} == found.keys()


def test_a_file_that_is_not_there_is_an_error() -> None:
    with pytest.raises(FileNotFoundError, match=r"no-such\.jsx"):
        browser_file(tabs.__name__, "no-such.jsx")
