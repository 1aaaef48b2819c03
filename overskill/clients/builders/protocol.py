"""What every builder does, and whose fault it is when one does not."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from overskill.clients.bundler import Asset, BuildFailed, Bundle
from overskill.errors import InvalidInput, OverskillError, Unavailable


class BuilderName(StrEnum):
    LOCAL = "local"
    LAMBDA = "lambda"
    GITHUB = "github"
    FARGATE = "fargate"


@dataclass(frozen=True, slots=True)
class BuildRequest:
    files: Mapping[str, str]
    lock_hash: str  # of the packages that it is built with
    release: str  # of the bundler and these packages; a builder of another one makes other bytes
    environment: str
    deployment_id: str
    app_id: UUID | None = None  # whose they are: its last build may have made a part of this one


class BuilderDown(Unavailable):
    """A builder did not do its work. `details` are for whoever runs the instance: where its log is, what it said."""

    def __init__(self, message: str, details: str = "") -> None:
        super().__init__(message)
        self.details = details


class Builder(Protocol):
    """Blocking, and safe from any process. All of them run the same bundler, so the same files make the same bytes."""

    @property
    def name(self) -> BuilderName: ...

    def build(self, request: BuildRequest) -> Bundle:
        """Raises BuildFailed or InvalidInput where the app is at fault, anything else of ours where the builder is."""
        ...

    def check(self) -> None:
        """Raises BuilderDown where it would take no build, as far as that can be told without one."""
        ...


def is_the_apps_fault(error: OverskillError) -> bool:
    """Then no other builder would do better."""
    return isinstance(error, (BuildFailed, InvalidInput))


@dataclass
class FakeBuilder:
    """Publishes the files as they are. `errors` are raised one by one, then it works."""

    name: BuilderName = BuilderName.LOCAL
    errors: list[OverskillError] = field(default_factory=list)
    requests: list[BuildRequest] = field(default_factory=list)

    def check(self) -> None:
        if self.errors:
            raise self.errors[0]

    def build(self, request: BuildRequest) -> Bundle:
        self.requests.append(request)
        if self.errors:
            raise self.errors.pop(0)
        assets = {f"/{path}": Asset(text.encode(), "text/plain; charset=utf-8") for path, text in request.files.items()}
        return Bundle(assets, size=sum(len(asset.content) for asset in assets.values()), milliseconds=1.0)
