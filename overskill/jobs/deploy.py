"""Queue `deploy`: one publish."""

from uuid import UUID

from overskill import container
from overskill.services.deployments import run_deployment


def deploy(deployment_id: str) -> None:
    run_deployment(UUID(deployment_id), container.get().publisher)
