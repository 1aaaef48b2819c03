"""Publishing an app: requested, run, watched, tried on some visitors, moved on, taken back."""

from overskill.services.deployments.deploy import run_deployment
from overskill.services.deployments.live import live_deployment
from overskill.services.deployments.offline import STILL_SHOWN, put_back_lost_removals, take_off_the_air, wish_offline
from overskill.services.deployments.publisher import Publisher
from overskill.services.deployments.request import deployment_topic, get_deployment, request_deployment
from overskill.services.deployments.rollback import roll_back
from overskill.services.deployments.sweep import sweep_deployments
from overskill.services.deployments.view import (
    DeploymentView,
    PublishView,
    deployment_beside,
    deployment_in,
    publishing_beside,
    view_publishing,
)

__all__ = [
    "STILL_SHOWN",
    "DeploymentView",
    "PublishView",
    "Publisher",
    "deployment_beside",
    "deployment_in",
    "deployment_topic",
    "get_deployment",
    "live_deployment",
    "publishing_beside",
    "put_back_lost_removals",
    "request_deployment",
    "roll_back",
    "run_deployment",
    "sweep_deployments",
    "take_off_the_air",
    "view_publishing",
    "wish_offline",
]
