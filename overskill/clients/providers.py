"""Where models are asked: an address, a key, and the list of models there."""

import json
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

import httpx

from overskill.clients.model_errors import Cause, Endpoint, ModelFailed, classify, failed
from overskill.clients.model_memory import ModelFacts, listed
from overskill.clients.public_address import PrivateAddress, http_client
from overskill.errors import InvalidInput

LIST_SECONDS = 10.0  # for the whole list
LARGEST_LIST = 16 * 1024 * 1024  # bytes
LIST_LASTS = 15 * 60.0
FAILURE_LASTS = 60.0


@dataclass(frozen=True, slots=True)
class Provider:
    """Address and key belong together: a key is only ever sent to the address it was given with."""

    name: str
    base_url: str
    key: str = field(default="", repr=False)
    scope: str = ""  # whose failures count as one: another key of the same provider may work
    is_own_key: bool = False  # the user's or team's, not the instance's
    is_public_only: bool = False  # the address was typed by a user: nothing private may be reached with it

    def target(self, model: str) -> str:
        """What circuit breakers call a model here."""
        return f"{self.scope or self.name}/{model}"


class ModelLists(Protocol):
    def models(self, provider: Provider) -> Mapping[str, ModelFacts]:
        """Everything the provider lists, by name. Raises ModelFailed."""
        ...


class HttpModelLists:
    """Asks `GET /models`, and remembers the answer for a while."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._known: dict[Provider, tuple[float, Mapping[str, ModelFacts] | ModelFailed]] = {}

    def models(self, provider: Provider) -> Mapping[str, ModelFacts]:
        now = self._clock()
        with self._lock:
            until, found = self._known.get(provider, (0.0, {}))
        if now >= until:
            try:
                found, lasts = read_list(provider), LIST_LASTS
            except ModelFailed as error:
                found, lasts = error, FAILURE_LASTS
            with self._lock:
                self._known = {key: known for key, known in self._known.items() if known[0] > now}
                self._known[provider] = (now + lasts, found)
        if isinstance(found, ModelFailed):
            raise found
        return found


def read_list(provider: Provider) -> Mapping[str, ModelFacts]:
    """The provider's list, now. A user's own address gets no more than a few seconds and megabytes.

    Raises ModelFailed, and InvalidInput for an address that a user must not reach.
    """
    endpoint = Endpoint(provider.base_url, "")
    headers = {"Accept": "application/json"}
    if provider.key:
        headers["Authorization"] = f"Bearer {provider.key}"
    try:
        with (
            http_client(public_only=provider.is_public_only, timeout=4.0) as client,
            client.stream("GET", f"{provider.base_url}/models", headers=headers) as response,
        ):
            text = _bounded_text(response)
    except PrivateAddress:
        raise InvalidInput(
            "That address leads into a private network, where only the one who runs this OverSkill may connect a "
            "model server. Use a public https:// address.",
            field="base_url",
        ) from None
    except (httpx.ConnectError, httpx.ConnectTimeout, httpx.UnsupportedProtocol, httpx.InvalidURL) as error:
        raise failed(endpoint, Cause.UNREACHABLE, detail=str(error)) from error
    except httpx.TimeoutException as error:
        raise failed(endpoint, Cause.SILENT) from error
    except httpx.HTTPError as error:
        raise failed(endpoint, Cause.CUT, detail=str(error)) from error
    if response.status_code != httpx.codes.OK:
        raise classify(endpoint, response.status_code, text, response.headers)
    return _entries(endpoint, text)


def _bounded_text(response: httpx.Response) -> str:
    parts: list[bytes] = []
    size, until = 0, time.monotonic() + LIST_SECONDS
    for part in response.iter_bytes():
        parts.append(part)
        size += len(part)
        if size > LARGEST_LIST or time.monotonic() > until:
            raise httpx.ReadTimeout("The list is too long.")
    return b"".join(parts).decode("utf-8", "replace")


def _entries(endpoint: Endpoint, text: str) -> Mapping[str, ModelFacts]:
    try:
        data: Any = json.loads(text)["data"]
        now = time.time()
        return {str(entry["id"]): listed(entry, now) for entry in data}
    except (ValueError, TypeError, KeyError, AttributeError):
        raise failed(endpoint, Cause.UNUSABLE) from None


@dataclass
class FakeModelLists:
    """Lists by the provider's address; one that is missing can't be reached."""

    by_address: dict[str, Mapping[str, ModelFacts] | ModelFailed] = field(default_factory=dict)
    asked: list[Provider] = field(default_factory=list)

    def models(self, provider: Provider) -> Mapping[str, ModelFacts]:
        self.asked.append(provider)
        found = self.by_address.get(provider.base_url)
        if found is None:
            raise failed(Endpoint(provider.base_url, ""), Cause.UNREACHABLE)
        if isinstance(found, ModelFailed):
            raise found
        return found
