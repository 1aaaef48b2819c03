"""GitHub, by an App of the operator's: who connects an app, its repository, its commits."""

from overskill.clients.github.fake import FakeCodeHost
from overskill.clients.github.host import (
    CodeAccount,
    CodeHost,
    CodeRepository,
    Commit,
    OfferedRepository,
    PullRequest,
    no_code_host,
)
from overskill.clients.github.rest import GithubHost

__all__ = [
    "CodeAccount",
    "CodeHost",
    "CodeRepository",
    "Commit",
    "FakeCodeHost",
    "GithubHost",
    "OfferedRepository",
    "PullRequest",
    "no_code_host",
]
