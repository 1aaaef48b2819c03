"""A code host in memory: repositories are chains of whole trees."""

import hashlib
import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field

from overskill.clients.github.host import (
    CodeAccount,
    CodeRepository,
    Commit,
    OfferedRepository,
    PullRequest,
    ReportedState,
    blob_id,
)
from overskill.errors import Conflict, LimitReached, NotAllowed, NotFound, Unavailable


@dataclass(frozen=True)
class FakeCommit:
    parent: str
    message: str
    author: str
    files: Mapping[str, str | bytes]


@dataclass
class FakeCodeHost:
    """`is_down` makes every call fail as an unreachable host does. A person's token is their code."""

    is_down: bool = False
    installed: list[CodeAccount] = field(default_factory=lambda: [CodeAccount(7, "ada", is_organisation=False)])
    commits: dict[str, FakeCommit] = field(default_factory=dict)
    heads: dict[str, str] = field(default_factory=dict)  # full name -> commit
    offers: list[OfferedRepository] = field(default_factory=list)
    secrets: dict[tuple[str, str], str] = field(default_factory=dict)  # (full name, name) -> value
    pull_requests: dict[int, PullRequest] = field(default_factory=dict)
    comments: dict[tuple[int, str], str] = field(default_factory=dict)  # (pull request, mark) -> text
    reports: list[tuple[str, str, ReportedState, str]] = field(default_factory=list)  # commit, environment, state, url

    def sign_in_address(self, state: str, verifier: str) -> str:  # noqa: ARG002
        return f"https://github.example/login/oauth/authorize?state={state}"

    def install_address(self, state: str) -> str:
        return f"https://github.example/apps/overskill/installations/new?state={state}"

    def sign_in(self, code: str, verifier: str) -> str:  # noqa: ARG002
        self._require_up()
        if not code:
            raise NotAllowed("GitHub did not say who you are, or it took too long. Connect again.")
        return code

    def accounts(self, person: str) -> list[CodeAccount]:  # noqa: ARG002
        self._require_up()
        return list(self.installed)

    def offered(self, person: str) -> list[OfferedRepository]:  # noqa: ARG002
        self._require_up()
        return list(self.offers)

    def create(
        self,
        person: str,  # noqa: ARG002
        account: CodeAccount,
        name: str,
        *,
        is_private: bool,  # noqa: ARG002
        description: str,
    ) -> CodeRepository:
        self._require_up()
        full_name = f"{account.login}/{name}"
        if full_name in self.heads:
            raise Conflict("GitHub does not take this: name already exists on this account.")
        self.write(full_name, {"README.md": f"# {name}\n{description}\n"}, "Initial commit", author=account.login)
        return CodeRepository(account.installation_id, len(self.heads), full_name, "main")

    def write(self, full_name: str, changes: Mapping[str, str | bytes | None], message: str, *, author: str) -> str:
        """Somebody's own commit."""
        parent = self.heads.get(full_name, "")
        files = {**(self.commits[parent].files if parent else {}), **changes}
        kept = {path: content for path, content in files.items() if content is not None}
        self.heads[full_name] = self._keep(FakeCommit(parent, message, author, kept))
        return self.heads[full_name]

    def files(self, full_name: str) -> Mapping[str, str | bytes]:
        return self.commits[self.heads[full_name]].files

    def messages(self, full_name: str) -> list[str]:
        """Newest first."""
        found, at = [], self.heads[full_name]
        while at:
            found.append(self.commits[at].message)
            at = self.commits[at].parent
        return found

    def branches(self, repository: CodeRepository) -> list[str]:
        self.head(repository)
        return [repository.branch]

    def head(self, repository: CodeRepository) -> str:
        self._require_up()
        if repository.full_name not in self.heads:
            raise NotFound("GitHub has no such repository for us. It was deleted, or OverSkill's App was removed.")
        return self.heads[repository.full_name]

    def tree(self, repository: CodeRepository, commit: str) -> dict[str, str]:
        self.head(repository)
        return {
            path: blob_id(content) if isinstance(content, str) else hashlib.sha1(content).hexdigest()  # noqa: S324
            for path, content in self.commits[commit].files.items()
        }

    def text(self, repository: CodeRepository, commit: str, path: str) -> str | None:
        self.head(repository)
        content = self.commits[commit].files[path]
        return content if isinstance(content, str) else None

    def archive(self, repository: CodeRepository, commit: str, *, largest: int) -> bytes:
        self.head(repository)
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            for path, content in self.commits[commit].files.items():
                archive.writestr(f"{repository.full_name.replace('/', '-')}-{commit[:7]}/{path}", content)
        if len(buffer.getvalue()) > largest:
            raise LimitReached(f"{repository.full_name} is larger than {largest >> 20} MB, packed.")
        return buffer.getvalue()

    def message(self, repository: CodeRepository, commit: str) -> tuple[str, str]:
        self.head(repository)
        found = self.commits[commit]
        return found.author, found.message.split("\n", 1)[0]

    def push(self, repository: CodeRepository, parent: str, commits: list[Commit]) -> str:
        if self.head(repository) != parent:
            raise Conflict("The repository has changed meanwhile.")
        for commit in commits:
            self.write(repository.full_name, commit.changes, commit.message, author=commit.author)
        return self.heads[repository.full_name]

    def has_secret(self, repository: CodeRepository, name: str) -> bool:
        self.head(repository)
        return (repository.full_name, name) in self.secrets

    def put_secret(self, repository: CodeRepository, name: str, value: str) -> None:
        self.head(repository)
        self.secrets[repository.full_name, name] = value

    def delete_secret(self, repository: CodeRepository, name: str) -> None:
        self.head(repository)
        self.secrets.pop((repository.full_name, name), None)

    def pull_request(self, repository: CodeRepository, number: int) -> PullRequest:
        self.head(repository)
        if number not in self.pull_requests:
            raise NotFound("GitHub has no such pull request for us.")
        return self.pull_requests[number]

    def open_pull_requests(self, repository: CodeRepository) -> list[int]:
        self.head(repository)
        return sorted((each.number for each in self.pull_requests.values() if each.is_open), reverse=True)

    def comment(self, repository: CodeRepository, number: int, mark: str, text: str) -> None:
        self.head(repository)
        self.comments[number, mark] = text

    def report(
        self,
        repository: CodeRepository,
        commit: str,
        environment: str,
        state: ReportedState,
        *,
        url: str,
        words: str,  # noqa: ARG002
    ) -> None:
        self.head(repository)
        self.reports.append((commit, environment, state, url))

    def _keep(self, commit: FakeCommit) -> str:
        name = hashlib.sha1(f"{len(self.commits)} {commit.message}".encode(), usedforsecurity=False).hexdigest()
        self.commits[name] = commit
        return name

    def _require_up(self) -> None:
        if self.is_down:
            raise Unavailable("GitHub does not answer. It is tried again by itself.")
