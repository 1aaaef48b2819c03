"""An app taken along: what is in the zip, and that it comes back as it was."""

import io
import json
import zipfile
from pathlib import Path

import pytest

import overskill.bundler
from overskill.clients.bundler import FakeBundler
from overskill.services.apps.export import export_files, zip_files
from overskill.services.apps.importing import read_import
from overskill.starter import starter_files
from tests.services.recipes.turns import started


def exported(**options: object) -> dict[str, str]:
    return export_files("Habits", "habits", starter_files(), **options)  # type: ignore[arg-type]


def test_the_same_files_give_the_same_bytes() -> None:
    assert zip_files("Habits", "habits", starter_files()) == zip_files("Habits", "habits", starter_files())


def test_it_names_exactly_the_packages_that_are_used() -> None:
    manifest = json.loads(exported()["package.json"])
    assert "recharts" not in manifest["dependencies"]
    assert all(version[0].isdigit() for version in manifest["dependencies"].values())
    assert {"vite", "@vitejs/plugin-react", "@tailwindcss/vite", "typescript"} <= manifest["devDependencies"].keys()


def test_its_lock_has_everything_that_is_needed_and_no_addresses() -> None:
    lock = json.loads(exported()["package-lock.json"])
    packages = lock["packages"]
    assert packages[""]["dependencies"] == json.loads(exported()["package.json"])["dependencies"]
    assert "node_modules/recharts" not in packages
    for entry in packages.values():
        assert "resolved" not in entry
        for name in {**entry.get("dependencies", {}), **entry.get("optionalDependencies", {})}:
            assert any(place.endswith(f"node_modules/{name}") for place in packages), name


def test_variables_are_told_by_name_only() -> None:
    files = exported(variables=["VITE_URL", "API_KEY"])
    assert files[".env.example"] == "API_KEY=\nVITE_URL=\n"
    assert "`API_KEY`" in files["README.md"]
    assert ".env" not in files


def test_an_app_with_server_code_comes_with_what_runs_it() -> None:
    files = {**starter_files(), "server/index.ts": "export default { fetch: () => new Response() };"}
    made = export_files("Habits", "habits", files)
    assert json.loads(made["wrangler.jsonc"])["main"] == "server/index.ts"
    assert 'proxy: { "/api": "http://localhost:8787" }' in made["vite.config.ts"]
    assert "npx wrangler dev" in made["README.md"]
    assert ".dev.vars" in made[".gitignore"]
    imported = read_import("app.zip", zip_files("App", "app", files), bundler=FakeBundler())
    assert imported.files == files


def test_without_server_code_nothing_is_said_of_it() -> None:
    assert "wrangler.jsonc" not in exported()
    assert "wrangler" not in exported()["README.md"]


def test_it_is_one_folder_of_plain_files() -> None:
    with zipfile.ZipFile(io.BytesIO(zip_files("Habits", "habits", starter_files()))) as archive:
        names = archive.namelist()
    assert {"habits/README.md", "habits/package-lock.json", "habits/vite.config.ts", "habits/.gitignore"} <= set(names)


@pytest.mark.parametrize("prompt", ["", "a habit tracker with streaks", "a kanban board for my invoices"])
def test_what_was_exported_comes_back_as_it_was(prompt: str) -> None:
    files = started(prompt).files if prompt else starter_files()
    imported = read_import("app.zip", zip_files("App", "app", files), bundler=FakeBundler())
    assert imported.files == files
    assert not imported.missing


def test_the_lock_of_exports_has_what_apps_are_made_with_here() -> None:
    bundler = Path(overskill.bundler.__file__).parent
    here, there = (
        json.loads((bundler / folder / "package-lock.json").read_text())["packages"] for folder in ("vendor", "export")
    )
    differing = [
        place for place, entry in here.items() if place and there.get(place, {}).get("version") != entry["version"]
    ]
    assert differing == []


OWN = {**starter_files(), "package.json": '{"dependencies": {"globe-gl": "2.1.0"}}'}
LOCK = {"node_modules/globe-gl": {"version": "2.1.0", "integrity": "sha512-x", "dependencies": {"clsx": "^2.0.0"}}}


def test_packages_of_the_apps_own_are_named_by_version_and_locked() -> None:
    files = export_files("Globe", "globe", OWN, lock=LOCK)
    assert json.loads(files["package.json"])["dependencies"]["globe-gl"] == "2.1.0"
    packages = json.loads(files["package-lock.json"])["packages"]
    assert packages["node_modules/globe-gl"]["integrity"] == "sha512-x"
    assert {"node_modules/clsx", "node_modules/react"} <= packages.keys()
    assert "npm ci" in files["README.md"]


@pytest.mark.parametrize(
    "lock",
    [
        None,
        {**LOCK, "node_modules/clsx": {"version": "1.0.0"}},
        {"node_modules/globe-gl": {"version": "2.1.0", "dependencies": {"not-there": "*"}}},
    ],
    ids=["unknown", "in the way of ours", "incomplete"],
)
def test_a_lock_that_would_not_hold_is_left_out_and_npm_chooses(lock: dict[str, dict[str, object]] | None) -> None:
    files = export_files("Globe", "globe", OWN, lock=lock)
    assert "package-lock.json" not in files
    assert "npm install" in files["README.md"]
