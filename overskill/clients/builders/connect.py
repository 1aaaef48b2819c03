"""The builders that this instance's settings name."""

from overskill.clients.builders.local import LocalBuilder
from overskill.clients.builders.protocol import Builder, BuilderName
from overskill.clients.bundler import Bundler
from overskill.config import Settings


def connect_builders(settings: Settings, bundler: Bundler) -> dict[BuilderName, Builder]:
    return {name: _connect(name, settings, bundler) for name in map(BuilderName, sorted(settings.named_builders))}


def _connect(name: BuilderName, settings: Settings, bundler: Bundler) -> Builder:  # noqa: ARG001
    return LocalBuilder(bundler)
