"""Packages that are added to apps, installed for real from a registry on this machine."""

import json
import socket
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from overskill.bundler.packages import installing
from overskill.bundler.packages.store import SharedPackageStore
from overskill.bundler.setup import Installation
from overskill.clients.package_store import Caps, Member
from overskill.clients.registry import NpmRegistry
from overskill.embedded.isolation import can_isolate
from overskill.errors import InvalidInput, LimitReached, OverskillError, Unavailable
from overskill.services.packages import PackageRefused, PackageRules, Shelf
from tests.support_npm import NpmServer, npm_server

CODE = {"index.js": "export const shoot = () => 1;"}


@pytest.fixture
def npm() -> Iterator[NpmServer]:
    with npm_server() as running:
        yield running


@pytest.fixture
def installed(bundler_installation: Installation, tmp_path: Path) -> Installation:
    return replace(bundler_installation, added=tmp_path / "added")


@pytest.fixture
def shelf(npm: NpmServer, installed: Installation) -> Shelf:
    return shelf_of(npm, installed)


def shelf_of(npm: NpmServer, installed: Installation, rules: PackageRules | None = None) -> Shelf:
    registry = NpmRegistry(lambda: npm.address)
    return Shelf(registry, SharedPackageStore(installed, registry), rules or PackageRules())


def modules(installed: Installation) -> list[Path]:
    return sorted(installed.added.glob("sets/*/node_modules/*"))


def refusal(shelf: Shelf, *specs: str) -> OverskillError:
    with pytest.raises(OverskillError) as refused:
        shelf.add(specs, {})
    return refused.value


def test_a_package_is_installed_with_what_it_needs_and_found_again(
    npm: NpmServer, shelf: Shelf, installed: Installation
) -> None:
    npm.publish("tiny-math", {"index.js": "export const one = 1;"}, version="2.1.0")
    npm.publish("confetti-lite", CODE, dependencies={"tiny-math": "^2.0.0"})
    shelf.add(["confetti-lite"], {})
    assert [path.name for path in modules(installed)] == ["confetti-lite", "tiny-math"]
    npm.packages.clear()
    found = shelf.provide({"confetti-lite": "1.0.0"})
    assert found is not None
    assert {member.name: member.version for member in found.members} == {"confetti-lite": "1.0.0", "tiny-math": "2.1.0"}
    assert str(found.lock["node_modules/tiny-math"]["integrity"]).startswith("sha512-")


def test_nothing_of_a_package_is_run(npm: NpmServer, shelf: Shelf, tmp_path: Path, installed: Installation) -> None:
    trace = tmp_path / "ran"
    scripts = dict.fromkeys(("preinstall", "install", "postinstall", "prepare"), f"touch {trace}")
    npm.publish("confetti-lite", CODE, scripts=scripts)
    shelf.add(["confetti-lite"], {})
    assert modules(installed)
    assert not trace.exists()


def test_there_is_one_react_also_where_a_package_wants_its_own(
    npm: NpmServer, shelf: Shelf, installed: Installation
) -> None:
    npm.publish("react", CODE, version="18.3.1")
    npm.publish("react-globes", CODE, dependencies={"react": "^18.0.0"})
    shelf.add(["react-globes"], {})
    assert [path.name for path in modules(installed)] == ["react-globes"]


def test_an_older_line_of_what_apps_have_is_kept_beside_it(
    npm: NpmServer, shelf: Shelf, installed: Installation
) -> None:
    npm.publish("clsx", CODE, version="1.2.1")
    npm.publish("globes", CODE, dependencies={"clsx": "^1.0.0"})
    shelf.add(["globes"], {})
    assert [path.name for path in modules(installed)] == ["clsx", "globes"]


def test_a_version_that_is_known_to_be_unsafe_is_refused_with_one_that_is_not(npm: NpmServer, shelf: Shelf) -> None:
    npm.publish("confetti-lite", CODE, version="1.0.1")
    npm.publish("confetti-lite", CODE, version="1.0.0")
    npm.advisories = {"confetti-lite": [{"vulnerable_versions": "<1.0.1", "severity": "high", "title": "Steals"}]}
    error = refusal(shelf, "confetti-lite@1.0.0")
    assert error.message == "confetti-lite 1.0.0 is known to be unsafe: Steals (high). Use 1.0.1."


def test_what_a_refused_package_brought_is_not_kept(npm: NpmServer, shelf: Shelf, installed: Installation) -> None:
    npm.publish("viral", CODE, licence="AGPL-3.0")
    npm.publish("confetti-lite", CODE, dependencies={"viral": "1.0.0"})
    assert isinstance(refusal(shelf, "confetti-lite"), PackageRefused)
    assert modules(installed) == []
    assert list(installed.added.glob(".making-*")) == []


def test_a_young_version_of_what_is_brought_along_is_not_taken(npm: NpmServer, installed: Installation) -> None:
    npm.publish("tiny-math", CODE, version="1.0.0")
    npm.publish("tiny-math", CODE, version="1.0.1", published="2099-01-01T00:00:00.000Z")
    npm.publish("confetti-lite", CODE, dependencies={"tiny-math": "^1.0.0"})
    shelf_of(npm, installed, PackageRules(caps=Caps(days=2))).add(["confetti-lite"], {})
    manifest = next(path for path in modules(installed) if path.name == "tiny-math") / "package.json"
    assert json.loads(manifest.read_text())["version"] == "1.0.0"


@pytest.mark.parametrize(
    ("caps", "said"),
    [(Caps(most=1), "brings along 2 packages; 1 are the most"), (Caps(megabytes=1), "1 MB")],
    ids=["packages", "megabytes"],
)
def test_too_much_is_refused(npm: NpmServer, installed: Installation, caps: Caps, said: str) -> None:
    npm.publish("tiny-math", {"index.js": "x".join(str(number) for number in range(400_000))})
    npm.publish("confetti-lite", CODE, dependencies={"tiny-math": "1.0.0"})
    error = refusal(shelf_of(npm, installed, PackageRules(caps=caps)), "confetti-lite")
    assert isinstance(error, LimitReached)
    assert said in error.message


def test_what_was_changed_on_the_way_is_refused(npm: NpmServer, shelf: Shelf, installed: Installation) -> None:
    npm.publish("confetti-lite", CODE)
    path = "confetti-lite/-/confetti-lite-1.0.0.tgz"
    npm.publish("confetti-lite", {"index.js": "steal()"}, version="1.0.1")
    npm.tarballs[path] = npm.tarballs[path.replace("1.0.0", "1.0.1")]
    assert isinstance(refusal(shelf, "confetti-lite@1.0.0"), Unavailable)
    assert modules(installed) == []


def test_a_dependency_from_elsewhere_than_the_registry_is_not_fetched(
    npm: NpmServer, shelf: Shelf, installed: Installation
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as elsewhere:
        elsewhere.setblocking(False)
        address = f"http://127.0.0.1:{elsewhere.getsockname()[1]}/code.tgz"
        npm.publish("confetti-lite", CODE, dependencies={"hidden": address})
        assert isinstance(refusal(shelf, "confetti-lite"), Unavailable)
        if can_isolate():
            with pytest.raises(BlockingIOError):
                elsewhere.accept()
    assert modules(installed) == []


def test_an_install_works_where_there_are_no_sandboxes(
    npm: NpmServer, shelf: Shelf, installed: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(installing, "can_isolate", lambda: False)
    npm.publish("confetti-lite", CODE)
    shelf.add(["confetti-lite"], {})
    assert [path.name for path in modules(installed)] == ["confetti-lite"]


def test_the_packages_that_lie_there_are_said(npm: NpmServer, shelf: Shelf) -> None:
    npm.publish("@acme/globes", CODE, licence="ISC")
    shelf.add(["@acme/globes"], {})
    found = shelf.find({"@acme/globes": "1.0.0"})
    assert found is not None
    member = found.member("@acme/globes")
    assert member is not None
    assert Member(member.name, member.version, member.licence, 0) == Member("@acme/globes", "1.0.0", "ISC", 0)


def test_a_package_whose_manifest_is_damaged_is_refused(npm: NpmServer, shelf: Shelf) -> None:
    npm.publish("confetti-lite", {**CODE, "node_modules/inner/package.json": "{"}, bundledDependencies=["inner"])
    assert isinstance(refusal(shelf, "confetti-lite"), InvalidInput | Unavailable)
