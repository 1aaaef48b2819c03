from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest
from typer.testing import CliRunner, Result

from overskill.cli import app
from overskill.clients.jobs import FakeJobQueue
from overskill.container import Container
from overskill.embedded.parts import Role
from overskill.embedded.stopping import StopRequest


@dataclass
class CommandLine:
    """Runs commands as a shell would; keeps which parts each asked for."""

    needs: list[set[Role]] = field(default_factory=list)

    def __call__(self, *arguments: str) -> Result:
        return CliRunner().invoke(app, list(arguments))


@pytest.fixture
def run() -> CommandLine:
    return CommandLine()


@pytest.fixture
def connected_run(
    run: CommandLine, services: Container, work: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> CommandLine:
    """Commands act on the test's own services, and whatever they enqueue is done at once."""

    @contextmanager
    def connected(needs: Collection[Role] = ()) -> Iterator[tuple[Container, StopRequest]]:
        run.needs.append(set(needs))
        yield services, StopRequest()

    def enqueue_and_work(job: str, *ids: str, queue: str = "default") -> None:
        assert isinstance(services.queue, FakeJobQueue)
        services.queue.enqueued.append((job, ids, queue))
        work()

    monkeypatch.setattr("overskill.cli.connection.connected", connected)
    monkeypatch.setattr(services.queue, "enqueue", enqueue_and_work)
    return run
