"""A websocket to one of our apps, on the same event loop as the services behind it."""

import asyncio
from dataclasses import dataclass, field
from typing import Any

import orjson
from starlette.types import ASGIApp, Message

from tests.support_waiting import PATIENCE_SECONDS


@dataclass
class Socket:
    """A browser's end. `run` ends when the connection does, from either side."""

    path: str
    query: str = ""
    cookie: str = ""
    origin: str = ""
    heard: list[Any] = field(default_factory=list)
    is_accepted: bool = False
    closed_with: int | None = None  # the code, when the server closed
    _to_say: asyncio.Queue[Message] = field(default_factory=asyncio.Queue)
    _greeted: bool = False

    async def run(self, app: ASGIApp) -> None:
        headers = {b"cookie": self.cookie, b"origin": self.origin, b"host": "localhost:3000"}
        scope = {
            "type": "websocket",
            "path": self.path,
            "raw_path": self.path.encode(),
            "query_string": self.query.encode(),
            "headers": [(name, value.encode()) for name, value in headers.items() if value],
            "scheme": "ws",
            "subprotocols": [],
            "client": ("203.0.113.7", 50_000),
            "server": ("localhost", 3000),
        }
        async with asyncio.timeout(PATIENCE_SECONDS):
            await app(scope, self._receive, self._send)

    def say(self, text: str) -> None:
        self._to_say.put_nowait({"type": "websocket.receive", "text": text})

    def leave(self) -> None:
        """As when the tab is closed."""
        self._to_say.put_nowait({"type": "websocket.disconnect", "code": 1001})

    async def _receive(self) -> Message:
        if not self._greeted:
            self._greeted = True
            return {"type": "websocket.connect"}
        return await self._to_say.get()

    async def _send(self, message: Message) -> None:
        match message["type"]:
            case "websocket.accept":
                self.is_accepted = True
            case "websocket.send":
                self.heard.append(orjson.loads(message["text"]))
            case "websocket.close":
                self.closed_with = message.get("code", 1000)
