"""Building what is published: what was built before, else the chosen builder, else the next one."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import UUID

from overskill.bundler.release import lock_hash, release
from overskill.clients.builders import Builder, BuilderName, BuildRequest
from overskill.clients.builders.protocol import BuilderDown, is_the_apps_fault
from overskill.clients.bundler import Bundle
from overskill.clients.variables import without_values
from overskill.db import transaction
from overskill.errors import OverskillError, Unavailable
from overskill.models import BuildAttempt
from overskill.services.builds.cache import BuildCache
from overskill.services.builds.choose import BuilderPolicy, Choice, Complexity, choose
from overskill.services.builds.inputs import build_key
from overskill.services.builds.prices import cost_micro
from overskill.services.figures import duration_words

CACHED = "cache"
_LABELS = {
    BuilderName.LOCAL: "this machine",
    BuilderName.LAMBDA: "AWS Lambda",
    BuilderName.GITHUB: "GitHub Actions",
    BuilderName.FARGATE: "AWS Fargate",
}


@dataclass(frozen=True)
class Builds:
    """What builds are made with."""

    builders: Mapping[BuilderName, Builder]
    policy: BuilderPolicy
    cache: BuildCache


@dataclass(frozen=True, slots=True)
class Built:
    bundle: Bundle
    builder: str  # a BuilderName, or CACHED
    seconds: float

    @property
    def words(self) -> str:
        """ "Built in 1.2 s" """
        return "Already built" if self.builder == CACHED else f"Built in {duration_words(self.seconds)}"


def build_files(
    files: Mapping[str, str],
    *,
    app_id: UUID,
    deployment_id: UUID,
    environment: str,
    builds: Builds,
    tell: Callable[[str], None],
) -> Built:
    """Raises what the app is at fault for at once, what the builders are at fault for when none is left.

    Each try is a row; `tell` hears when one builder gives up and the next begins.
    """
    request = BuildRequest(without_values(files), lock_hash(), release(), environment, str(deployment_id), app_id)
    key = build_key(files)
    if (kept := builds.cache.find(key)) is not None:
        return Built(kept, CACHED, 0.0)
    built = _try_each(request, choose(builds.policy, Complexity.of(files), str(deployment_id)), builds, tell)
    builds.cache.keep(key, built.bundle)
    return built


def _try_each(request: BuildRequest, choice: Choice, builds: Builds, tell: Callable[[str], None]) -> Built:
    for place, name in enumerate(choice.builders):
        attempt = BuildAttempt(
            deployment_id=UUID(request.deployment_id),
            builder=name,
            is_fallback=place > 0,
            is_experiment=choice.is_experiment and place == 0,
        )
        try:
            return _try(builds.builders[name], request, attempt)
        except OverskillError as error:
            if is_the_apps_fault(error) or place == len(choice.builders) - 1:
                raise
            tell(f"{_LABELS[name]} could not build it: {error.message} Trying {_LABELS[choice.builders[place + 1]]}")
    raise Unavailable("No builder is set up. Ask whoever runs this instance to set OVERSKILL_BUILDER.")


def _try(builder: Builder, request: BuildRequest, attempt: BuildAttempt) -> Built:
    began = time.monotonic()
    try:
        bundle = builder.build(request)
    except OverskillError as error:
        attempt.error = f"{error.message} {error.details}" if isinstance(error, BuilderDown) else error.message
        attempt.succeeded = is_the_apps_fault(error)  # it did its work: it found what is wrong
        raise
    else:
        attempt.succeeded = True
    finally:
        attempt.seconds = round(time.monotonic() - began, 3)
        attempt.cost_micro = cost_micro(builder.name, attempt.seconds)
        with transaction() as session:
            session.add(attempt)
    return Built(bundle, builder.name, bundle.milliseconds / 1000)
