"""The builders that this instance's settings name."""

from collections.abc import Callable
from functools import partial

from overskill.clients.builders.aws import Aws
from overskill.clients.builders.aws_lambda import LambdaBuilder
from overskill.clients.builders.fargate import FargateBuilder, Place
from overskill.clients.builders.finished_runs import FinishedRuns
from overskill.clients.builders.github import GithubBuilder
from overskill.clients.builders.local import LocalBuilder
from overskill.clients.builders.protocol import Builder, BuilderName
from overskill.clients.bundler import Bundler
from overskill.clients.github import GithubHost
from overskill.config import Settings


def connect_builders(
    settings: Settings, bundler: Bundler, finished: FinishedRuns | None = None
) -> dict[BuilderName, Builder]:
    """`finished`: who hears of the end of a workflow's run."""
    return {
        name: _connect(name, settings, bundler, finished) for name in map(BuilderName, sorted(settings.named_builders))
    }


def _connect(name: BuilderName, settings: Settings, bundler: Bundler, finished: FinishedRuns | None) -> Builder:
    match name:
        case BuilderName.LOCAL:
            return LocalBuilder(bundler)
        case BuilderName.LAMBDA:
            return LambdaBuilder(Aws(settings.aws_region), settings.builds_bucket, settings.lambda_function)
        case BuilderName.FARGATE:
            place = Place(
                settings.fargate_cluster,
                settings.fargate_task,
                settings.fargate_subnet_ids,
                settings.fargate_security_group_ids,
            )
            return FargateBuilder(Aws(settings.aws_region), settings.builds_bucket, place)
        case BuilderName.GITHUB:
            token, address = _github_token(settings), settings.github_api_url
            return GithubBuilder(settings.github_builder, token, address=address, finished=finished)


def _github_token(settings: Settings) -> Callable[[], str]:
    """One of its own, or that of the App's installation."""
    if settings.github_builder_token.get_secret_value():
        return settings.github_builder_token.get_secret_value
    return partial(GithubHost(settings).installation_token, settings.github_builder_installation)
