"""What an app takes of packages is bundled apart, and is not made again while it takes the same."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from uuid import UUID

import pytest

from overskill.bundler import kept_packages
from overskill.bundler.builds import SandboxedBuilds
from overskill.bundler.kept_packages import KeptPackages
from overskill.bundler.setup import Installation
from overskill.clients.bundler import Bundle
from tests.support_bundler import APP, SMALL_APP

APP_ID = UUID("6f1c0000-0000-4000-8000-000000000001")
OTHER_ID = UUID("6f1c0000-0000-4000-8000-000000000002")
CHANGED = {**SMALL_APP, "src/App.tsx": APP.replace("Hello", "Good morning")}
WITH_LAZY_PAGES = {
    **SMALL_APP,
    "src/App.tsx": """import { lazy } from "react";
const One = lazy(() => import("./One"));
const Other = lazy(() => import("./Other"));
export default () => <><One /><Other /></>;
""",
    "src/One.tsx": """import { format } from "date-fns";
import { z } from "zod";
export default () => <p>{format(0, "P")}{String(z)}</p>;
""",
    "src/Other.tsx": 'import { format } from "date-fns";\nexport default () => <h1>{format(1, "P")}</h1>;\n',
}


class Building:
    """Builds of a machine, and what it keeps between them."""

    def __init__(self, installed: Installation, folder: Path) -> None:
        self.kept = KeptPackages(folder / "kept")
        self._build = SandboxedBuilds(installed, folder, kept=self.kept)

    def __call__(self, files: Mapping[str, str], app_id: UUID | None = APP_ID) -> Bundle:
        return self._build(files, app_id=app_id)


@pytest.fixture
def build(bundler_installation: Installation, tmp_path: Path) -> Building:
    return Building(bundler_installation, tmp_path)


def scripts(bundle: Bundle) -> dict[str, str]:
    return {path: asset.content.decode() for path, asset in bundle.assets.items() if path.endswith(".js")}


def of_packages(bundle: Bundle) -> set[str]:
    return {path for path in scripts(bundle) if not re.match(r"/assets/(index|One|Other)-", path)}


def test_a_change_of_the_apps_code_changes_no_file_of_its_packages(build: Building) -> None:
    before, after = build(SMALL_APP), build(CHANGED)
    assert of_packages(before) == of_packages(after)
    assert all(before.assets[path] == after.assets[path] for path in of_packages(before))
    assert sum(len(scripts(after)[path]) for path in of_packages(after)) > 150_000  # React is there
    own = [text for path, text in scripts(after).items() if path not in of_packages(after)]
    assert sum(map(len, own)) < 1_000


def test_with_what_was_kept_the_same_bytes_come_out_as_without(build: Building) -> None:
    build(SMALL_APP)
    assert build(CHANGED).assets == build(CHANGED, None).assets


def test_what_was_kept_is_used_and_not_made_again(build: Building) -> None:
    build(SMALL_APP)
    kept = build.kept.find(APP_ID)
    assert kept is not None
    marked = [{**file, "code": f"/* kept */{file['code']}"} for file in kept["files"]]
    build.kept.keep(APP_ID, {**kept, "files": marked})
    assert all(text.startswith("/* kept */") for path, text in scripts(build(CHANGED)).items() if "index-" not in path)


def test_no_app_gets_what_another_one_left(build: Building) -> None:
    build(SMALL_APP)
    assert build.kept.find(OTHER_ID) is None


def test_something_else_taken_of_a_package_makes_them_anew(build: Building) -> None:
    before = build(SMALL_APP)
    more = APP.replace("import { useState }", "import { useId, useState }").replace("Hello", "Hello {useId()}")
    after = build({**SMALL_APP, "src/App.tsx": more})
    assert of_packages(before) != of_packages(after)
    assert after.assets == build({**SMALL_APP, "src/App.tsx": more}, None).assets


def test_the_first_page_loads_nothing_that_only_later_ones_need(build: Building) -> None:
    made = build(WITH_LAZY_PAGES)
    page = made.assets["/index.html"].content.decode()
    first = set(re.findall(r'(?:src|href)="\./(assets/[^"]+\.js)"', page))
    later = {path.removeprefix("/") for path in scripts(made)} - first
    with_zod = {path for path in later if "ZodError" in scripts(made)[f"/{path}"]}
    assert with_zod
    one, other = (
        next(text for path, text in scripts(made).items() if f"/{page}-" in path) for page in ("One", "Other")
    )
    assert any(Path(path).name in one for path in with_zod)
    assert not any(Path(path).name in other for path in with_zod)
    assert all(f"/assets/{name}" in made.assets for name in named_in(made))


def named_in(bundle: Bundle) -> set[str]:
    """The files that scripts import."""
    return {name for text in scripts(bundle).values() for name in re.findall(r"[\"'`]\./([\w.-]+\.js)[\"'`]", text)}


@pytest.mark.parametrize(
    "app",
    [
        'import "date-fns";\nexport default () => null;\n',
        'export default () => <button onClick={() => import("date-fns")} />;\n',
        'const { format } = require("date-fns");\nexport default () => <p>{format(0, "P")}</p>;\n',
    ],
    ids=["for its effect", "loaded later", "required"],
)
def test_what_has_no_names_to_be_taken_by_is_bundled_as_one(build: Building, app: str) -> None:
    made = build({**SMALL_APP, "src/App.tsx": app})
    assert build.kept.find(APP_ID) is None
    assert not any("/packages-" in path for path in made.assets)


def test_a_namespace_is_taken_by_what_is_used_of_it(build: Building) -> None:
    app = 'import * as Icons from "lucide-react";\nexport default () => <Icons.Rocket />;\n'
    made = build({**SMALL_APP, "src/App.tsx": app})
    assert build.kept.find(APP_ID) is not None
    assert sum(map(len, scripts(made).values())) < 250_000


def test_what_another_release_made_counts_for_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = KeptPackages(tmp_path)
    kept.keep(APP_ID, {"key": "a"})
    assert kept.find(APP_ID) == {"key": "a"}
    monkeypatch.setattr(kept_packages, "release", lambda: "another")
    assert kept.find(APP_ID) is None


def test_a_file_that_was_cut_off_counts_for_nothing(tmp_path: Path) -> None:
    kept = KeptPackages(tmp_path)
    (tmp_path / f"{APP_ID}.json").write_text('{"release"')
    assert kept.find(APP_ID) is None


def test_the_apps_that_were_built_longest_ago_are_forgotten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_packages, "_MOST_APPS", 1)
    kept = KeptPackages(tmp_path)
    kept.keep(APP_ID, {"key": "a"})
    kept.keep(OTHER_ID, {"key": "b"})
    assert [kept.find(APP_ID), kept.find(OTHER_ID)] == [None, {"key": "b"}]


def test_what_is_very_large_is_not_kept(tmp_path: Path) -> None:
    kept = KeptPackages(tmp_path)
    kept.keep(APP_ID, {"key": json.dumps("x" * 9_000_000)})
    assert kept.find(APP_ID) is None
