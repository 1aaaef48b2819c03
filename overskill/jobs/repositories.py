"""Queue `low`: an app and its repository brought to the same state, and what GitHub told us."""

from functools import partial
from typing import cast
from uuid import UUID

from overskill import container
from overskill.db import transaction
from overskill.services.repositories import Side, process_event, sync_repository


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
    with transaction() as session:
        process_event(session, UUID(event_id), queue=container.get().queue)
