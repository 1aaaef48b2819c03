"""What is known about models: prices and context from the provider's list, and whether they really call tools.

Kept in one small file, so that a worker that starts does not ask again.
"""

import json
import os
import tempfile
import threading
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from overskill.clients.model_errors import Endpoint

LIST_LASTS = 24 * 3600.0
TOOLS_LAST = 7 * 24 * 3600.0


@dataclass(frozen=True, slots=True)
class ModelFacts:
    """Prices are US dollars a token, as providers list them."""

    price_in: float = 0.0
    price_out: float = 0.0
    price_cached: float = 0.0
    context_tokens: int = 0  # 0: unknown
    output_tokens: int = 0  # 0: unknown
    listed_at: float = 0.0  # when the provider's list was read, 0 for never
    tools: bool | None = None  # None: unknown
    tools_at: float = 0.0
    pictures: bool | None = None  # whether it sees them. None: unknown

    def cost_micro(self, tokens_in: int, tokens_out: int, tokens_cached: int) -> int:
        """Millionths of a dollar; 0 where no price is known."""
        fresh = max(0, tokens_in - tokens_cached)
        cached = tokens_cached * (self.price_cached or self.price_in)
        return round((fresh * self.price_in + cached + tokens_out * self.price_out) * 1_000_000)


def listed(entry: Mapping[str, Any], now: float) -> ModelFacts:
    """The facts of one entry of `GET /models`. Servers other than OpenRouter give little more than a name."""
    pricing = entry.get("pricing")
    pricing = pricing if isinstance(pricing, Mapping) else {}
    provider = entry.get("top_provider")
    provider = provider if isinstance(provider, Mapping) else {}
    parameters = entry.get("supported_parameters")
    architecture = entry.get("architecture")
    modalities = architecture.get("input_modalities") if isinstance(architecture, Mapping) else None
    return ModelFacts(
        price_in=_number(pricing.get("prompt")),
        price_out=_number(pricing.get("completion")),
        price_cached=_number(pricing.get("input_cache_read")),
        context_tokens=int(_number(entry.get("context_length") or entry.get("max_model_len"))),
        output_tokens=int(_number(provider.get("max_completion_tokens"))),
        listed_at=now,
        tools="tools" in parameters if isinstance(parameters, list) else None,
        tools_at=now if isinstance(parameters, list) else 0.0,
        pictures="image" in modalities if isinstance(modalities, list) else None,
    )


def _number(value: object) -> float:
    try:
        return max(0.0, float(value))  # type: ignore[arg-type]  # providers send numbers, texts, null
    except (TypeError, ValueError):
        return 0.0


class ModelMemory:
    """A JSON file of facts by endpoint. A file that can't be read or written is the same as an empty one."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._facts: dict[str, ModelFacts] | None = None

    def recall(self, endpoint: Endpoint) -> ModelFacts:
        """What is known, without what is too old to be trusted."""
        with self._lock:
            facts = self._all().get(_key(endpoint), ModelFacts())
        now = time.time()
        if now - facts.listed_at > LIST_LASTS:
            facts = replace(facts, listed_at=0.0)
        if now - facts.tools_at > TOOLS_LAST:
            facts = replace(facts, tools=None)
        return facts

    def remember(self, endpoint: Endpoint, facts: ModelFacts) -> None:
        with self._lock:
            known = self._all()
            known[_key(endpoint)] = facts
            self._write(known)

    def _all(self) -> dict[str, ModelFacts]:
        if self._facts is None:
            try:
                text = self._path.read_text("utf-8") if self._path else "{}"
                self._facts = {key: ModelFacts(**facts) for key, facts in json.loads(text).items()}
            except (OSError, ValueError, TypeError, AttributeError):
                self._facts = {}
        return self._facts

    def _write(self, known: Mapping[str, ModelFacts]) -> None:
        if self._path is None:
            return
        text = json.dumps({key: asdict(facts) for key, facts in known.items()}, indent=1)
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            handle, name = tempfile.mkstemp(dir=self._path.parent, prefix=".models-")
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(text)
            Path(name).replace(self._path)
        except OSError:
            return  # asked again next time


def _key(endpoint: Endpoint) -> str:
    return f"{endpoint.base_url} {endpoint.model}"
