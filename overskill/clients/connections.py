"""Models at providers, ready to be asked."""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from redis import Redis

from overskill.clients.breakers import Breakers, RedisBreakers
from overskill.clients.local_servers import USUAL, HttpLocalServers, LocalServers
from overskill.clients.model_errors import Endpoint
from overskill.clients.model_memory import ModelFacts, ModelMemory
from overskill.clients.models import ChatModel
from overskill.clients.openai_compatible import MOST_ATTEMPTS, OpenAICompatible
from overskill.clients.providers import HttpModelLists, ModelLists, Provider
from overskill.config import Settings

_MOST_KEPT = 200


class Connections(Protocol):
    def model(self, provider: Provider, name: str, *, is_alone: bool) -> ChatModel:
        """One that is alone tries again by itself; else the next in the list is tried first."""
        ...

    def facts(self, provider: Provider, name: str) -> ModelFacts:
        """What the provider's list says about it; read at most once a day."""
        ...


class HttpConnections:
    def __init__(self, settings: Settings, *, sleep: Callable[[float], None] = time.sleep) -> None:
        self._settings = settings
        self._memory = ModelMemory(settings.home / "models.json")
        self._sleep = sleep
        self._models: dict[tuple[Provider, str, bool], OpenAICompatible] = {}  # they learn what their server takes

    def model(self, provider: Provider, name: str, *, is_alone: bool) -> OpenAICompatible:
        key = (provider, name, is_alone)
        if key not in self._models:
            if len(self._models) >= _MOST_KEPT:
                self._models.clear()
            self._models[key] = self._connect(provider, name, is_alone=is_alone)
        return self._models[key]

    def facts(self, provider: Provider, name: str) -> ModelFacts:
        return self.model(provider, name, is_alone=True).facts()

    def _connect(self, provider: Provider, name: str, *, is_alone: bool) -> OpenAICompatible:
        settings = self._settings
        return OpenAICompatible(
            Endpoint(provider.base_url, name),
            provider.key,
            memory=self._memory,
            tools=settings.ai_tools,
            context_tokens=settings.ai_context_tokens,
            max_output_tokens=settings.ai_max_output_tokens,
            most_attempts=MOST_ATTEMPTS if is_alone else 1,
            public_only=provider.is_public_only,
            sleep=self._sleep,
        )


@dataclass(frozen=True)
class ModelClients:
    """All there is to reach models with."""

    connections: Connections
    breakers: Breakers
    lists: ModelLists
    local: LocalServers


def model_clients(settings: Settings, redis: Redis) -> ModelClients:
    return ModelClients(HttpConnections(settings), RedisBreakers(redis), HttpModelLists(), local_servers(settings))


def local_servers(settings: Settings) -> HttpLocalServers:
    """The usual ports of this machine, and what the settings name."""
    addresses = [address.rstrip("/") for address in re.split(r"[\s,]+", settings.ai_local_servers) if address]
    return HttpLocalServers(tuple(dict.fromkeys([*USUAL, *addresses])))


@dataclass
class FakeConnections:
    """Models by their name; the same one whoever asks. Keeps which provider each was asked at."""

    models: dict[str, ChatModel] = field(default_factory=dict)
    known: dict[str, ModelFacts] = field(default_factory=dict)
    asked: list[tuple[Provider, str]] = field(default_factory=list)

    def model(self, provider: Provider, name: str, *, is_alone: bool) -> ChatModel:  # noqa: ARG002
        self.asked.append((provider, name))
        return self.models[name]

    def facts(self, provider: Provider, name: str) -> ModelFacts:  # noqa: ARG002
        return self.known.get(name, ModelFacts())
