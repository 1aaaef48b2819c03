"""Publishing an app: requested, run, watched, rolled back."""

from overskill.services.deployments.deploy import run_deployment, sweep_deployments
from overskill.services.deployments.request import (
    deployment_topic,
    get_deployment,
    live_deployment,
    request_deployment,
    roll_back,
    take_off_the_air,
)
from overskill.services.deployments.view import DeploymentView, PublishView, view_deployment, view_publishing

__all__ = [
    "DeploymentView",
    "PublishView",
    "deployment_topic",
    "get_deployment",
    "live_deployment",
    "request_deployment",
    "roll_back",
    "run_deployment",
    "sweep_deployments",
    "take_off_the_air",
    "view_deployment",
    "view_publishing",
]
