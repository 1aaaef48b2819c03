"""The registry and the store that an instance is set to."""

import subprocess
from functools import cache
from urllib.parse import urlsplit

from overskill.bundler.packages.store import SharedPackageStore
from overskill.bundler.setup import installation
from overskill.clients.daemon import Daemon
from overskill.clients.registry import NpmRegistry
from overskill.config import Settings
from overskill.embedded import node
from overskill.errors import Unavailable

_ANSWER_SECONDS = 30


def npm_registry(settings: Settings) -> NpmRegistry:
    token = settings.npm_registry_token.get_secret_value()
    return NpmRegistry(lambda: settings.npm_registry or _address_of_npm(), token)


def package_store(settings: Settings, registry: NpmRegistry, daemon: Daemon) -> SharedPackageStore:
    return SharedPackageStore(installation(settings.home.expanduser()), registry, daemon)


@cache
def _address_of_npm() -> str:
    """What npm would ask: its own default, unless this machine's configuration names another."""
    asked = subprocess.run(
        [*node.npm(), "config", "get", "registry"],
        capture_output=True,
        check=False,
        timeout=_ANSWER_SECONDS,
        stdin=subprocess.DEVNULL,
        env=node.environment(),
    )
    address = asked.stdout.decode(errors="replace").strip()
    if asked.returncode != 0 or urlsplit(address).scheme not in ("http", "https"):
        raise Unavailable("npm does not say which registry to ask. Set OVERSKILL_NPM_REGISTRY to its address.")
    return address
