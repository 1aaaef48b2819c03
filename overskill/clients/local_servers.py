"""Model servers on this machine: Ollama, LM Studio, llama.cpp, vLLM. Who answers, which models, tools, and context."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

import httpx

Kind = Literal["ollama", "lm_studio", "llama_cpp", "vllm", "other"]

PATIENCE = 0.5  # seconds for each request
MOST_MODELS = 12  # of one server
USUAL = ("http://127.0.0.1:11434", "http://127.0.0.1:1234", "http://127.0.0.1:8080", "http://127.0.0.1:8000")
OLLAMA_CONTEXT = 4096  # where nothing raised it


@dataclass(frozen=True, slots=True)
class LocalModel:
    name: str
    context_tokens: int = 0  # what it really reads as the server runs now; 0: unknown
    most_context_tokens: int = 0  # what it could read; 0: unknown
    tools: bool | None = None  # None: unknown


@dataclass(frozen=True, slots=True)
class LocalServer:
    kind: Kind
    address: str
    models: tuple[LocalModel, ...] = ()

    @property
    def base_url(self) -> str:
        return f"{self.address}/v1"


class LocalServers(Protocol):
    def find(self) -> Sequence[LocalServer]:
        """Who answers now; within about a second."""
        ...


class _Server:
    """One address that is asked things, each of which it may not know."""

    def __init__(self, address: str, client: httpx.Client) -> None:
        self._address, self._client = address, client

    def ask(self, path: str, body: Mapping[str, Any] | None = None) -> Mapping[str, Any]:
        """What it answers; {} where it knows no such thing."""
        with suppress(httpx.HTTPError, httpx.InvalidURL, ValueError):
            method = "GET" if body is None else "POST"
            answer = self._client.request(method, f"{self._address}{path}", json=body)
            if answer.status_code == httpx.codes.OK and isinstance(found := answer.json(), Mapping):
                return found
        return {}

    def entries(self, path: str, member: str = "data") -> list[Mapping[str, Any]]:
        found = self.ask(path).get(member)
        return [entry for entry in found if isinstance(entry, Mapping)][:MOST_MODELS] if isinstance(found, list) else []


@dataclass(frozen=True)
class HttpLocalServers:
    """Asks each address what it is. They are the machine's own ports, or named by who runs the instance."""

    addresses: Sequence[str] = USUAL

    def find(self) -> Sequence[LocalServer]:
        if not self.addresses:
            return []
        with ThreadPoolExecutor(max_workers=min(8, len(self.addresses))) as pool:
            return [found for found in pool.map(_look, self.addresses) if found is not None]


def _look(address: str) -> LocalServer | None:
    with httpx.Client(timeout=PATIENCE, trust_env=False) as client:
        server = _Server(address, client)
        listed = server.entries("/v1/models")
        kinds: Mapping[Kind, Callable[[_Server, list[Mapping[str, Any]]], list[LocalModel]]] = {
            "ollama": _ollama,
            "lm_studio": _lm_studio,
            "llama_cpp": _llama_cpp,
            "vllm": _vllm,
        }
        for kind, ask in kinds.items():
            if models := ask(server, listed):
                return LocalServer(kind, address, tuple(models))
        names = [LocalModel(str(entry.get("id") or "")) for entry in listed if entry.get("id")]
        return LocalServer("other", address, tuple(names)) if names else None


def _ollama(server: _Server, _: list[Mapping[str, Any]]) -> list[LocalModel]:
    tags = server.entries("/api/tags", "models")
    running = {str(entry.get("name")): _number(entry.get("context_length")) for entry in _running(server, tags)}
    return [_ollama_model(server, name, running.get(name, 0)) for name in (str(tag.get("name") or "") for tag in tags)]


def _running(server: _Server, tags: list[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return server.entries("/api/ps", "models") if tags else []


def _ollama_model(server: _Server, name: str, loaded: int) -> LocalModel:
    shown = server.ask("/api/show", {"model": name})
    facts = shown.get("model_info")
    facts = facts if isinstance(facts, Mapping) else {}
    most = next((_number(value) for key, value in facts.items() if str(key).endswith(".context_length")), 0)
    capabilities = shown.get("capabilities")
    chosen = _chosen_context(str(shown.get("parameters") or ""))
    context = loaded or chosen or min(OLLAMA_CONTEXT, most or OLLAMA_CONTEXT)
    return LocalModel(name, context, most, "tools" in capabilities if isinstance(capabilities, list) else None)


def _chosen_context(parameters: str) -> int:
    """`num_ctx` of the lines of parameters that Ollama shows."""
    for line in parameters.splitlines():
        name, _, value = line.strip().partition(" ")
        if name == "num_ctx":
            return _number(value.strip())
    return 0


def _lm_studio(server: _Server, _: list[Mapping[str, Any]]) -> list[LocalModel]:
    entries = [entry for entry in server.entries("/api/v0/models") if entry.get("type") in ("llm", "vlm")]
    return [
        LocalModel(
            str(entry.get("id") or ""),
            _number(entry.get("loaded_context_length")),
            _number(entry.get("max_context_length")),
            "tool_use" in entry["capabilities"] if isinstance(entry.get("capabilities"), list) else None,
        )
        for entry in entries
    ]


def _llama_cpp(server: _Server, listed: list[Mapping[str, Any]]) -> list[LocalModel]:
    properties = server.ask("/props")
    defaults = properties.get("default_generation_settings")
    if not isinstance(defaults, Mapping):
        return []
    template = properties.get("chat_template_caps")
    tools = bool(template.get("supports_tools")) if isinstance(template, Mapping) else None
    meta = listed[0].get("meta") if listed else None
    most = _number(meta.get("n_ctx_train")) if isinstance(meta, Mapping) else 0
    name = str(listed[0].get("id") or "") if listed else ""
    return [LocalModel(name or "default", _number(defaults.get("n_ctx")), most, tools)]


def _vllm(_: _Server, listed: list[Mapping[str, Any]]) -> list[LocalModel]:
    return [
        LocalModel(str(entry.get("id") or ""), _number(entry["max_model_len"]), _number(entry["max_model_len"]))
        for entry in listed
        if entry.get("max_model_len")
    ]


def _number(value: object) -> int:
    try:
        return max(0, int(float(value)))  # type: ignore[arg-type]  # servers send numbers, texts, null
    except (TypeError, ValueError, OverflowError):
        return 0


@dataclass
class FakeLocalServers:
    servers: Sequence[LocalServer] = ()
    times_asked: int = field(default=0)

    def find(self) -> Sequence[LocalServer]:
        self.times_asked += 1
        return self.servers
