"""Which builder builds an app, and which ones after it."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from overskill.clients.builders import BuilderName
from overskill.config import Settings
from overskill.services.packages.named import added_packages

LARGE_FILES = 200
LARGE_BYTES = 2 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Complexity:
    files: int
    size: int  # bytes
    foreign_packages: int  # that are not in the prebundled set: only this machine has them

    @classmethod
    def of(cls, files: Mapping[str, str]) -> "Complexity":
        size = sum(len(text.encode()) for text in files.values())
        return cls(len(files), size, len(added_packages(files)))

    @property
    def is_large(self) -> bool:
        return self.files > LARGE_FILES or self.size > LARGE_BYTES


@dataclass(frozen=True, slots=True)
class Experiment:
    """A share of all publishes that another builder gets, to compare the two."""

    builder: BuilderName
    percent: int


@dataclass(frozen=True, slots=True)
class BuilderPolicy:
    usual: BuilderName = BuilderName.LOCAL
    fallbacks: tuple[BuilderName, ...] = ()
    for_large: BuilderName | None = None
    experiment: Experiment | None = None

    @classmethod
    def of(cls, settings: Settings) -> "BuilderPolicy":
        return cls(
            usual=BuilderName(settings.builder),
            fallbacks=tuple(BuilderName(name) for name in settings.fallback_builders),
            for_large=BuilderName(settings.builder_large) if settings.builder_large else None,
            experiment=Experiment(BuilderName(settings.experiment[0]), settings.experiment[1])
            if settings.experiment
            else None,
        )


@dataclass(frozen=True, slots=True)
class Choice:
    builders: tuple[BuilderName, ...]  # in this order, until one works
    is_experiment: bool = False  # the first one was chosen by its share


def choose(policy: BuilderPolicy, app: Complexity, deployment_id: str) -> Choice:
    """The same deployment is always answered the same, so one that begins again stays in its group."""
    if app.foreign_packages > 0:
        return Choice((BuilderName.LOCAL,))
    order = [policy.usual, *policy.fallbacks]
    if policy.for_large is not None and app.is_large:
        order.insert(0, policy.for_large)
    tried = policy.experiment
    is_experiment = tried is not None and order[0] is not tried.builder and _share(deployment_id) < tried.percent
    if tried is not None and is_experiment:
        order.insert(0, tried.builder)
    return Choice(tuple(dict.fromkeys(order)), is_experiment)


def _share(deployment_id: str) -> int:
    """A number from 0 to 99, as good as random."""
    return int.from_bytes(hashlib.sha256(deployment_id.encode()).digest()[:8]) % 100
