"""The security scan of whole apps: in the daemon, and over everything that recipes write."""

import json
import os
import subprocess

import pytest

from overskill.bundler.setup import SOURCES, Installation
from overskill.clients.bundler import Finding
from overskill.embedded import node
from overskill.errors import InvalidInput
from overskill.starter import starter_files
from tests.services.recipes.prompts import PROMPTS
from tests.services.recipes.turns import started
from tests.support_bundler import SMALL_APP, RunningBundler

SCAN_ALL = """
import fs from "node:fs";
const { scan } = await import(process.argv[1]);
const apps = JSON.parse(fs.readFileSync(0, "utf8"));
console.log(JSON.stringify(Object.fromEntries(Object.entries(apps).map(([name, files]) => [name, scan(files)]))));
"""


def scan_all(apps: dict[str, dict[str, str]], installed: Installation) -> dict[str, list[Finding]]:
    """Many apps in one process."""
    script = (SOURCES / "core" / "scan" / "scan.mjs").as_uri()
    loader = ["--import", str(SOURCES / "resolve-packages.mjs")]
    command = [str(node.node()), *loader, "--input-type=module", "--eval", SCAN_ALL, script]
    environment = os.environ | installed.environment
    done = subprocess.run(
        command, input=json.dumps(apps), env=environment, capture_output=True, text=True, check=True, timeout=60
    )
    found = json.loads(done.stdout)
    return {name: [Finding(**each) for each in findings] for name, findings in found.items()}


def test_what_recipes_write_is_safe(bundler_installation: Installation) -> None:
    apps = {prompt: started(prompt).files for prompt in PROMPTS[::6]} | {"the starter": starter_files()}
    assert {name: found for name, found in scan_all(apps, bundler_installation).items() if found} == {}


def test_the_daemon_tells_what_is_unsafe_and_where(bundler: RunningBundler) -> None:
    files = SMALL_APP | {
        "src/App.tsx": 'const run = window["ev" + "al"];\n\nexport default () => run(document.cookie);\n'
    }
    critical, high = bundler.client.scan(files)
    assert (critical.rule, critical.severity, critical.file) == ("eval", "critical", "src/App.tsx")
    assert (critical.line, critical.column) == (1, 13)
    assert (high.rule, high.severity, high.line) == ("cookie", "high", 3)
    assert bundler.client.scan(SMALL_APP) == ()


def test_a_name_is_followed_from_file_to_file(bundler: RunningBundler) -> None:
    files = SMALL_APP | {
        "src/a.ts": "export { page as default } from './b';",
        "src/b.ts": "export const page = globalThis;",
        "src/App.tsx": 'import p from "./a";\nexport default () => p["ev" + "al"]("1");\n',
    }
    assert [(found.rule, found.file) for found in bundler.client.scan(files)] == [("eval", "src/App.tsx")]


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("index.html", "<body>\n<script>eval('1')</script></body>", ("eval", "critical", 2)),
        ("index.html", '<head><script src="https://evil.example/a.js"></script></head>', ("script-tag", "critical", 1)),
        ("index.html", "<!--><script>eval('1')</script>-->", ("eval", "critical", 1)),
        ("index.html", "<img src=x onerror=\"eval('1')\">", ("eval", "critical", 1)),
        ("index.html", '<a href="java&#115;cript:alert(1)">x</a>', ("javascript-url", "high", 1)),
        ("index.html", '<link rel="stylesheet" href="https://evil.example/a.css">', ("host", "medium", 1)),
        ("public/a.svg", "<svg><script><![CDATA[eval('1')]]></script></svg>", ("eval", "critical", 1)),
        ("public/a.js", "var w = this; w['ev' + 'al']('1')", ("eval", "critical", 1)),
        ("public/a.js", "with (window) { alert(1) }", ("hidden-access", "high", 1)),
        ("public/a.js", "const = ;", ("unread", "low", 1)),
        ("public/a.js", "(" * 600 + "eval('1')" + ")" * 600, ("unread", "critical", 1)),
        ("src/index.css", 'a {}\n@import "https://evil.example/a.css";', ("host", "medium", 2)),
        ("src/index.css", "a { background: u\\72l(//evil.example/a.png) }", ("host", "medium", 1)),
        (
            "public/data.json",
            '{"key": "' + "ghp_" + "aB3dE5gH7jK9mN1pQ3sT5vW7yZ9bC1dE3fG5" + '"}',
            ("secret", "critical", 1),
        ),
    ],
)
def test_pages_pictures_and_stylesheets_are_scanned(
    bundler: RunningBundler, path: str, text: str, expected: tuple[str, str, int]
) -> None:
    found = bundler.client.scan({path: text})
    assert [(each.rule, each.severity, each.line) for each in found] == [expected]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("index.html", "<!-- <script>eval('1')</script> --><title>eval</title><p>document.cookie</p>"),
        ("index.html", '<script type="application/json">{"a": "eval(1)"}</script>'),
        ("public/data.json", '{"help": "eval(code) and document.cookie"}'),
        ("README.md", "Never use `eval(code)` or `el.innerHTML = data`."),
        ("src/broken.ts", "const = ;"),
        ("src/index.css", "/* url(https://evil.example/a.png) */ a { color: red }"),
    ],
)
def test_prose_data_and_comments_are_left_alone(bundler: RunningBundler, path: str, text: str) -> None:
    assert bundler.client.scan({path: text}) == ()


def test_a_secret_is_never_repeated(bundler: RunningBundler) -> None:
    secret = "sk_live_" + "4eC39HqLyjWDarjtT1zdp7dc"
    found = bundler.client.scan({"src/App.tsx": f'export const stripe = "{secret}";'})
    assert [each.severity for each in found] == ["critical"]
    assert secret[8:] not in repr(found)


def test_files_beyond_the_limits_are_refused(bundler: RunningBundler) -> None:
    with pytest.raises(InvalidInput, match="512 KB"):
        bundler.client.scan({"src/App.tsx": " " * 600_000})
