"""Where code is hosted, as the rest of OverSkill sees it."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol, cast

from overskill.errors import Unavailable


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
class Commit:
    """`changes`: path -> text; None removes the file. All other files of the parent stay."""

    message: str
    author: str
    email: str
    changes: Mapping[str, str | None] = field(default_factory=dict)


class CodeHost(Protocol):
    """All calls are blocking. Raise Unavailable where the host does not answer, NotFound where the repository is gone,
    NotAllowed where our App has no rights there (any more), LimitReached where it is asked too often."""

    def sign_in_address(self, state: str) -> str:
        """Where a person's browser goes to say who they are; it comes back with a code and the same state."""
        ...

    def install_address(self, state: str) -> str:
        """Where a person lets our App into an account, then comes back in the same way."""
        ...

    def sign_in(self, code: str) -> str:
        """A token of the person who came back. It is for this visit, and kept nowhere. Raises NotAllowed."""
        ...

    def accounts(self, person: str) -> list[CodeAccount]:
        """Those that the person of this token can reach."""
        ...

    def create(
        self, person: str, account: CodeAccount, name: str, *, is_private: bool, description: str
    ) -> CodeRepository:
        """With one first commit. Raises Conflict where that name is taken."""
        ...

    def head(self, repository: CodeRepository) -> str:
        """The newest commit of its branch."""
        ...

    def tree(self, repository: CodeRepository, commit: str) -> dict[str, str]:
        """path -> blob_id of each plain file."""
        ...

    def text(self, repository: CodeRepository, commit: str, path: str) -> str | None:
        """None: it is no text, or too large to be one of an app's files."""
        ...

    def message(self, repository: CodeRepository, commit: str) -> tuple[str, str]:
        """Who wrote the commit, and the first line of what they said of it."""
        ...

    def push(self, repository: CodeRepository, parent: str, commits: list[Commit]) -> str:
        """Put commits on top of `parent`, and the branch on the last. Its id. Raises Conflict where the branch is
        elsewhere by now; nothing is overwritten."""
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
