"""What `doctor` says about models: those of the settings at their providers, and the servers on this machine."""

from collections.abc import Sequence

from overskill.clients.connections import local_servers
from overskill.clients.providers import HttpModelLists
from overskill.config import Settings
from overskill.embedded.checkup import Finding
from overskill.services.providers.checkup import EntryState, check_instance
from overskill.services.providers.discovery import FoundServer, find_servers

_NAMES = ("OPENROUTER_API_KEY", "AI_BASE_URL", "AI_API_KEY", "AI_MODEL", "AI_PROVIDERS", "AI_MODELS_BUILD")


def configured_models(settings: Settings) -> Finding:
    """Every name in the lists, looked up in its provider's own list."""
    if not settings.has_model:
        return Finding("model", "off", "recipes write the apps until a model is connected", _NAMES)
    found = check_instance(settings, lists=HttpModelLists())
    usable = [state for state in found if not state.is_bad]
    wrong = [f"{state.entry}: {state.detail}" for state in found if state.is_bad]
    first = [_described(usable[0])] if usable else []
    more = [f"and {len(usable) - 1} more"] if len(usable) > 1 else []
    is_there = bool(usable) or any(state.state == "not_listed" for state in found)
    return Finding("model", "configured" if is_there else "unreachable", "; ".join([*first, *more, *wrong]), _NAMES)


def _described(state: EntryState) -> str:
    facts = filter(None, (state.context and f"{state.context} context", state.price and f"{state.price} a million"))
    detail = ", ".join(facts)
    return f"{state.entry} ({detail})" if detail else str(state.entry)


def servers_here(settings: Settings) -> Finding:
    """Model servers that run on this machine, whether or not one is connected."""
    found = find_servers(local_servers(settings))
    names = ("AI_BASE_URL", "AI_MODEL", "AI_LOCAL_SERVERS")
    if not found:
        return Finding("local models", "off", "no Ollama, LM Studio, llama.cpp or vLLM answers here", names)
    return Finding("local models", "configured", " ".join(_server(server) for server in found), names)


def _server(server: FoundServer) -> str:
    models: Sequence[str] = [
        f"{model.name} ({', '.join(filter(None, (model.context, model.tools))) or 'nothing known'})"
        + (f": {model.warning}" if model.warning else "")
        for model in server.models
    ]
    return f"{server.name} at {server.address}: {'; '.join(models)}."
