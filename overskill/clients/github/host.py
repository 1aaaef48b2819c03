"""Where code is hosted, as the rest of OverSkill sees it."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol, cast

from overskill.errors import Unavailable

ReportedState = Literal["in_progress", "success", "failure", "inactive"]


@dataclass(frozen=True, slots=True)
class CodeAccount:
    """A person or an organisation that has our App installed, and where its visitor may make repositories."""

    installation_id: int
    login: str
    is_organisation: bool


@dataclass(frozen=True, slots=True)
class CodeRepository:
    installation_id: int
    external_id: int
    full_name: str  # "owner/name"
    branch: str


@dataclass(frozen=True, slots=True)
class OfferedRepository:
    """One that both a person and our App can reach; `place` has its default branch."""

    place: CodeRepository
    is_private: bool
    may_push: bool  # the person


@dataclass(frozen=True, slots=True)
class Commit:
    """`changes`: path -> text; None removes the file. All other files of the parent stay."""

    message: str
    author: str
    email: str
    changes: Mapping[str, str | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PullRequest:
    number: int
    head: str  # the newest commit of its branch
    is_open: bool
    is_from_outside: bool  # its branch is in another repository: a fork


class CodeHost(Protocol):
    """All calls are blocking. Raise Unavailable where the host does not answer, NotFound where the repository is gone,
    NotAllowed where our App has no rights there (any more), LimitReached where it is asked too often."""

    def sign_in_address(self, state: str, verifier: str) -> str:
        """Where a person's browser goes to say who they are; it comes back with a code and the same state."""
        ...

    def install_address(self, state: str) -> str:
        """Where a person lets our App into an account, then comes back in the same way."""
        ...

    def sign_in(self, code: str, verifier: str) -> str:
        """A token of the person who came back; `verifier` as given to `sign_in_address`, "" after an installation. It
        is for this visit, and kept nowhere. Raises NotAllowed."""
        ...

    def accounts(self, person: str) -> list[CodeAccount]:
        """Those that the person of this token can reach."""
        ...

    def offered(self, person: str) -> list[OfferedRepository]:
        """The repositories that this person and our App can both reach, by name."""
        ...

    def create(
        self, person: str, account: CodeAccount, name: str, *, is_private: bool, description: str
    ) -> CodeRepository:
        """With one first commit, or with the files of the operator's template. Raises Conflict where that name is
        taken."""
        ...

    def branches(self, repository: CodeRepository) -> list[str]: ...

    def head(self, repository: CodeRepository) -> str:
        """The newest commit of its branch."""
        ...

    def tree(self, repository: CodeRepository, commit: str) -> dict[str, str]:
        """path -> blob_id of each plain file."""
        ...

    def text(self, repository: CodeRepository, commit: str, path: str) -> str | None:
        """None: it is no text, or too large to be one of an app's files."""
        ...

    def archive(self, repository: CodeRepository, commit: str, *, largest: int) -> bytes:
        """All files of a commit as a zip with one folder in it. Raises LimitReached where it has more bytes."""
        ...

    def message(self, repository: CodeRepository, commit: str) -> tuple[str, str]:
        """Who wrote the commit, and the first line of what they said of it."""
        ...

    def push(self, repository: CodeRepository, parent: str, commits: list[Commit]) -> str:
        """Put commits on top of `parent`, and the branch on the last. Its id. Raises Conflict where the branch is
        elsewhere by now; nothing is overwritten."""
        ...

    def has_secret(self, repository: CodeRepository, name: str) -> bool: ...

    def put_secret(self, repository: CodeRepository, name: str, value: str) -> None:
        """For its workflows alone: sealed so that only GitHub can read it."""
        ...

    def delete_secret(self, repository: CodeRepository, name: str) -> None:
        """Deleting what is not there is no error."""
        ...

    def pull_request(self, repository: CodeRepository, number: int) -> PullRequest: ...

    def open_pull_requests(self, repository: CodeRepository) -> list[int]:
        """Their numbers, the newest first; at most a hundred."""
        ...

    def comment(self, repository: CodeRepository, number: int, mark: str, text: str) -> None:
        """Our one comment with this mark on a pull request, written or changed."""
        ...

    def report(
        self, repository: CodeRepository, commit: str, environment: str, state: ReportedState, *, url: str, words: str
    ) -> None:
        """How a commit is shown somewhere: GitHub lists it with its address. `inactive`: no more."""
        ...


def blob_id(text: str) -> str:
    """As git names the content of a file (git-hash-object)."""
    content = text.encode()
    return hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()


class _NoCodeHost:
    def __getattr__(self, name: str) -> object:
        raise Unavailable("GitHub is not set up on this OverSkill. Its operator can: see docs/github.md.")


def no_code_host() -> CodeHost:
    """Where the operator has set up no GitHub App: nothing is connected, and who asks all the same is told so."""
    return cast("CodeHost", _NoCodeHost())
