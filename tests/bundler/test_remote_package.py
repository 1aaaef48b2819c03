"""What is deployed of builders elsewhere is whole, and no larger than it has to be."""

import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from overskill.bundler.release import release
from overskill.bundler.remote import package
from overskill.bundler.setup import Installation
from overskill.clients.builders.archive import pack_files, unpack_bundle
from overskill.embedded import node
from overskill.errors import InvalidInput
from tests.support_bundler import SMALL_APP, builds


def test_a_package_builds_with_nothing_but_itself_and_its_packages(
    bundler_installation: Installation, tmp_path: Path
) -> None:
    package.main("workflow", tmp_path)
    (tmp_path / "tools").symlink_to(bundler_installation.tools)
    (tmp_path / "vendor").symlink_to(bundler_installation.vendor)
    (tmp_path / "app.zip").write_bytes(pack_files(SMALL_APP))
    command = [str(node.node()), "bundler/remote/task.mjs", "app.zip", "bundle"]
    subprocess.run(command, cwd=tmp_path, env={}, check=True, timeout=60)
    artifact = Path(shutil.make_archive(str(tmp_path / "artifact"), "zip", tmp_path / "bundle")).read_bytes()
    here = builds(bundler_installation, tmp_path / "run")(SMALL_APP)
    assert unpack_bundle(artifact, milliseconds=0, release=release()).assets == here.assets


@pytest.mark.parametrize(("kind", "file"), [("workflow", ".github/workflows/build.yml"), ("container", "Dockerfile")])
def test_a_folder_has_the_sources_the_locks_and_its_own_file(tmp_path: Path, kind: str, file: str) -> None:
    package.main(kind, tmp_path)
    needed = ["bundler/package-lock.json", "bundler/vendor/package-lock.json", "bundler/remote/install.sh", file]
    assert [name for name in needed if not (tmp_path / name).is_file()] == []


@pytest.fixture
def installed(tmp_path: Path) -> Installation:
    """One with a package that builds read, and what they never do."""
    files = {
        "tools/package.json": "{}",
        "tools/node_modules/rolldown/index.mjs": "",
        "tools/node_modules/rolldown/native.node": "",
        "tools/node_modules/oxlint/index.js": "",
        "vendor/package.json": "{}",
        "vendor/node_modules/react/index.js": "",
        "vendor/node_modules/react/index.d.ts": "",
        "vendor/node_modules/react/index.js.map": "",
        "vendor/node_modules/react/README.md": "",
        "vendor/node_modules/typescript/lib/tsc.js": "",
        "vendor/dist/icons.json": "{}",
        "vendor/dist/stylesheets.json": "{}",
        "vendor/dist/vendor.json": "{}",
        "vendor/dist/react-1a2b.js": "",
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return Installation(tmp_path / "tools", tmp_path / "vendor", tmp_path / "added")


def test_a_function_has_of_the_packages_only_what_builds_read(installed: Installation, tmp_path: Path) -> None:
    package.package_function(installed, tmp_path / "build.zip")
    with zipfile.ZipFile(tmp_path / "build.zip") as archive:
        found = [name for name in archive.namelist() if not name.startswith("bundler/")]
    assert found == [
        "release.json",
        "tools/package.json",
        "tools/node_modules/rolldown/index.mjs",
        "tools/node_modules/rolldown/native.node",
        "vendor/package.json",
        "vendor/node_modules/react/index.js",
        "vendor/dist/icons.json",
        "vendor/dist/stylesheets.json",
        "vendor/dist/vendor.json",
    ]


def test_the_same_release_makes_the_same_function(installed: Installation, tmp_path: Path) -> None:
    for name in ("one.zip", "other.zip"):
        package.package_function(installed, tmp_path / name)
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "other.zip").read_bytes()


def test_a_function_that_lambda_would_not_take_is_not_made(
    installed: Installation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(package, "LARGEST_FUNCTION", 1000)
    with pytest.raises(InvalidInput, match="Lambda takes 1,000"):
        package.package_function(installed, tmp_path / "build.zip")


def test_an_unknown_kind_is_refused_with_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="none of lambda, workflow, container"):
        package.main("cloud", tmp_path)
