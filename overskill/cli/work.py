"""What the commands about apps do, as the owner: one transaction to ask, then following the work to its end."""

import asyncio
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import typer

from overskill.cli.progress import PublishLines, TurnLines
from overskill.container import Container
from overskill.db import transaction
from overskill.embedded.parts import Role
from overskill.embedded.stopping import StopRequest
from overskill.errors import NotFound, OverskillError
from overskill.models import Deployment, DeploymentEnvironment, DeploymentStatus, Generation, GenerationStatus
from overskill.services.accounts.owner import find_owner
from overskill.services.apps import app_to_change, app_to_read, app_to_switch, export_app
from overskill.services.deployments import deployment_topic, request_deployment, roll_back
from overskill.services.deployments.request import request_promotion
from overskill.services.generation import request_turn, turn_topic, unfinished_turn
from overskill.services.generation.start import start_app
from overskill.services.progress import ProgressLog

_LOOK_SECONDS = 1.0  # how often the row is read when no bell rings


@dataclass(frozen=True, slots=True)
class RequestedTurn:
    slug: str
    generation_id: UUID


def needs(*, publish: bool) -> set[Role]:
    """The parts that a turn, and a publish, use."""
    return {Role.BUNDLER, Role.ONE_WORKER} | ({Role.EDGE} if publish else set())


def start_new(services: Container, prompt: str) -> RequestedTurn:
    with transaction() as session:
        owner = find_owner(session)
        app = start_app(session, owner.id, prompt, intake=services.intake)
        turn = unfinished_turn(session, app.id)
        if turn is None:
            raise NotFound("The app was made, but its first turn is gone. Run the command again.")
        return RequestedTurn(app.slug, turn.id)


def start_turn(services: Container, slug: str, message: str) -> RequestedTurn:
    with transaction() as session:
        owner = find_owner(session)
        app = app_to_change(session, owner.id, slug)
        turn = request_turn(session, app, owner.id, message, intake=services.intake)
        return RequestedTurn(slug, turn.id)


def follow_turn(services: Container, turn: RequestedTurn, stop: StopRequest) -> None:
    """Show the turn as it is written. Raises when it fails; when the user stops waiting, it goes on without us."""
    key, topic = turn.generation_id, turn_topic(turn.generation_id)
    with TurnLines() as lines:
        follow(services.progress, topic, lambda: _turn(key).status.is_final, lines.show, stop)
    row = _turn(key)
    if row.status is GenerationStatus.FAILED:
        raise OverskillError(row.error or "The turn failed. Try again.")
    if row.error:
        raise OverskillError(row.error)


def follow_publish(
    services: Container,
    slug: str,
    stop: StopRequest,
    *,
    environment: str = "production",
    promote_from: str | None = None,
) -> None:
    """Publish the current version, or what another environment shows, step by step. Raises when it is not live then."""
    place, queue, log = DeploymentEnvironment(environment), services.queue, services.progress
    with transaction() as session:
        owner = find_owner(session)
        app = app_to_change(session, owner.id, slug)
        if promote_from:
            source = DeploymentEnvironment(promote_from)
            key = request_promotion(session, app, owner.id, source, place, queue=queue, log=log).id
        else:
            key = request_deployment(session, app, owner.id, queue=queue, log=log, environment=place).id
    with PublishLines() as lines:
        follow(services.progress, deployment_topic(key), lambda: _deployment(key).status.is_final, lines.show, stop)
    row = _deployment(key)
    if row.status is not DeploymentStatus.DEPLOYED:
        raise OverskillError(row.error or "A later publish went live first.")


def put_back(services: Container, slug: str) -> None:
    with transaction() as session:
        owner = find_owner(session)
        app = app_to_switch(session, owner.id, slug)
        target = roll_back(session, app, owner.id, services.publisher)
        typer.echo(f"Version {target.version} is live again.", err=True)


def write_zip(slug: str, out: Path) -> None:
    """Relative paths are relative to where the command was called, not to the checkout."""
    with transaction() as session:
        app = app_to_read(session, find_owner(session).id, slug)
        content = export_app(session, app)
    path = Path(os.environ.get("OVERSKILL_CALLED_FROM", ".")) / out
    try:
        path.write_bytes(content)
    except OSError as error:
        raise OverskillError(f"{path} can't be written: {error.strerror}.") from error
    typer.echo(f"Wrote {path} ({len(content) / 1024:.0f} KB).", err=True)


def follow(
    log: ProgressLog,
    topic: str,
    is_over: Callable[[], bool],
    show: Callable[[dict[str, object]], None],
    stop: StopRequest,
) -> None:
    """Show every entry of a topic, from the first, until its work is over."""

    async def read_on() -> None:
        after = "0"
        async for _ in log.changes(topic, at_least_every=_LOOK_SECONDS):
            stop.check()
            was_over = is_over()  # asked first: what is written before the end is then in the log
            while entries := await log.read(topic, after):
                for after, entry in entries:  # noqa: B007 - the last id is where to go on
                    show(entry)
            if was_over:
                break
        await log.close()

    asyncio.run(read_on())


def _turn(key: UUID) -> Generation:
    with transaction() as session:
        return session.get_one(Generation, key)


def _deployment(key: UUID) -> Deployment:
    with transaction() as session:
        return session.get_one(Deployment, key)
