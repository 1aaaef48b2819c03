"""The services a command acts through: of the running instance, or of parts started for this one command."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

from overskill.cli.settings import load_settings
from overskill.embedded.stopping import StopRequest, stop_signals

if TYPE_CHECKING:
    from overskill.config import Settings
    from overskill.container import Container
    from overskill.embedded.parts import Role


@contextmanager
def connected(needs: "Collection[Role]" = ()) -> "Iterator[tuple[Container, StopRequest]]":
    """Act on the running instance. Where none runs, start the servers and the parts needed, and stop them again.

    The stop request is set by Ctrl-C: look at it while waiting.
    """
    from overskill import container
    from overskill.embedded.instance import running
    from overskill.embedded.machine import machine
    from overskill.embedded.steps import Steps

    settings = load_settings()
    with stop_signals() as stop:
        instance = running(settings)
        if instance:
            yield container.boot(settings, database_url=instance.database_url, redis_url=instance.redis_url), stop
        elif _works_elsewhere(settings):
            yield container.boot(settings), stop
        else:
            steps = Steps(lambda line: typer.echo(line, err=True))
            with machine(settings, needs, purpose="Another command", steps=steps, stop=stop) as started:
                yield container.boot(settings, database_url=started.database_url, redis_url=started.redis_url), stop


def _works_elsewhere(settings: "Settings") -> bool:
    """Whether workers listen on the configured queue: then OverSkill runs, on other machines than this."""
    if not (settings.database_url.get_secret_value() and settings.redis_url.get_secret_value()):
        return False
    from redis import Redis

    with Redis.from_url(settings.redis_url.get_secret_value()) as client:
        return bool(client.scard("rq:workers"))
