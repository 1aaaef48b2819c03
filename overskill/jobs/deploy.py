"""Queue `deploy`: one publish, or the end of one."""

from uuid import UUID

from overskill import container
from overskill.models import DeploymentEnvironment
from overskill.services.deployments import run_deployment
from overskill.services.deployments.offline import take_off as take_off_environment


def deploy(deployment_id: str) -> None:
    run_deployment(UUID(deployment_id), container.get().publisher)


def take_off(app_id: str, environment: str) -> None:
    take_off_environment(UUID(app_id), DeploymentEnvironment(environment), container.get().publisher)
