"""How long the site takes to begin its answers, for the desk's alerts. It costs a request next to nothing."""

import asyncio
import logging
import time

from redis.exceptions import RedisError
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from overskill import container
from overskill.services.admin.latency import LatencyLog

_HAND_OVER_SECONDS = 5.0

log = logging.getLogger(__name__)


class RequestTimes:
    """Until the first byte: what is streamed on, or downloaded slowly, is no slow request."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._log = LatencyLog()
        self._next = 0.0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = time.perf_counter()

        async def send_and_measure(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._add(time.perf_counter() - started)
            await send(message)

        await self._app(scope, receive, send_and_measure)

    def _add(self, seconds: float) -> None:
        self._log.add(seconds)
        now = time.monotonic()
        if now >= self._next:
            self._next = now + _HAND_OVER_SECONDS
            asyncio.get_running_loop().run_in_executor(None, self._hand_over)

    def _hand_over(self) -> None:
        try:
            self._log.hand_over(container.get().redis)
        except RedisError:
            log.warning("the times of some requests were not kept", exc_info=True)
