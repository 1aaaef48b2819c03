"""What the workflow's last step runs, in a shell, against answers as our routes give them."""

import json
import os
import shutil
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import yaml

from overskill.config import Settings
from overskill.services.repositories.publishing import workflow_text

TOOLS = ("bash", "curl", "jq")
pytestmark = pytest.mark.skipif(not all(map(shutil.which, TOOLS)), reason=f"It needs {', '.join(TOOLS)}.")
SECONDS = 120


@dataclass
class Instance:
    """`answers`: what is said to each method. `asked`: method, path, token, body."""

    address: str = ""
    answers: dict[str, tuple[int, dict[str, str]]] = field(default_factory=dict)
    asked: list[tuple[str, str, str, Any]] = field(default_factory=list)


@pytest.fixture
def instance() -> Iterator[Instance]:
    told = Instance()

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length") or 0))
            token = self.headers["authorization"].removeprefix("Bearer ")
            told.asked.append((self.command, self.path, token, json.loads(body or b"null")))
            status, said = told.answers[self.command]
            self.send_response(status)
            self.end_headers()
            self.wfile.write(json.dumps(said).encode())

        do_GET = do_POST = answer  # noqa: N815 - the names it is called by

        def log_message(self, *_: object) -> None:
            """Nobody reads it."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    told.address = f"http://127.0.0.1:{server.server_port}/publishes"
    yield told
    server.shutdown()
    thread.join()
    server.server_close()


def run(instance: Instance, folder: Path, token: str = "osd_token") -> subprocess.CompletedProcess[str]:  # noqa: S107
    workflow = yaml.safe_load(workflow_text("main", settings=Settings()))
    script = workflow["jobs"]["publish"]["steps"][0]["run"]
    told = {
        "PATH": os.environ["PATH"],
        "OVERSKILL": instance.address,
        "TOKEN": token,
        "GITHUB_SHA": "a" * 40,
        "GITHUB_REF_NAME": "main",
        "GITHUB_OUTPUT": str(folder / "output"),
        "GITHUB_STEP_SUMMARY": str(folder / "summary"),
    }
    command = ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", script]  # as runners do
    return subprocess.run(command, env=told, capture_output=True, text=True, timeout=SECONDS, check=False)


def test_a_published_push_gives_its_address(instance: Instance, tmp_path: Path) -> None:
    instance.answers["POST"] = (202, {"id": "n-1"})
    instance.answers["GET"] = (200, {"status": "published", "words": "Version 2 is live", "url": "https://a.example"})
    assert run(instance, tmp_path).returncode == 0
    assert (tmp_path / "output").read_text() == "url=https://a.example\n"
    wish = {"commit": "a" * 40, "branch": "main"}
    assert instance.asked == [
        ("POST", "/publishes", "osd_token", wish),
        ("GET", "/publishes/n-1", "osd_token", None),
    ]


def test_one_that_waits_for_its_approval_ends_well(instance: Instance, tmp_path: Path) -> None:
    instance.answers["POST"] = (202, {"id": "n-1"})
    instance.answers["GET"] = (200, {"status": "waiting", "words": "Production is protected", "url": ""})
    done = run(instance, tmp_path)
    assert (done.returncode, done.stdout) == (0, "::notice::Production is protected\n")


def test_what_failed_says_why(instance: Instance, tmp_path: Path) -> None:
    instance.answers["POST"] = (202, {"id": "n-1"})
    instance.answers["GET"] = (200, {"status": "failed", "words": "It does not compile", "url": ""})
    done = run(instance, tmp_path)
    assert (done.returncode, done.stdout) == (1, "::error::It does not compile\n")


def test_what_is_refused_says_why(instance: Instance, tmp_path: Path) -> None:
    instance.answers["POST"] = (403, {"error": "This token publishes nothing here."})
    done = run(instance, tmp_path)
    assert (done.returncode, done.stdout) == (1, "::error::This token publishes nothing here.\n")


def test_without_a_token_nothing_is_asked(instance: Instance, tmp_path: Path) -> None:
    assert run(instance, tmp_path, token="").returncode == 0
    assert instance.asked == []
