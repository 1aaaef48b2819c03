"""Queue `deploy`: one publish."""

from uuid import UUID

from overskill import container
from overskill.services.deployments import run_deployment


def deploy(deployment_id: str) -> None:
    services = container.get()
    run_deployment(
        UUID(deployment_id),
        bundler=services.bundler,
        edge=services.edge,
        log=services.progress,
        settings=services.settings,
        address=services.settings.app_address("{slug}"),
    )
