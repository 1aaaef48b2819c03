"""GitHub's REST API (version 2022-11-28), with tokens of our App's installations.

A push is three calls and a small one for each further version: trees with their texts in them, commits, the branch.
"""

import base64
import logging
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx

from overskill.clients.github.host import CodeAccount, CodeRepository, Commit
from overskill.clients.model_errors import seconds_until
from overskill.config import Settings
from overskill.errors import Conflict, LimitReached, NotAllowed, NotFound, OverskillError, Unavailable

VERSION = "2022-11-28"
TIMEOUT = httpx.Timeout(30.0, connect=10.0)
TRIES = 3
FIRST_PAUSE = 0.5  # seconds; doubled each time
LONGEST_PAUSE = 20.0
LARGEST_TEXT = 512 * 1024
TOKEN_SECONDS = 50 * 60  # of the hour that one is good for
_CLOCKS_DIFFER = 60  # seconds
_MOST_INSTALLATIONS = 100
_REPEATABLE = frozenset({"GET", "PUT", "PATCH", "DELETE"})

_NO_RIGHTS = (NotAllowed, "GitHub refuses this: OverSkill's App has no rights there any more. Connect again.")
_GONE = (NotFound, "GitHub has no such repository for us. It was deleted, or OverSkill's App was removed.")
_MOVED = (Conflict, "The repository has changed meanwhile.")
_ITS_OWN = (Unavailable, "GitHub has a problem of its own. It is tried again by itself.")
_FAILURES: Mapping[int, tuple[type[OverskillError], str]] = {
    401: _NO_RIGHTS,
    403: _NO_RIGHTS,
    404: _GONE,
    409: _MOVED,
    410: _GONE,
    422: _MOVED,
}

log = logging.getLogger(__name__)


@dataclass
class GithubHost:
    settings: Settings
    transport: httpx.BaseTransport | None = None
    sleep: Callable[[float], None] = time.sleep
    _tokens: dict[int, tuple[str, float]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        headers = {"Accept": "application/vnd.github+json", "X-GitHub-Api-Version": VERSION}
        self._client = httpx.Client(
            base_url=self.settings.github_api_url, headers=headers, timeout=TIMEOUT, transport=self.transport
        )

    # Who connects

    def sign_in_address(self, state: str) -> str:
        query = httpx.QueryParams(client_id=self.settings.github_client_id, state=state)
        return f"{self.settings.github_url}/login/oauth/authorize?{query}"

    def install_address(self, state: str) -> str:
        query = httpx.QueryParams(state=state)
        return f"{self.settings.github_url}/apps/{self.settings.github_app_slug}/installations/new?{query}"

    def sign_in(self, code: str) -> str:
        facts = {
            "client_id": self.settings.github_client_id,
            "client_secret": self.settings.github_client_secret.get_secret_value(),
            "code": code,
        }
        address = f"{self.settings.github_url}/login/oauth/access_token"
        answer = self._send("POST", address, facts, headers={"Accept": "application/json"}).json()
        token = answer.get("access_token")
        if not token:  # GitHub answers 200 all the same
            raise NotAllowed("GitHub did not say who you are, or it took too long. Connect again.")
        return str(token)

    def accounts(self, person: str) -> list[CodeAccount]:
        found = self._ask("GET", f"/user/installations?per_page={_MOST_INSTALLATIONS}", token=person)
        ours = int(self.settings.github_app_id)
        return [
            CodeAccount(each["id"], each["account"]["login"], each["account"]["type"] == "Organization")
            for each in found["installations"]
            if each["app_id"] == ours
        ]

    # Repositories

    def create(
        self, person: str, account: CodeAccount, name: str, *, is_private: bool, description: str
    ) -> CodeRepository:
        place = f"/orgs/{account.login}/repos" if account.is_organisation else "/user/repos"
        facts = {"name": name, "private": is_private, "description": description, "auto_init": True}
        made = self._ask("POST", place, facts, token=person)
        return CodeRepository(account.installation_id, made["id"], made["full_name"], made["default_branch"])

    def head(self, repository: CodeRepository) -> str:
        found = self._in(repository, "GET", f"git/ref/heads/{repository.branch}")
        return str(found["object"]["sha"])

    def tree(self, repository: CodeRepository, commit: str) -> dict[str, str]:
        found = self._in(repository, "GET", f"git/trees/{commit}?recursive=1")
        if found["truncated"]:
            raise LimitReached(f"{repository.full_name} has too many files for an app.")
        return {entry["path"]: entry["sha"] for entry in found["tree"] if entry["mode"] in ("100644", "100755")}

    def text(self, repository: CodeRepository, commit: str, path: str) -> str | None:
        quoted = "/".join(httpx.URL(f"http://x/{part}").raw_path.decode()[1:] for part in path.split("/"))
        found = self._in(repository, "GET", f"contents/{quoted}?ref={commit}")
        if found["type"] != "file" or found["size"] > LARGEST_TEXT or found["encoding"] != "base64":
            return None
        try:
            text = base64.b64decode(found["content"]).decode()
        except UnicodeDecodeError:
            return None
        return None if "\0" in text else text

    def message(self, repository: CodeRepository, commit: str) -> tuple[str, str]:
        (found, *_) = self._in(repository, "GET", f"commits?sha={commit}&per_page=1")
        said = found["commit"]
        return str((said["author"] or {}).get("name") or "Somebody"), str(said["message"]).split("\n", 1)[0]

    def push(self, repository: CodeRepository, parent: str, commits: list[Commit]) -> str:
        for commit in commits:
            tree = self._in(repository, "POST", "git/trees", {"base_tree": parent, "tree": _entries(commit.changes)})
            author = {"name": commit.author, "email": commit.email}
            facts = {"message": commit.message, "tree": tree["sha"], "parents": [parent], "author": author}
            parent = self._in(repository, "POST", "git/commits", facts)["sha"]
        self._in(repository, "PATCH", f"git/refs/heads/{repository.branch}", {"sha": parent, "force": False})
        return parent

    # Asking

    def _in(self, repository: CodeRepository, method: str, path: str, facts: Mapping[str, Any] | None = None) -> Any:  # noqa: ANN401 - JSON
        token = self.installation_token(repository.installation_id)
        return self._ask(method, f"/repos/{repository.full_name}/{path}", facts, token=token)

    def installation_token(self, installation_id: int) -> str:
        """Each process asks for its own, once an hour."""
        with self._lock:
            token, until = self._tokens.get(installation_id, ("", 0.0))
        if time.monotonic() < until:
            return token
        path = f"/app/installations/{installation_id}/access_tokens"
        token = str(self._ask("POST", path, {}, token=self._own_token())["token"])
        with self._lock:
            self._tokens[installation_id] = (token, time.monotonic() + TOKEN_SECONDS)
        return token

    def _own_token(self) -> str:
        """Signed by our App itself (GitHub Docs, "Generating a JSON Web Token (JWT) for a GitHub App")."""
        from joserfc import jwt
        from joserfc.jwk import RSAKey

        now = int(time.time())
        claims = {"iat": now - _CLOCKS_DIFFER, "exp": now + 540, "iss": self.settings.github_app_id}
        pem = self.settings.github_private_key.get_secret_value().replace("\\n", "\n")
        return jwt.encode({"alg": "RS256"}, claims, RSAKey.import_key(pem))

    def _ask(self, method: str, path: str, facts: Mapping[str, Any] | None = None, *, token: str) -> Any:  # noqa: ANN401 - JSON
        response = self._send(method, path, facts, headers={"Authorization": f"Bearer {token}"})
        return response.json() if response.content else None

    def _send(
        self, method: str, address: str, facts: Mapping[str, Any] | None, *, headers: Mapping[str, str]
    ) -> httpx.Response:
        pause = FIRST_PAUSE
        for attempt in range(1, TRIES + 1):
            try:
                response = self._client.request(method, address, json=facts, headers=headers)
            except httpx.HTTPError as error:
                if attempt == TRIES or method not in _REPEATABLE:
                    raise Unavailable("GitHub does not answer. It is tried again by itself.") from error
            else:
                if response.is_success:
                    return response
                asked = _pause_asked(response)
                is_passing = response.status_code >= httpx.codes.INTERNAL_SERVER_ERROR or asked is not None
                if attempt == TRIES or not is_passing or (asked or 0) > LONGEST_PAUSE:
                    raise _failure(response)
                pause = max(pause, asked or 0)
            self.sleep(pause)
            pause *= 2
        raise AssertionError("unreachable: the last try returns or raises")


def _entries(changes: Mapping[str, str | None]) -> list[dict[str, Any]]:
    """Of a tree. A file without an id is removed."""
    kind = {"mode": "100644", "type": "blob"}
    return [
        {"path": path, **kind, "sha": None} if text is None else {"path": path, **kind, "content": text}
        for path, text in changes.items()
    ]


def _pause_asked(response: httpx.Response) -> float | None:
    """Seconds, where GitHub says that it was asked too often ("Rate limits for the REST API")."""
    if response.status_code not in (httpx.codes.FORBIDDEN, httpx.codes.TOO_MANY_REQUESTS):
        return None
    if (asked := seconds_until(response.headers.get("retry-after", ""))) is not None:
        return asked
    if response.headers.get("x-ratelimit-remaining") == "0":
        return max(0.0, float(response.headers.get("x-ratelimit-reset", "0")) - time.time())
    return None


def _failure(response: httpx.Response) -> OverskillError:
    try:
        said = response.json()
    except ValueError:
        said = {}
    message = str(said.get("message", "")) if isinstance(said, dict) else ""
    log.warning("GitHub answered %s: %s", response.status_code, message[:200])
    if _pause_asked(response) is not None:
        return LimitReached("GitHub was asked too often. It is tried again by itself in a while.")
    if response.status_code == httpx.codes.UNPROCESSABLE_ENTITY and "fast forward" not in message.lower():
        return Conflict(f"GitHub does not take this: {_details(said) or message or 'it did not say why'}.")
    kind, sentence = _FAILURES.get(response.status_code, _ITS_OWN)
    return kind(sentence)


def _details(said: Mapping[str, Any]) -> str:
    errors = said.get("errors") or []
    found = [str(each.get("message", "")) for each in errors if isinstance(each, dict)]
    return ", ".join(text.rstrip(".") for text in found if text)[:200]
