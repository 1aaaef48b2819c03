"""The bundler in tests: one installation for all (made once, in about 7 s), a daemon and builds for each that asks.

def test_it_builds(bundler_installation, tmp_path):
    bundle = builds(bundler_installation, tmp_path)(files)
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from overskill.bundler import setup
from overskill.bundler.builds import SandboxedBuilds
from overskill.bundler.launcher import daemon_command, socket_path
from overskill.bundler.setup import Installation, installation, prepare
from overskill.clients.bundler import Bundle, LocalBundler
from overskill.config import Settings
from overskill.embedded import node
from tests.support_ports import free_port
from tests.support_waiting import PATIENCE_SECONDS

SHARED_HOME = Path(tempfile.gettempdir()) / f"overskill-tests-{os.getuid()}"
MAIN = """\
import { createRoot } from "react-dom/client";
import App from "./App";
import "./index.css";

createRoot(document.getElementById("root")!).render(<App />);
"""
APP = """\
import { useState } from "react";

export default function App() {
  const [count, setCount] = useState(0);
  return <main className="p-4"><h1>Hello</h1><button onClick={() => setCount(count + 1)}>{count}</button></main>;
}
"""
SMALL_APP = {
    "index.html": '<!doctype html><html lang="en"><head><title>Small</title></head><body></body></html>',
    "src/main.tsx": MAIN,
    "src/App.tsx": APP,
    "src/index.css": '@import "tailwindcss";\n:root {\n  --shade: rgb(1, 2, 3);\n}\nh1 {\n  color: var(--shade);\n}\n',
}


@pytest.fixture(scope="session")
def bundler_installation() -> Installation:
    """Shared by all workers and all runs; a lock inside `prepare` lets one of them make it."""
    prepare(SHARED_HOME, lambda _: None)
    return installation(SHARED_HOME)


@pytest.fixture(scope="session")
def type_packages(bundler_installation: Installation, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A node_modules with TypeScript and the types of every package that apps may import."""
    packages = tmp_path_factory.mktemp("types") / "node_modules"
    (packages / "vite").mkdir(parents=True)
    (packages / "vite" / "client.d.ts").symlink_to(setup.SOURCES / "inspection" / "vite-client.d.ts")
    for package in (bundler_installation.vendor / "node_modules").iterdir():
        (packages / package.name).symlink_to(package)
    return packages


def type_errors(project: Path, packages: Path) -> list[str]:
    """What the compiler says about the project (a folder with a tsconfig.json), a line for each error."""
    (project / "node_modules").symlink_to(packages)
    command = [str(node.node()), str(packages / "typescript" / "bin" / "tsc"), "--noEmit", "--pretty", "false"]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False, timeout=120)
    return [line for line in done.stdout.splitlines() if "error TS" in line]


def builds(installed: Installation, run: Path) -> Callable[[Mapping[str, str]], Bundle]:
    """Real production builds; `run` may be a test's own folder, or one shared to limit how many run at once."""
    return SandboxedBuilds(installed, run)


@dataclass
class RunningBundler:
    """A daemon of a test's own."""

    settings: Settings
    installed: Installation
    client: LocalBundler
    process: subprocess.Popen[bytes] = field(init=False)

    def start(self) -> None:
        environment = os.environ | self.installed.environment
        self.process = subprocess.Popen(
            daemon_command(self.settings, self.installed), env=environment, stdout=subprocess.PIPE
        )
        assert self.process.stdout is not None
        assert b"ready" in self.process.stdout.readline()

    def keep_up(self) -> None:
        """As the supervisor does: a daemon that died is there again. What it died of is said in the run's log."""
        if self.process.poll() is not None:
            print(f"the bundler of {self.settings.home} died: {self._wait()}", file=sys.stderr)  # noqa: T201
            self.start()

    def stop(self) -> int:
        self.process.terminate()
        return self._wait()

    def kill(self) -> None:
        self.process.kill()
        self._wait()

    def _wait(self) -> int:
        status = self.process.wait(PATIENCE_SECONDS)
        assert self.process.stdout is not None
        self.process.stdout.close()
        return status

    def address(self, key: str) -> str:
        return self.settings.preview_address(key) + "/"


@contextmanager
def running_bundler(home: Path, installed: Installation) -> Iterator[RunningBundler]:
    settings = Settings.model_validate(
        {"OVERSKILL_HOME": home, "OVERSKILL_PREVIEW_PORT": free_port(), "OVERSKILL_WEB_PORT": free_port()}
    )
    path = socket_path(settings)
    client = LocalBundler(path, builds(installed, home / "run"))
    running = RunningBundler(settings, installed, client)
    running.start()
    try:
        yield running
    finally:
        client.disconnect()
        running.stop()
