"""Where each environment of an app is."""

from overskill.config import Settings
from overskill.models import DeploymentEnvironment


def host_label(environment: DeploymentEnvironment, slug: str) -> str:
    """The name before the instance's domain: "habits", "staging--habits". No slug holds two hyphens in a row."""
    return slug if environment is DeploymentEnvironment.PRODUCTION else f"{environment}--{slug}"


def address_of(settings: Settings, environment: DeploymentEnvironment, slug: str) -> str:
    return settings.app_address(host_label(environment, slug))
