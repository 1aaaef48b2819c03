"""Model servers on this machine: what they are, what is wrong with them, and the settings that connect them."""

from collections.abc import Sequence
from dataclasses import dataclass

from overskill.clients.local_servers import Kind, LocalModel, LocalServer, LocalServers

SMALLEST_CONTEXT = 16_000  # less holds no app and its instructions

NAMES: dict[Kind, str] = {
    "ollama": "Ollama",
    "lm_studio": "LM Studio",
    "llama_cpp": "llama.cpp",
    "vllm": "vLLM",
    "other": "A model server",
}
_RAISE: dict[Kind, str] = {
    "ollama": "Start it with OLLAMA_CONTEXT_LENGTH=32768, or set num_ctx in the model's Modelfile.",
    "lm_studio": "Load the model with a larger “Context Length” in LM Studio.",
    "llama_cpp": "Start llama-server with -c 32768.",
    "vllm": "Start vLLM with --max-model-len 32768.",
    "other": "Raise its context length to 32,768 tokens.",
}
_NO_TOOLS = "It can't call tools, so it will write in plain text, which works less well."


@dataclass(frozen=True, slots=True)
class FoundModel:
    name: str
    context: str  # in words; "" where it is not known
    tools: str
    warning: str
    is_fit: bool


@dataclass(frozen=True, slots=True)
class FoundServer:
    name: str
    address: str
    models: tuple[FoundModel, ...]
    snippet: str  # for .env


def find_servers(local: LocalServers) -> Sequence[FoundServer]:
    return [_found(server) for server in local.find()]


def _found(server: LocalServer) -> FoundServer:
    models = tuple(_model(server.kind, model) for model in server.models)
    best = next((found for found in models if found.is_fit), models[0] if models else None)
    snippet = f"AI_BASE_URL={server.base_url}\nAI_MODEL={best.name if best else ''}"
    return FoundServer(NAMES[server.kind], server.address, models, snippet)


def _model(kind: Kind, model: LocalModel) -> FoundModel:
    known = model.context_tokens or model.most_context_tokens
    is_small = 0 < known < SMALLEST_CONTEXT
    warnings = []
    if is_small:
        room = model.most_context_tokens
        advice = "This model can't read more; choose one that can." if 0 < room < SMALLEST_CONTEXT else _RAISE[kind]
        warnings.append(f"It reads only {known:,} tokens, and an app needs {SMALLEST_CONTEXT:,}. {advice}")
    if model.tools is False:
        warnings.append(_NO_TOOLS)
    return FoundModel(
        model.name,
        f"{known:,} tokens" if known else "",
        {True: "calls tools", False: "no tools", None: ""}[model.tools],
        " ".join(warnings),
        is_fit=not is_small and model.tools is not False,
    )
