"""GitHub as apps use it: who connects, repositories and commits, secrets, pull requests.

A push is three calls and a small one for each further version: trees with their texts in them, commits, the branch.
"""

import base64
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import httpx
import httpx2

from overskill.clients.github.calls import GithubCalls
from overskill.clients.github.host import (
    CodeAccount,
    CodeRepository,
    Commit,
    OfferedRepository,
    PullRequest,
    ReportedState,
)
from overskill.clients.github.sign_in import sign_in_address, token_for
from overskill.errors import Conflict, LimitReached, NotFound

LARGEST_TEXT = 512 * 1024
_PAGE = 100  # entries that GitHub gives at once
_MOST_PAGES = 10
_LONGEST_WORDS = 140  # of a deployment's status
_COPY_TRIES = 15  # seconds that a repository made from a template may take


@dataclass
class GithubHost(GithubCalls):
    sign_in_transport: httpx2.BaseTransport | None = None  # authlib's

    # Who connects

    def sign_in_address(self, state: str, verifier: str) -> str:
        return sign_in_address(self.settings, state, verifier)

    def install_address(self, state: str) -> str:
        query = httpx.QueryParams(state=state)
        return f"{self.settings.github_url}/apps/{self.settings.github_app_slug}/installations/new?{query}"

    def sign_in(self, code: str, verifier: str) -> str:
        return token_for(self.settings, code, verifier, transport=self.sign_in_transport)

    def accounts(self, person: str) -> list[CodeAccount]:
        found = self.ask("GET", f"/user/installations?per_page={_PAGE}", token=person)
        ours = int(self.settings.github_app_id)
        return [
            CodeAccount(each["id"], each["account"]["login"], each["account"]["type"] == "Organization")
            for each in found["installations"]
            if each["app_id"] == ours
        ]

    def offered(self, person: str) -> list[OfferedRepository]:
        found = [
            OfferedRepository(
                CodeRepository(account.installation_id, each["id"], each["full_name"], each["default_branch"]),
                is_private=each["private"],
                may_push=bool((each.get("permissions") or {}).get("push")) and not each.get("archived"),
            )
            for account in self.accounts(person)
            for each in self._reachable(account, person)
        ]
        return sorted(found, key=lambda each: each.place.full_name.lower())

    def _reachable(self, account: CodeAccount, person: str) -> Iterator[Mapping[str, Any]]:
        for page in range(1, _MOST_PAGES + 1):
            path = f"/user/installations/{account.installation_id}/repositories?per_page={_PAGE}&page={page}"
            found = self.ask("GET", path, token=person)["repositories"]
            yield from found
            if len(found) < _PAGE:
                return

    # Repositories

    def create(
        self, person: str, account: CodeAccount, name: str, *, is_private: bool, description: str
    ) -> CodeRepository:
        """Without a template GitHub makes the first commit: trees and commits need one to stand on."""
        template = self.settings.github_template
        facts: dict[str, Any] = {"name": name, "private": is_private, "description": description}
        if template:
            path = f"/repos/{template}/generate"
            made = self.ask("POST", path, {"owner": account.login, **facts}, token=person)
        else:
            path = f"/orgs/{account.login}/repos" if account.is_organisation else "/user/repos"
            made = self.ask("POST", path, {**facts, "auto_init": True}, token=person)
        place = CodeRepository(account.installation_id, made["id"], made["full_name"], made["default_branch"])
        if template:
            self._await_files(place)
        return place

    def _await_files(self, place: CodeRepository) -> None:
        """GitHub copies a template's files after it has answered."""
        for _ in range(_COPY_TRIES):
            try:
                self.head(place)
            except (NotFound, Conflict):
                self.sleep(1.0)
            else:
                return

    def branches(self, repository: CodeRepository) -> list[str]:
        found: list[str] = []
        for page in range(1, _MOST_PAGES + 1):
            answer = self.within(repository, "GET", f"branches?per_page={_PAGE}&page={page}")
            found += [each["name"] for each in answer]
            if len(answer) < _PAGE:
                break
        return found

    def head(self, repository: CodeRepository) -> str:
        found = self.within(repository, "GET", f"git/ref/{_ref(repository)}")
        return str(found["object"]["sha"])

    def tree(self, repository: CodeRepository, commit: str) -> dict[str, str]:
        found = self.within(repository, "GET", f"git/trees/{commit}?recursive=1")
        if found["truncated"]:
            raise LimitReached(f"{repository.full_name} has too many files for an app.")
        return {entry["path"]: entry["sha"] for entry in found["tree"] if entry["mode"] in ("100644", "100755")}

    def text(self, repository: CodeRepository, commit: str, path: str) -> str | None:
        found = self.within(repository, "GET", f"contents/{quote(path)}?ref={commit}")
        if found["type"] != "file" or found["size"] > LARGEST_TEXT or found["encoding"] != "base64":
            return None
        try:
            text = base64.b64decode(found["content"]).decode()
        except UnicodeDecodeError:
            return None
        return None if "\0" in text else text

    def archive(self, repository: CodeRepository, commit: str, *, largest: int) -> bytes:
        refusal = f"{repository.full_name} is larger than {largest >> 20} MB, packed. An app holds text files alone."
        return self.download(repository, f"zipball/{commit}", largest=largest, refusal=refusal)

    def message(self, repository: CodeRepository, commit: str) -> tuple[str, str]:
        (found, *_) = self.within(repository, "GET", f"commits?sha={commit}&per_page=1")
        said = found["commit"]
        return str((said["author"] or {}).get("name") or "Somebody"), str(said["message"]).split("\n", 1)[0]

    def push(self, repository: CodeRepository, parent: str, commits: list[Commit]) -> str:
        for commit in commits:
            tree = self.within(repository, "POST", "git/trees", {"base_tree": parent, "tree": _entries(commit.changes)})
            author = {"name": commit.author, "email": commit.email}
            facts = {"message": commit.message, "tree": tree["sha"], "parents": [parent], "author": author}
            parent = self.within(repository, "POST", "git/commits", facts)["sha"]
        self.within(repository, "PATCH", f"git/refs/{_ref(repository)}", {"sha": parent, "force": False})
        return parent

    # Secrets of workflows

    def has_secret(self, repository: CodeRepository, name: str) -> bool:
        try:
            self.within(repository, "GET", f"actions/secrets/{name}")
        except NotFound:
            return False
        return True

    def put_secret(self, repository: CodeRepository, name: str, value: str) -> None:
        key = self.within(repository, "GET", "actions/secrets/public-key")
        sealed = seal_secret(value, key["key"])
        self.within(
            repository, "PUT", f"actions/secrets/{name}", {"encrypted_value": sealed, "key_id": str(key["key_id"])}
        )

    def delete_secret(self, repository: CodeRepository, name: str) -> None:
        with suppress(NotFound):
            self.within(repository, "DELETE", f"actions/secrets/{name}")

    # Pull requests

    def pull_request(self, repository: CodeRepository, number: int) -> PullRequest:
        found = self.within(repository, "GET", f"pulls/{number}")
        branch = found["head"]["repo"] or {}  # null: the fork is gone
        return PullRequest(
            number=found["number"],
            head=found["head"]["sha"],
            is_open=found["state"] == "open",
            is_from_outside=branch.get("id") != repository.external_id,
        )

    def open_pull_requests(self, repository: CodeRepository) -> list[int]:
        found = self.within(repository, "GET", f"pulls?state=open&per_page={_PAGE}")
        return [each["number"] for each in found]

    def comment(self, repository: CodeRepository, number: int, mark: str, text: str) -> None:
        facts = {"body": f"{mark}\n{text}"}
        ours = self._comment_with(repository, number, mark)
        if ours is None:
            self.within(repository, "POST", f"issues/{number}/comments", facts)
        elif ours["body"] != facts["body"]:
            self.within(repository, "PATCH", f"issues/comments/{ours['id']}", facts)

    def _comment_with(self, repository: CodeRepository, number: int, mark: str) -> Mapping[str, Any] | None:
        """Written by our App: anybody can copy a mark."""
        ours = int(self.settings.github_app_id)
        for page in range(1, _MOST_PAGES + 1):
            found = self.within(repository, "GET", f"issues/{number}/comments?per_page={_PAGE}&page={page}")
            for each in found:
                if (each.get("performed_via_github_app") or {}).get("id") == ours and each["body"].startswith(mark):
                    return dict(each)
            if len(found) < _PAGE:
                break
        return None

    def report(
        self, repository: CodeRepository, commit: str, environment: str, state: ReportedState, *, url: str, words: str
    ) -> None:
        query = httpx.QueryParams(sha=commit, environment=environment, per_page=1)
        known = self.within(repository, "GET", f"deployments?{query}")
        if not known and state == "inactive":
            return
        number = known[0]["id"] if known else self._deployment(repository, commit, environment)
        facts = {"state": state, "environment_url": url, "description": words[:_LONGEST_WORDS], "auto_inactive": True}
        self.within(repository, "POST", f"deployments/{number}/statuses", facts)

    def _deployment(self, repository: CodeRepository, commit: str, environment: str) -> int:
        facts = {
            "ref": commit,
            "environment": environment,
            "auto_merge": False,
            "required_contexts": [],
            "transient_environment": True,
            "production_environment": False,
        }
        return int(self.within(repository, "POST", "deployments", facts)["id"])


def _ref(repository: CodeRepository) -> str:
    """Its branch, in an address. Git allows no part of a name to be dots, which would lead to another repository."""
    if any(part in (".", "..") for part in repository.branch.split("/")):
        raise NotFound(f"{repository.full_name} has no branch {repository.branch[:80]}.")
    return f"heads/{quote(repository.branch)}"


def seal_secret(value: str, public_key: str) -> str:
    """As GitHub takes a secret: only the holder of the private key reads it (libsodium's sealed box), in base64."""
    from nacl.encoding import Base64Encoder
    from nacl.public import PublicKey, SealedBox

    box = SealedBox(PublicKey(public_key.encode(), Base64Encoder))
    return base64.b64encode(box.encrypt(value.encode())).decode()


def _entries(changes: Mapping[str, str | None]) -> list[dict[str, Any]]:
    """Of a tree. A file without an id is removed."""
    kind = {"mode": "100644", "type": "blob"}
    return [
        {"path": path, **kind, "sha": None} if text is None else {"path": path, **kind, "content": text}
        for path, text in changes.items()
    ]
