"""When the front end is built anew. The build itself is left out: the browser tests run it."""

from pathlib import Path

import pytest

from overskill.embedded import frontend
from overskill.embedded.places import Home
from overskill.errors import Unavailable


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout with one source in each place that counts."""
    root = tmp_path / "checkout"
    for name in ("overskill/pages/home.py", "overskill/overskill.py", "rxconfig.py", "assets/logo.svg"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("first")
    (root / "reflex.lock").mkdir()
    (root / "reflex.lock" / "package.json").write_text('{"dependencies": {}}')
    monkeypatch.setattr(frontend, "PROJECT", root)
    monkeypatch.setattr(frontend, "_BUILT", root / ".web")
    monkeypatch.setattr(frontend, "_STAMP", root / ".web" / "overskill-sources")
    return root


@pytest.fixture
def builds(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    done: list[Path] = []

    def export(log: Path) -> None:
        (checkout / ".web" / "build" / "client").mkdir(parents=True, exist_ok=True)
        done.append(log)

    monkeypatch.setattr(frontend, "_export", export)
    return done


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home").create()


def test_it_is_built_once_for_the_same_sources(builds: list[Path], home: Home) -> None:
    frontend.build_if_changed(home)
    frontend.build_if_changed(home)
    assert len(builds) == 1


@pytest.mark.parametrize(
    "changed", ["overskill/pages/home.py", "overskill/overskill.py", "rxconfig.py", "assets/logo.svg"]
)
def test_a_changed_source_builds_it_anew(checkout: Path, builds: list[Path], home: Home, changed: str) -> None:
    frontend.build_if_changed(home)
    (checkout / changed).write_text("second")
    frontend.build_if_changed(home)
    assert len(builds) == 2


def test_a_lock_that_the_build_wrote_anew_does_not_count_as_changed(
    checkout: Path, builds: list[Path], home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock = checkout / "reflex.lock" / "bun.lock"
    working = frontend._export

    def export(log: Path) -> None:
        working(log)
        lock.write_text(f"written by build {len(builds)}")

    monkeypatch.setattr(frontend, "_export", export)
    frontend.build_if_changed(home)
    frontend.build_if_changed(home)
    assert len(builds) == 1
    lock.write_text("pulled")
    frontend.build_if_changed(home)
    assert len(builds) == 2


def test_what_a_build_leaves_in_the_assets_does_not_count_as_a_source(
    checkout: Path, builds: list[Path], home: Home
) -> None:
    frontend.build_if_changed(home)
    linked = checkout / "assets" / "external" / "editor.jsx"
    linked.parent.mkdir()
    linked.write_text("a link made by the build")
    frontend.build_if_changed(home)
    assert len(builds) == 1


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ('{\n  "dependencies": {}\n}', '{"dependencies": {}}'),
        ('{"dependencies": {"react": "19"}}', '{"dependencies": {"react": "19"}}'),
    ],
    ids=["other white space", "another package"],
)
def test_a_build_changes_the_checkout_only_when_the_packages_changed(
    checkout: Path, builds: list[Path], home: Home, monkeypatch: pytest.MonkeyPatch, written: str, kept: str
) -> None:
    manifest = checkout / "reflex.lock" / "package.json"
    monkeypatch.setattr(frontend, "_export", lambda _: manifest.write_text(written))
    frontend.build_if_changed(home)
    assert manifest.read_text() == kept


def test_a_build_that_was_deleted_is_made_again(checkout: Path, builds: list[Path], home: Home) -> None:
    frontend.build_if_changed(home)
    (checkout / ".web" / "build" / "client").rmdir()
    frontend.build_if_changed(home)
    assert len(builds) == 2


def test_a_failed_build_is_tried_again(builds: list[Path], home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    working = frontend._export

    def fail(_: Path) -> None:
        raise Unavailable("The front end could not be built.")

    monkeypatch.setattr(frontend, "_export", fail)
    with pytest.raises(Unavailable):
        frontend.build_if_changed(home)
    monkeypatch.setattr(frontend, "_export", working)
    frontend.build_if_changed(home)
    assert frontend.is_built()
