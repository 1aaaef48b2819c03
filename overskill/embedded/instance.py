"""What runs on a data folder: written by the supervisor, read by every other process of the product."""

import fcntl
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from overskill.config import Settings
from overskill.embedded.files import write_private
from overskill.embedded.places import Home
from overskill.embedded.process import ProcessIdentity
from overskill.errors import Conflict


@dataclass(frozen=True, slots=True)
class Instance:
    """A running OverSkill, and how to reach its servers. It holds passwords: keep it out of logs."""

    supervisor: ProcessIdentity
    started_at: datetime
    database_url: str
    redis_url: str
    site_url: str
    web_port: int
    preview_port: int
    edge_port: int


def running(settings: Settings) -> Instance | None:
    """The instance that is up on this data folder, or None. One that crashed counts as none."""
    instance = _read(Home.of(settings).instance)
    return instance if instance and instance.supervisor.is_alive() else None


@contextmanager
def announced(settings: Settings, instance: Instance) -> Iterator[None]:
    """Let other processes find the instance, from now to the end."""
    path = Home.of(settings).instance
    write_private(path, json.dumps(asdict(instance) | {"started_at": instance.started_at.isoformat()}))
    try:
        yield
    finally:
        path.unlink(missing_ok=True)


@contextmanager
def only_one(home: Home, purpose: str) -> Iterator[None]:
    """Hold the data folder. The kernel lets go of it when we die, however we die."""
    with home.lock.open("a+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            raise Conflict(
                f"{file.read() or 'Another process'} is already using {home.root}. "
                "Stop it first, or choose another data folder and other ports: "
                "OVERSKILL_HOME, OVERSKILL_WEB_PORT, OVERSKILL_PREVIEW_PORT, OVERSKILL_EDGE_PORT."
            ) from None
        file.truncate(0)
        file.write(purpose)
        file.flush()
        yield


def _read(path: Path) -> Instance | None:
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    supervisor = ProcessIdentity(**values.pop("supervisor"))
    started_at = datetime.fromisoformat(values.pop("started_at")).astimezone(UTC)
    return Instance(supervisor=supervisor, started_at=started_at, **values)
