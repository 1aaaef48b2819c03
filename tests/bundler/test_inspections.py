"""Types and lint of an app, by the real compiler and linter."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from overskill.bundler.inspections import SandboxedInspection
from overskill.bundler.setup import Installation
from overskill.clients.bundler import Diagnostic
from overskill.errors import InvalidInput, Unavailable
from overskill.starter import starter_files
from tests.support_bundler import SMALL_APP
from tests.support_waiting import PATIENCE_SECONDS

WRONG = """\
import { useState, useEffect } from "react";
import { Button } from "@/components/ui/button";

export default function App() {
  const unused = 1;
  const items: { name: string; size?: { value: number } }[] = [];
  if (items.length > 0) {
    const [count] = useState(0);
    console.log(count);
  }
  useEffect(() => console.log(items), []);
  const shown = (one) => one.name;
  return (
    <ul>
      <Button variant="glowing">Go</Button>
      {items.map((item) => <li>{item.nam}{(item.size?.value).toFixed()}{shown(item)}</li>)}
    </ul>
  );
}
"""
HOSTILE = {
    "tsconfig.json": '{"extends": "/etc/passwd", "compilerOptions": {"noEmit": false, "outDir": "/"}}',
    "src/tsconfig.json": "{{{",
    "src/package.json": '{"name": "x", "exports": "./gone.js"}',
    "src/data.json": '{"fine": 1}',
    "src/secrets.ts": (
        '/// <reference path="/etc/passwd" />\n'
        'import data from "./data.json";\n'
        "export const fine: number = data.fine;\n"
    ),
}


@pytest.fixture
def inspect(bundler_installation: Installation, tmp_path: Path) -> SandboxedInspection:
    return SandboxedInspection(bundler_installation, tmp_path, seconds=PATIENCE_SECONDS)


def by_code(found: tuple[Diagnostic, ...], code: str) -> Mapping[int, Diagnostic]:
    return {one.line: one for one in found if one.code == code}


def test_server_code_may_name_what_it_is_given(inspect: SandboxedInspection) -> None:
    code = """\
import type { Note } from "@/types";

const notes: Note[] = [];

export default {
  async fetch(request, env, context) {
    const answer = await fetch("https://api.example.com/", { headers: { authorization: env.API_KEY } });
    context.waitUntil(Promise.resolve());
    if (request.method === "POST") notes.push((await request.json()) as Note);
    return Response.json({ notes, status: answer.status });
  },
} satisfies ExportedHandler;
"""
    files = {**SMALL_APP, "src/types.ts": "export type Note = { text: string };\n", "server/index.ts": code}
    assert inspect(files) == ()
    [found] = inspect({**files, "server/index.ts": code.replace("request.method", "request.methods")})
    assert (found.file, found.line) == ("server/index.ts", 9)


def test_the_starter_has_nothing_wrong_with_it(inspect: SandboxedInspection) -> None:
    assert inspect(starter_files()) == ()


@pytest.fixture(scope="module")
def wrong(bundler_installation: Installation, tmp_path_factory: pytest.TempPathFactory) -> tuple[Diagnostic, ...]:
    inspect = SandboxedInspection(bundler_installation, tmp_path_factory.mktemp("run"), seconds=PATIENCE_SECONDS)
    return inspect(starter_files() | {"src/App.tsx": WRONG, "src/old.jsx": "export const f = () => gone.x;\n"})


def test_wrong_types_are_errors_with_their_place(wrong: tuple[Diagnostic, ...]) -> None:
    types = {line: one for line, one in by_code(wrong, "type").items() if one.severity == "error"}
    assert sorted(types) == [15, 16]
    assert types[15].file == "src/App.tsx"
    assert "glowing" in types[15].message


def test_what_has_no_type_is_only_a_warning_and_what_is_not_used_is_none(wrong: tuple[Diagnostic, ...]) -> None:
    assert by_code(wrong, "type")[12].severity == "warning"
    assert 5 not in by_code(wrong, "type")


def test_the_linter_tells_crashes_from_what_is_merely_bad(wrong: tuple[Diagnostic, ...]) -> None:
    lint = [(one.file, one.line, one.severity) for one in wrong if one.code == "lint"]
    assert ("src/App.tsx", 8, "error") in lint  # a hook that is called now and then
    assert ("src/App.tsx", 16, "error") in lint  # .toFixed() of undefined
    assert ("src/App.tsx", 16, "warning") in lint  # no key
    assert ("src/App.tsx", 11, "warning") in lint  # dependencies
    assert ("src/old.jsx", 1, "error") in lint  # an undefined name, where no types are checked


def test_configuration_of_the_app_is_not_read(inspect: SandboxedInspection) -> None:
    assert [found for found in inspect(SMALL_APP | HOSTILE) if found.file != "src/secrets.ts"] == []


def test_paths_outside_the_app_are_refused(inspect: SandboxedInspection) -> None:
    with pytest.raises(InvalidInput, match="not a path"):
        inspect({"../x.ts": ""})


def test_types_that_take_for_ever_are_given_up(bundler_installation: Installation, tmp_path: Path) -> None:
    endless = SandboxedInspection(bundler_installation, tmp_path, seconds=0)
    with pytest.raises(Unavailable, match="longer than 0 s"):
        endless(SMALL_APP)


def test_a_turn_that_is_stopped_does_not_wait(inspect: SandboxedInspection) -> None:
    with pytest.raises(Unavailable, match="it was stopped"):
        inspect(SMALL_APP, should_stop=lambda: True)
