"""Calls to GitHub's REST API (version 2022-11-28): whose token, tried again where that is safe, failures as sentences.

The App signs for itself with joserfc: authlib's own jose is deprecated in favour of it.
"""

import logging
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx

from overskill.clients.github.host import CodeRepository
from overskill.clients.model_errors import seconds_until
from overskill.config import Settings
from overskill.errors import Conflict, LimitReached, NotAllowed, NotFound, OverskillError, Unavailable

VERSION = "2022-11-28"
TIMEOUT = httpx.Timeout(30.0, connect=10.0)
TRIES = 3
FIRST_PAUSE = 0.5  # seconds; doubled each time
LONGEST_PAUSE = 20.0
TOKEN_SECONDS = 50 * 60  # of the hour that one is good for
_CLOCKS_DIFFER = 60  # seconds
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
class GithubCalls:
    settings: Settings
    transport: httpx.BaseTransport | None = None
    sleep: Callable[[float], None] = time.sleep
    _tokens: dict[int, tuple[str, float]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        headers = {"Accept": "application/vnd.github+json", "X-GitHub-Api-Version": VERSION}
        self._client = httpx.Client(
            base_url=self.settings.github_api_url,
            headers=headers,
            timeout=TIMEOUT,
            transport=self.transport,
            follow_redirects=True,  # GitHub sends on who asks for a repository by the name it had
        )

    def within(self, repository: CodeRepository, method: str, path: str, facts: Mapping[str, Any] | None = None) -> Any:  # noqa: ANN401 - JSON
        """In its installation's name."""
        token = self.installation_token(repository.installation_id)
        return self.ask(method, f"/repos/{repository.full_name}/{path}", facts, token=token)

    def ask(self, method: str, path: str, facts: Mapping[str, Any] | None = None, *, token: str) -> Any:  # noqa: ANN401 - JSON
        response = self.send(method, path, facts, token=token)
        return response.json() if response.content else None

    def download(self, repository: CodeRepository, path: str, *, largest: int, refusal: str) -> bytes:
        """What is elsewhere, where GitHub sends us. Raises LimitReached with `refusal` once it is larger."""
        token = self.installation_token(repository.installation_id)
        headers = {"Authorization": f"Bearer {token}"}  # httpx takes it to no other host
        parts: list[bytes] = []
        left = largest
        try:
            address = f"/repos/{repository.full_name}/{path}"
            with self._client.stream("GET", address, headers=headers) as response:
                if not response.is_success:
                    response.read()
                    raise _failure(response)
                for part in response.iter_bytes():
                    left -= len(part)
                    if left < 0:
                        raise LimitReached(refusal)
                    parts.append(part)
        except httpx.HTTPError as error:
            raise Unavailable("GitHub does not answer. Try again in a moment.") from error
        return b"".join(parts)

    def installation_token(self, installation_id: int) -> str:
        """Each process asks for its own, once an hour."""
        with self._lock:
            token, until = self._tokens.get(installation_id, ("", 0.0))
        if time.monotonic() < until:
            return token
        path = f"/app/installations/{installation_id}/access_tokens"
        token = str(self.ask("POST", path, {}, token=self._own_token())["token"])
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

    def send(self, method: str, address: str, facts: Mapping[str, Any] | None, *, token: str) -> httpx.Response:
        headers = {"Authorization": f"Bearer {token}"}
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
