"""Queue `low`: an app and its repository brought to the same state, and what GitHub told us."""

from functools import partial
from typing import cast
from uuid import UUID

from overskill import container
from overskill.db import transaction
from overskill.services.repositories import Side, process_event, sync_repository
from overskill.services.repositories.publishing import set_publishing as bring_publishing
from overskill.services.repositories.pull_requests import look_at_pull_requests as look
from overskill.services.repositories.pull_requests import preview_pull_request as bring_preview
from overskill.services.repositories.pushes import publish_push as publish


def sync(repository_id: str, keep: str = "") -> None:
    services = container.get()
    run = partial(
        sync_repository,
        host=services.code_host,
        redis=services.redis,
        bundler=services.bundler,
        log=services.progress,
        settings=services.settings,
    )
    run(UUID(repository_id), keep=cast(Side, keep) if keep in ("theirs", "ours") else None)


def process(event_id: str) -> None:
    services = container.get()
    with transaction() as session:
        process_event(session, UUID(event_id), queue=services.queue)


def set_publishing(repository_id: str, state: str) -> None:
    services = container.get()
    bring_publishing(
        UUID(repository_id),
        is_on=state == "on",
        host=services.code_host,
        redis=services.redis,
        settings=services.settings,
        log=services.progress,
    )


def publish_push(name: str) -> None:
    services = container.get()
    publish(
        name,
        host=services.code_host,
        redis=services.redis,
        bundler=services.bundler,
        publisher=services.publisher,
        queue=services.queue,
    )


def preview_pull_request(repository_id: str, number: str) -> None:
    services = container.get()
    bring_preview(
        UUID(repository_id),
        int(number),
        host=services.code_host,
        redis=services.redis,
        publisher=services.publisher,
    )


def look_at_pull_requests(repository_id: str) -> None:
    services = container.get()
    look(UUID(repository_id), host=services.code_host, redis=services.redis, queue=services.queue)
