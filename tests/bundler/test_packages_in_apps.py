"""Packages that are added to apps, in previews and in production builds."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from overskill.bundler.builds import SandboxedBuilds
from overskill.bundler.inspections import SandboxedInspection
from overskill.bundler.packages.store import SharedPackageStore
from overskill.bundler.setup import Installation
from overskill.clients.bundler import BuildFailed, Bundle
from overskill.clients.registry import NpmRegistry
from overskill.errors import InvalidInput
from overskill.services.packages import PackageRules, Shelf
from tests.bundler.test_builds import served
from tests.support_bundler import SMALL_APP, RunningBundler, running_bundler
from tests.support_npm import NpmServer, npm_server
from tests.support_waiting import PATIENCE_SECONDS

COUNTER = """\
import { useState, createElement } from "react";
import "./marks.js";
export function Counter({ name }) {
  const [count] = useState(41);
  return createElement("b", null, name + " " + (count + 1));
}
"""
OLD_FASHIONED = """\
"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
const React = require("react");
const clsx = require("clsx");
exports.Badge = ({ text }) => {
  React.useRef(null);
  return React.createElement("i", { className: clsx("badge", { on: true }) }, text);
};
exports.default = exports.Badge;
"""
APP = """\
import { Counter } from "tiny-counter";
import Badge, { Badge as Same } from "old-badge";
import { part } from "tiny-counter/part";
import "tiny-counter/styles.css";
export default function App() {
  return <main><Counter name="Count" /><Badge text={part} />{Badge === Same && <u>same</u>}</main>;
}
"""


@dataclass
class Bench:
    npm: NpmServer
    installed: Installation
    bundler: RunningBundler
    shelf: Shelf

    def build(self, files: Mapping[str, str]) -> Bundle:
        return SandboxedBuilds(self.installed, self.bundler.settings.home / "run")(files)


@pytest.fixture(scope="module")
def bench(bundler_installation: Installation, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    installed = replace(bundler_installation, added=tmp_path_factory.mktemp("packages") / "added")
    with npm_server() as npm, running_bundler(tmp_path_factory.mktemp("home"), installed) as bundler:
        registry = NpmRegistry(lambda: npm.address)
        store = SharedPackageStore(installed, registry, bundler.client.daemon)
        yield Bench(npm, installed, bundler, Shelf(registry, store, PackageRules()))


def publish(npm: NpmServer) -> None:
    parts = {"./part": "./part.js", "./styles.css": "./dist/counter.css", ".": "./index.js"}
    files = {
        "index.js": COUNTER,
        "marks.js": "globalThis.marks = 1;",
        "part.js": 'export const part = "a part";',
        "dist/counter.css": "b { color: rgb(1, 2, 3); }",
        "index.d.ts": "export declare function Counter(props: { name: string }): import('react').ReactElement;",
    }
    npm.publish("tiny-counter", files, exports=parts, peerDependencies={"react": ">=18"})
    npm.publish("react", {"index.js": "throw new Error('another React')"}, version="18.3.1")
    npm.publish("old-badge", {"index.js": OLD_FASHIONED}, type="commonjs", dependencies={"clsx": "^2.0.0"})
    npm.publish("clsx", {"index.js": "module.exports = () => 'other'"}, version="2.0.0", type="commonjs")


def app(code: str, packages: Mapping[str, str]) -> dict[str, str]:
    return {**SMALL_APP, "src/App.tsx": code, "package.json": json.dumps({"dependencies": packages})}


@pytest.fixture
def files(bench: Bench) -> dict[str, str]:
    publish(bench.npm)
    bench.shelf.add(["tiny-counter", "old-badge"], {})
    return app(APP, {"react": "^19.0.0", "old-badge": "1.0.0", "tiny-counter": "1.0.0"})


@pytest.mark.browser
def test_a_preview_draws_what_packages_make_with_the_one_react(
    bench: Bench, files: dict[str, str], key: str, page: Any
) -> None:
    assert bench.bundler.client.open(key, files).diagnostics == ()
    page.goto(bench.bundler.address(key))
    page.get_by_text("Count 42").wait_for()
    assert page.locator("i.badge.on").inner_text() == "a part"
    assert page.locator("u").inner_text() == "same"
    assert page.locator("b").evaluate("found => getComputedStyle(found).color") == "rgb(1, 2, 3)"


@pytest.mark.browser
def test_a_package_that_is_added_while_the_preview_is_open_needs_no_reload(
    bench: Bench, files: dict[str, str], key: str, page: Any
) -> None:
    bench.bundler.client.open(key, SMALL_APP)
    page.goto(bench.bundler.address(key))
    page.get_by_role("heading", name="Hello").wait_for()
    page.evaluate("window.isTheSame = true")
    bench.bundler.client.update(key, {name: files[name] for name in ("package.json", "src/App.tsx")})
    page.get_by_text("Count 42").wait_for()
    assert page.evaluate("window.isTheSame")


@pytest.mark.browser
def test_what_is_published_has_one_react_and_the_packages_styles(
    bench: Bench, files: dict[str, str], page: Any
) -> None:
    bundle = bench.build(files)
    script = b"".join(asset.content for path, asset in bundle.assets.items() if path.endswith(".js"))
    assert b"another React" not in script
    assert any(b"#010203" in asset.content for path, asset in bundle.assets.items() if path.endswith(".css"))
    with served(bundle) as address:
        page.goto(address)
        page.get_by_text("Count 42").wait_for()


def test_a_package_that_is_named_but_not_there_is_said_where_it_is_imported(bench: Bench, key: str) -> None:
    code = 'import a from "far-away";\nimport b from "loose";\nexport default () => <p>{a}{b}</p>;'
    found = bench.bundler.client.open(key, app(code, {"far-away": "1.0.0", "loose": "^2.0.0"})).diagnostics
    assert [(one.line, one.code, one.message) for one in found] == [
        (1, "package", 'Package "far-away" 1.0.0 is not installed here yet.'),
        (2, "package", 'package.json names "loose" as ^2.0.0. Name one version, such as 1.2.3.'),
    ]


def test_a_part_or_a_name_that_a_package_has_not_is_said(bench: Bench, files: dict[str, str], key: str) -> None:
    code = 'import { Nothing } from "tiny-counter";\nimport "tiny-counter/nowhere";\nexport default Nothing;'
    found = bench.bundler.client.open(key, {**files, "src/App.tsx": code}).diagnostics
    assert {one.message for one in found} == {
        'Package "tiny-counter" has no export Nothing. Use another one that it has.',
        'Package "tiny-counter" has no part "tiny-counter/nowhere". Import from "tiny-counter" itself.',
    }


def test_a_package_that_needs_node_is_refused(bench: Bench) -> None:
    bench.npm.publish("file-reader", {"index.js": 'import fs from "fs"; export default fs;'})
    with pytest.raises(InvalidInput, match="file-reader can't be used in a browser: it needs fs"):
        bench.shelf.add(["file-reader"], {})
    assert bench.shelf.find({"file-reader": "1.0.0"}) is None


def test_a_package_that_reads_files_of_this_machine_is_refused(bench: Bench, tmp_path: Path) -> None:
    secret = tmp_path / "secret.json"
    secret.write_text('{"key": "sesame"}')
    bench.npm.publish("nosy", {"index.js": f'export {{ default }} from "{secret}";'})
    with pytest.raises(InvalidInput, match="leads out of the package"):
        bench.shelf.add(["nosy"], {})


@pytest.mark.parametrize("path", ["src/App.tsx", "server/index.ts"])
def test_no_import_leads_out_of_a_package(bench: Bench, files: dict[str, str], path: str) -> None:
    code = 'import found from "old-badge/../../package.json";\nexport default found;\n'
    with pytest.raises(BuildFailed, match="has no part"):
        bench.build({**files, path: code})


def test_server_code_uses_packages_that_were_added(bench: Bench, files: dict[str, str]) -> None:
    code = 'import { part } from "tiny-counter/part";\nexport default { fetch: () => new Response(part) };\n'
    assert b"a part" in bench.build({**files, "server/index.ts": code}).modules["server.js"]


def test_what_a_package_weighs_is_without_react(bench: Bench) -> None:
    publish(bench.npm)
    (added,) = bench.shelf.add(["tiny-counter"], {})
    assert 50 < added.size < 500
    assert added.sentence.startswith("tiny-counter 1.0.0, MIT, ")


def inspect(bench: Bench, files: Mapping[str, str]) -> list[str]:
    run = bench.bundler.settings.home / "run"
    found = SandboxedInspection(bench.installed, run, seconds=PATIENCE_SECONDS)(files)
    return [one.message for one in found if one.severity == "error"]


def test_types_are_the_packages_own_and_without_types_anything_goes(bench: Bench, files: dict[str, str]) -> None:
    assert inspect(bench, files) == []
    wrong = 'import { Counter } from "tiny-counter";\nexport const App = () => <Counter name={1} />;\n'
    assert inspect(bench, {**files, "src/App.tsx": wrong + "export default App;\n"}) == [
        "Type 'number' is not assignable to type 'string'."
    ]


def test_an_editor_knows_the_packages_once_they_are_added(bench: Bench, files: dict[str, str], key: str) -> None:
    bench.bundler.client.open(key, {**SMALL_APP, "src/App.tsx": files["src/App.tsx"]})
    question = {"key": key, "path": "src/App.tsx", "text": files["src/App.tsx"], "line": 1, "column": 12}
    before = bench.bundler.client.daemon.call("diagnostics", question)["diagnostics"]
    assert any("tiny-counter" in one["message"] for one in before)
    bench.bundler.client.update(key, {"package.json": files["package.json"]})
    after = bench.bundler.client.daemon.call("diagnostics", question)["diagnostics"]
    assert [one for one in after if one["severity"] == "error"] == []
    assert "name: string" in str(bench.bundler.client.daemon.call("hover", question)["hover"])
