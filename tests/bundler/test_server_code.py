"""An app's own server code, server/index.ts: built for the edge, and never for browsers."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from overskill.bundler.setup import Installation
from overskill.clients.bundler import BuildFailed, Bundle
from tests.support_bundler import APP, SMALL_APP, builds

Build = Callable[[Mapping[str, str]], Bundle]

SERVER = """\
import { z } from "zod";
import { greeting } from "./greeting";
import { limit } from "@/limits";

export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    const { name } = z.object({ name: z.string() }).parse(await request.json());
    return Response.json({ text: greeting(name, env.SECRET_WORD), limit });
  },
};
"""
FILES = {
    **SMALL_APP,
    "server/index.ts": SERVER,
    "server/greeting.ts": "export const greeting = (name: string, word: string) => `SERVER-ONLY ${name} ${word}`;\n",
    "src/limits.ts": "export const limit = 42;\n",
}


@pytest.fixture
def build(bundler_installation: Installation, tmp_path: Path) -> Build:
    return builds(bundler_installation, tmp_path)


def refusal(build: Build, files: Mapping[str, str]) -> str:
    with pytest.raises(BuildFailed) as refused:
        build({**SMALL_APP, **files})
    return str(refused.value)


def test_server_code_is_one_module_with_what_it_imports(build: Build) -> None:
    bundle = build(FILES)
    [(name, code)] = bundle.modules.items()
    assert name == "server.js"
    assert b"SERVER-ONLY" in code
    assert b"import " not in code


def test_nothing_of_server_code_is_in_what_browsers_get(build: Build) -> None:
    assert not any(b"SERVER-ONLY" in asset.content for asset in build(FILES).assets.values())


def test_an_app_without_server_code_has_no_modules(build: Build) -> None:
    assert build(SMALL_APP).modules == {}
    assert build({**SMALL_APP, "server/notes.ts": "export const x: = 1"}).modules == {}


@pytest.mark.parametrize("specifier", ["../server/greeting", "../server/greeting.ts?raw", "/server/greeting.ts?url"])
def test_code_for_browsers_cannot_import_server_code(build: Build, specifier: str) -> None:
    app = f'import * as kept from "{specifier}";\nconsole.log(kept);\n{APP}'
    assert "is server code, which browsers never get" in refusal(build, {**FILES, "src/App.tsx": app})


def test_a_stylesheet_cannot_publish_server_code(build: Build) -> None:
    css = '@import "tailwindcss";\nh1 { background: url("../server/greeting.ts") }\n'
    bundle = build({**FILES, "src/index.css": css})
    assert not any(b"SERVER-ONLY" in asset.content for asset in bundle.assets.values())


def test_types_of_server_code_may_be_imported(build: Build) -> None:
    app = f'import type {{ Answer }} from "../server/types";\nexport type Kept = Answer;\n{APP}'
    build({**FILES, "server/types.ts": "export type Answer = string;\n", "src/App.tsx": app})


def test_without_a_handler_the_build_says_what_to_export(build: Build) -> None:
    said = refusal(build, {"server/index.ts": "export const handler = () => new Response();"})
    assert "server/index.ts must export its handler" in said


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ('import "node:fs";', '"node:fs" is a part of Node'),
        ('import "express";', 'Package "express" is not available'),
        ('import "cloudflare:workers";', '"cloudflare:workers" is not available'),
        ('import "lodash-es/../../../secret.json";', "has no part"),
        ('import "lodash-es/package.json";', "has no part"),
        ('import "/etc/hostname";', "Cannot find"),
        ('import "./gone";', 'Cannot find "./gone"'),
        ("const broken = ;", "server/index.ts"),
    ],
)
def test_what_server_code_cannot_have_is_said(build: Build, code: str, sentence: str) -> None:
    handler = "export default { fetch() { return new Response(); } };"
    said = refusal(build, {"server/index.ts": f"{code}\n{handler}"})
    assert sentence in said
    assert "server/index.ts" in said
