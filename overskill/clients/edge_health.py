"""Asking a published app, through the edge, which version it shows."""

import time
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import urlsplit

import httpx

HEALTH_PATH = "/__health"
PATIENCE_SECONDS = 5.0
_ANSWER_SECONDS = 2.0
_PAUSE_SECONDS = 0.05
_BROKEN = frozenset({500, 502, 504, 520, 521, 522, 523, 524})  # 503 is said of maintenance, too


class EdgeHealth(Protocol):
    def shows(self, address: str, version: str) -> bool | None:
        """Whether an app's address answers with this version before long; None where nobody here can tell."""
        ...


class HttpHealth:
    """Asks where visitors would; an edge on this machine at the address it listens on, by the name they would use."""

    def __init__(self, *, listening: str = "", patience: float = PATIENCE_SECONDS) -> None:
        self._listening = listening
        self._patience = patience

    def shows(self, address: str, version: str) -> bool | None:
        until = time.monotonic() + self._patience
        is_encrypted = not self._listening.startswith("http://")  # else certificates need not even be read
        with httpx.Client(timeout=_ANSWER_SECONDS, verify=is_encrypted) as client:
            while (shown := self._shown(client, address)) != version:
                if shown is None:
                    return None
                if time.monotonic() >= until:
                    return False
                time.sleep(_PAUSE_SECONDS)
        return True

    def _shown(self, client: httpx.Client, address: str) -> str | None:
        """The version's label; "" where the app is broken, None where something else answers, or nothing."""
        asked = urlsplit(address)
        place = f"{self._listening}{asked.path}" if self._listening else address
        try:
            answer = client.get(f"{place}{HEALTH_PATH}", headers={"host": asked.netloc})
            if answer.status_code in _BROKEN:
                return ""
            facts: object = answer.json() if answer.status_code == httpx.codes.OK else None
        except (httpx.HTTPError, ValueError):
            return None
        return facts.get("version") if isinstance(facts, dict) else None


@dataclass
class FakeHealth:
    """Every app answers with what was published last, unless it is told otherwise."""

    answer: bool | None = True
    asked: list[tuple[str, str]] = field(default_factory=list)

    def shows(self, address: str, version: str) -> bool | None:
        self.asked.append((address, version))
        return self.answer
