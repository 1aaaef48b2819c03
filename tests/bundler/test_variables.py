"""An app's public variables, in the preview, in builds and for the type checker."""

from pathlib import Path
from typing import Any

import pytest

from overskill.bundler.inspections import SandboxedInspection
from overskill.bundler.setup import Installation
from tests.support_bundler import SMALL_APP, RunningBundler, builds
from tests.support_waiting import PATIENCE_SECONDS

SHOWS_IT = "export default function App() { return <h1>{import.meta.env.VITE_GREETING}</h1>; }\n"
APP = {**SMALL_APP, "src/App.tsx": SHOWS_IT}


def variables(greeting: str) -> dict[str, str]:
    return {".env": f'VITE_GREETING="{greeting}"\n'}


def test_a_build_reads_its_variables_where_it_runs(bundler_installation: Installation, tmp_path: Path) -> None:
    bundle = builds(bundler_installation, tmp_path)({**APP, **variables("Hello from here")})
    texts = {path: asset.content.decode() for path, asset in bundle.assets.items()}
    assert not any("Hello from here" in text for text in texts.values())
    assert any("__ENV__?.VITE_GREETING" in text for text in texts.values())
    page = texts["/index.html"]
    assert page.index('src="./__env.js"') < page.index('type="module"')
    assert not any(".env" in path for path in bundle.assets)


def test_the_same_build_serves_every_environment(bundler_installation: Installation, tmp_path: Path) -> None:
    build = builds(bundler_installation, tmp_path)
    assert build({**APP, **variables("Hello")}).assets == build({**APP, **variables("Bonjour")}).assets


def test_a_build_that_reads_no_variable_asks_for_none(bundler_installation: Installation, tmp_path: Path) -> None:
    plain = {**SMALL_APP, "src/App.tsx": "export default () => <h1>{import.meta.env.MODE}</h1>;\n"}
    page = builds(bundler_installation, tmp_path)({**plain, **variables("Hello")}).assets["/index.html"]
    assert b"__env.js" not in page.content


def test_the_type_checker_knows_their_names(bundler_installation: Installation, tmp_path: Path) -> None:
    wrong = "export const length: number = import.meta.env.VITE_GREETING;\n"
    files = {**APP, "src/length.ts": wrong, **variables("Hello")}
    found = SandboxedInspection(bundler_installation, tmp_path, seconds=PATIENCE_SECONDS)(files)
    assert any("'string' is not assignable to type 'number'" in one.message for one in found)


@pytest.mark.browser
def test_a_preview_begins_anew_with_other_variables_and_keeps_them(
    bundler: RunningBundler, page: Any, key: str
) -> None:
    bundler.client.open(key, {**APP, **variables("Hello")})
    page.goto(bundler.address(key))
    page.get_by_role("heading", name="Hello", exact=True).wait_for()
    bundler.client.update(key, variables("Good morning"))
    page.get_by_role("heading", name="Good morning").wait_for()
    bundler.client.open(key, {**APP, "src/App.tsx": SHOWS_IT.replace("h1", "h2")})  # says nothing of variables
    page.get_by_role("heading", name="Good morning", level=2).wait_for()
