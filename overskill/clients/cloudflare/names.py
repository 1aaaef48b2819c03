"""What an instance's things are called in a Cloudflare account. Several instances can share one."""

import hashlib

from overskill.clients.edge_manifest import namespace_of
from overskill.clients.edge_names import CANARY
from overskill.config import Settings

LONGEST_DATABASE_NAME = 63
ENVIRONMENTS = ("preview", "staging", "production")


def dispatch_namespaces(settings: Settings) -> dict[str, str]:
    """By environment."""
    return {environment: namespace_of(settings.instance, environment) for environment in ENVIRONMENTS}


def dispatch_script(settings: Settings) -> str:
    return f"overskill-{settings.instance}-dispatch"


def outbound_script(settings: Settings) -> str:
    """What every call of an app's own server code goes through."""
    return f"overskill-{settings.instance}-outbound"


def routes_title(settings: Settings) -> str:
    """Of the value store."""
    return f"overskill-{settings.instance}-routes"


def usage_dataset(settings: Settings) -> str:
    return f"overskill_{settings.instance.replace('-', '_')}_usage"


def database_name(namespace: str, script: str) -> str:
    """A canary uses its app's."""
    name = f"{namespace}-{script.removesuffix(CANARY)}"
    if len(name) <= LONGEST_DATABASE_NAME:
        return name
    digest = hashlib.sha256(name.encode()).hexdigest()[:8]
    return f"{name[: LONGEST_DATABASE_NAME - 9]}-{digest}"


def apps_domain(settings: Settings) -> str:
    """What apps' addresses end with: `https://{slug}.apps.example.com` -> apps.example.com; "" where they are paths."""
    host = settings.app_address("slug").partition("://")[2].partition("/")[0].partition(":")[0]
    return host.removeprefix("slug.") if host.startswith("slug.") else ""
