"""Where each environment of an app is."""

from overskill.clients.edge_names import LONGEST_SCRIPT
from overskill.config import Settings
from overskill.models import App, DeploymentEnvironment


def host_label(environment: DeploymentEnvironment, slug: str) -> str:
    """The name before the instance's domain: "habits", "staging--habits". No slug holds two hyphens in a row."""
    return slug if environment is DeploymentEnvironment.PRODUCTION else f"{environment}--{slug}"


def address_of(settings: Settings, environment: DeploymentEnvironment, slug: str) -> str:
    return settings.app_address(host_label(environment, slug))


def script_beside(app: App, label: str) -> str:
    """What is shown beside the app, as "habits--pr-12" is: a long slug is cut, and told apart by the app's id."""
    ending = f"--{label}"
    if len(app.slug) + len(ending) <= LONGEST_SCRIPT:
        return app.slug + ending
    ending = f"-{app.id.hex[:8]}{ending}"
    return app.slug[: LONGEST_SCRIPT - len(ending)].rstrip("-") + ending
