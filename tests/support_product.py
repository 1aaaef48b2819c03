"""The whole product for tests: `overskill up` as a child, with a data folder and ports of its own.

What takes long to install (the packages of the bundler, workerd) is shared by all tests and runs.
"""

import http.client
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil
from sqlalchemy import text
from sqlmodel import Session

from overskill.bundler import setup as bundler
from overskill.db import connect
from tests.support_bundler import SHARED_HOME
from tests.support_edge import use_shared_workerd
from tests.support_ports import free_port
from tests.support_settings import without_settings
from tests.support_waiting import PATIENCE_SECONDS

ROOT = Path(__file__).parent.parent
START_SECONDS = 300.0  # also a first build of the front end
COMMAND_SECONDS = 300.0
_TICK_SECONDS = 0.05
_IN_TRANSACTION = text(
    "select exists(select from pg_stat_activity"
    " where datname = current_database() and pid <> pg_backend_pid() and xact_start is not null)"
)
_OWNER_LINK = re.compile(r"http://\S+/auth/owner\?token=\S+")


@dataclass(frozen=True, slots=True)
class Ports:
    web: int
    preview: int
    edge: int


@dataclass
class Command:
    process: subprocess.Popen[bytes]
    said: Path  # a folder

    def wait(self, seconds: float = COMMAND_SECONDS) -> int:
        return self.process.wait(seconds)

    @property
    def output(self) -> str:
        return (self.said / "output").read_text()

    @property
    def progress(self) -> str:
        return (self.said / "progress").read_text()

    def finish(self, seconds: float = COMMAND_SECONDS) -> dict[str, Any]:
        """Wait until a command with `--json` ends well, and read what it printed."""
        status = self.wait(seconds)
        assert status == 0, self.progress
        answer: dict[str, Any] = json.loads(self.output)
        return answer


@dataclass
class Product:
    """One instance. `start` and `stop` may be called in turns: the data folder stays."""

    home: Path
    ports: Ports
    settings: Mapping[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None
    start_seconds: float = 0.0  # of the latest start
    commands: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://localhost:{self.ports.web}"

    @property
    def log(self) -> Path:
        return self.home / "up.log"

    @property
    def owner_link(self) -> str:
        """The newest one that was printed; it works once."""
        return _OWNER_LINK.findall(self.log.read_text())[-1]

    @property
    def environment(self) -> dict[str, str]:
        return without_settings(os.environ) | {
            "OVERSKILL_HOME": str(self.home),
            "OVERSKILL_WEB_PORT": str(self.ports.web),
            "OVERSKILL_PREVIEW_PORT": str(self.ports.preview),
            "OVERSKILL_EDGE_PORT": str(self.ports.edge),
            "OVERSKILL_BROWSER_CHECKS": "off",  # a browser for each turn, beside that of the journey
            "OVERSKILL_HOUSE_LISTINGS": "off",  # a dozen apps to write, build and publish
            **self.settings,
        }

    @property
    def instance(self) -> dict[str, Any]:
        """What a running one tells its commands."""
        told: dict[str, Any] = json.loads((self.home / "run" / "instance.json").read_text())
        return told

    def app_url(self, slug: str) -> str:
        return f"http://{slug}.localhost:{self.ports.edge}/"

    def app_path_url(self, slug: str) -> str:
        """The same app where there are no subdomains."""
        return f"http://localhost:{self.ports.edge}/app/{slug}/"

    def start(self) -> float:
        """Bring it up; the seconds it took until it said so and every part answered."""
        began = time.monotonic()
        with self.log.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "overskill", "up"],
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
                preexec_fn=hear_ctrl_c,  # noqa: PLW1509 - it makes one system call
            )
        while not _OWNER_LINK.search(self.log.read_text()):
            if self.process.poll() is not None or time.monotonic() - began > START_SECONDS:
                raise RuntimeError(f"OverSkill did not start:\n{self.log.read_text()}")
            time.sleep(_TICK_SECONDS)
        self.wait_until_healthy(START_SECONDS)
        self.start_seconds = time.monotonic() - began
        return self.start_seconds

    def stop(self) -> float:
        """Press Ctrl-C; the seconds it took. Nothing of it may be left."""
        assert self.process is not None
        began = time.monotonic()
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill_everything()
            raise
        return time.monotonic() - began

    def kill_everything(self) -> None:
        for process in self.processes():
            with suppress(psutil.NoSuchProcess):  # it may end by itself meanwhile
                process.kill()
        for started in (self.process, *self.commands):
            if started is not None:
                started.kill()
                started.wait()

    def processes(self) -> list[psutil.Process]:
        """Every process of this instance: it was told the data folder, or works in it."""
        found = []
        for process in psutil.process_iter():
            try:
                words = [process.environ().get("OVERSKILL_HOME", ""), process.cwd(), *process.cmdline()]
            except (psutil.Error, OSError):  # it ended meanwhile, or is not ours to see
                continue
            if any(str(self.home) in word for word in words):
                found.append(process)
        return found

    def parts(self) -> dict[str, int]:
        """The process numbers of "web", "bundler", "edge" and "workers"."""
        children = json.loads((self.home / "run" / "children.json").read_text())
        return {name: child["pid"] for name, child in children.items()}

    def inner(self, part: str, program: str) -> list[psutil.Process]:
        """The processes that a part started: ("edge", "workerd")."""
        children = psutil.Process(self.parts()[part]).children()
        return [child for child in children if Path(child.exe()).name == program]

    @contextmanager
    def pausing(self) -> Iterator[None]:
        """Every worker stands still meanwhile, so that a turn stays where it is however slow its spectators are."""
        workers = psutil.Process(self.parts()["workers"]).children(recursive=True)
        while True:
            for worker in workers:
                worker.suspend()
            if not self._is_in_transaction():
                break
            for worker in workers:  # nobody may wait for a lock of one that stands still
                worker.resume()
            time.sleep(_TICK_SECONDS)
        try:
            yield
        finally:
            for worker in workers:
                worker.resume()

    def _is_in_transaction(self) -> bool:
        with self.session() as session:
            return bool(session.connection().execute(_IN_TRANSACTION).scalar())

    def is_healthy(self) -> bool:
        return get("127.0.0.1", self.ports.web, "/healthz")[0] == 200

    def wait_until_healthy(self, seconds: float = PATIENCE_SECONDS) -> float:
        """The seconds it took."""
        began = time.monotonic()
        while not self.is_healthy():
            if time.monotonic() - began > seconds:
                status, text = get("127.0.0.1", self.ports.web, "/healthz")
                raise AssertionError(f"not healthy after {seconds:.0f} s: {status} {text}\n{self.log.read_text()}")
            time.sleep(_TICK_SECONDS)
        return time.monotonic() - began

    def begin(self, *arguments: str) -> "Command":
        """A command on this instance, as from a shell."""
        said = Path(tempfile.mkdtemp(dir=self.home, prefix="command-"))
        with (said / "output").open("wb") as output, (said / "progress").open("wb") as progress:
            process = subprocess.Popen(
                [sys.executable, "-m", "overskill", *arguments],
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=progress,
            )
        self.commands.append(process)
        return Command(process, said)

    def run(self, *arguments: str) -> dict[str, Any]:
        """A command that succeeds; what it says about the app."""
        return self.begin(*arguments, "--json").finish()

    @contextmanager
    def session(self) -> Iterator[Session]:
        """A look into its database."""
        engine = connect(self.instance["database_url"], pool_size=1)
        with Session(engine) as session:
            yield session
        engine.dispose()


def hear_ctrl_c() -> None:
    """What a shell starts in the background ignores SIGINT, and so would what we start."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def get(host: str, port: int, path: str = "/") -> tuple[int, str]:
    """One request, to a name that only a browser would resolve; (0, why) when nobody answers."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)
    try:
        connection.request("GET", path, headers={"Host": f"{host}:{port}"})
        response = connection.getresponse()
        return response.status, response.read().decode("utf-8", "replace")
    except (OSError, http.client.HTTPException) as error:
        return 0, str(error)
    finally:
        connection.close()


def make_product(**settings: str) -> Product:
    """A data folder and ports for an instance, not yet started. `settings` are named as in .env."""
    home = Path(tempfile.mkdtemp(prefix="overskill-"))  # short: the paths of sockets may have 100 characters
    share_installs(home)
    return Product(home, free_ports(), settings)


@contextmanager
def running_product(**settings: str) -> Iterator[Product]:
    """A running instance, with a fresh data folder that is deleted at the end."""
    product = make_product(**settings)
    try:
        product.start()
        yield product
        product.stop()
    finally:
        product.kill_everything()
        shutil.rmtree(product.home, ignore_errors=True)


def share_installs(home: Path) -> None:
    """Link to the packages that all tests and runs share, installed by the first."""
    use_shared_workerd(home)
    bundler.prepare(SHARED_HOME, print)
    installed = bundler.installation(SHARED_HOME)
    for folder in (installed.tools, installed.vendor):
        link = home / "bundler" / folder.name
        link.parent.mkdir(mode=0o700, exist_ok=True)
        link.symlink_to(folder)


def free_ports() -> Ports:
    found: set[int] = set()
    while len(found) < 3:
        found.add(free_port())
    return Ports(*found)
