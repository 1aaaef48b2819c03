"""The services a command acts through: of the running instance, or of parts started for this one command."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import typer

from overskill.cli.settings import load_settings
from overskill.embedded.stopping import StopRequest, stop_signals

if TYPE_CHECKING:
    from overskill.config import Settings
    from overskill.container import Container
    from overskill.embedded.parts import Role


@dataclass(frozen=True, slots=True)
class Reach:
    """Servers to talk to. `stop` is set by Ctrl-C: look at it while waiting."""

    settings: "Settings"
    database_url: str
    redis_url: str
    stop: StopRequest


@contextmanager
def connected(needs: "Collection[Role]" = ()) -> "Iterator[tuple[Container, StopRequest]]":
    """The services of the running instance; where none runs, of what `reached` starts."""
    from overskill import container

    with reached(needs) as reach:
        services = container.boot(reach.settings, database_url=reach.database_url, redis_url=reach.redis_url)
        yield services, reach.stop


@contextmanager
def reached(needs: "Collection[Role]" = ()) -> Iterator[Reach]:
    """The servers of the running instance. Where none runs, start them and the parts needed, and stop all again."""
    from overskill.embedded.instance import running
    from overskill.embedded.machine import machine
    from overskill.embedded.steps import Steps

    settings = load_settings()
    with stop_signals() as stop:
        if instance := running(settings):
            yield Reach(settings, instance.database_url, instance.redis_url, stop)
        elif _works_elsewhere(settings):
            urls = (settings.database_url.get_secret_value(), settings.redis_url.get_secret_value())
            yield Reach(settings, *urls, stop)
        else:
            steps = Steps(lambda line: typer.echo(line, err=True))
            with machine(settings, needs, purpose="Another command", steps=steps, stop=stop) as started:
                yield Reach(settings, started.database_url, started.redis_url, stop)


def _works_elsewhere(settings: "Settings") -> bool:
    """Whether workers listen on the configured queue: then OverSkill runs, on other machines than this."""
    if not (settings.database_url.get_secret_value() and settings.redis_url.get_secret_value()):
        return False
    from redis import Redis

    with Redis.from_url(settings.redis_url.get_secret_value()) as client:
        return bool(client.scard("rq:workers"))
