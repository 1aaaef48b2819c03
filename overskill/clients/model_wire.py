"""One streaming HTTP request whose reader can always be interrupted.

A thread reads the socket and queues what comes, so that the caller waits with a time-out of its own and can
stop at once, also while the server is silent. `stop` shuts the socket down, which ends the thread.
"""

import queue
import socket
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import httpx
from httpx_sse import EventSource

from overskill.clients.public_address import http_client

MOST_WAITING = 1_000  # pieces that may queue up before the reader waits for the caller
LARGEST_BODY = 4 * 1024 * 1024  # of an answer that is no stream


@dataclass(frozen=True, slots=True)
class Head:
    """The response began."""

    status: int
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Body:
    """The whole body of a response that is no event stream."""

    text: str


@dataclass(frozen=True, slots=True)
class Data:
    """The data of one server-sent event."""

    text: str


@dataclass(frozen=True, slots=True)
class End:
    """Nothing more comes. `error` is why, where that wasn't the server's wish."""

    error: Exception | None = None


Item = Head | Body | Data | End


class Wire(threading.Thread):
    def __init__(
        self,
        url: str,
        *,
        headers: Mapping[str, str],
        body: Mapping[str, Any],
        silence: float,
        public_only: bool = False,
    ) -> None:
        super().__init__(name="model-wire", daemon=True)
        self._url, self._headers, self._body = url, dict(headers), dict(body)
        self._public_only = public_only
        self._timeout = httpx.Timeout(silence, connect=10.0)
        self._items: queue.Queue[Item] = queue.Queue(MOST_WAITING)
        self._stopped = threading.Event()
        self._socket: socket.socket | None = None

    def next(self, timeout: float) -> Item | None:
        """What came next, or None if nothing did within `timeout` seconds."""
        try:
            return self._items.get(timeout=timeout)
        except queue.Empty:
            return None

    def stop(self) -> None:
        """End the request now. Safe to call at any time, and twice."""
        self._stopped.set()
        if self._socket is not None:
            with suppress(OSError):  # it may be closed already
                socket.socket.shutdown(self._socket, socket.SHUT_RDWR)

    def run(self) -> None:
        try:
            self._read()
        except Exception as error:  # noqa: BLE001  # the caller's thread raises it
            self._put(End(error))
        else:
            self._put(End())

    def _read(self) -> None:
        # A connection of its own: shutting down its socket must not touch another request.
        with (
            http_client(public_only=self._public_only, timeout=self._timeout) as client,
            client.stream(
                "POST", self._url, headers=self._headers, json=self._body, extensions={"trace": self._notice_socket}
            ) as response,
        ):
            self._put(Head(response.status_code, dict(response.headers)))
            if response.status_code == httpx.codes.OK and "event-stream" in response.headers.get("content-type", ""):
                for event in EventSource(response).iter_sse():
                    self._put(Data(event.data))
                    if self._stopped.is_set():
                        return
            else:
                self._put(Body(_bounded_text(response)))

    def _notice_socket(self, event: str, info: Mapping[str, Any]) -> None:
        """Called by httpx at each step; remembers the socket as soon as it is connected."""
        stream = info.get("return_value")
        if event.endswith((".connect_tcp.complete", ".start_tls.complete")) and stream is not None:
            self._socket = stream.get_extra_info("socket")
            if self._stopped.is_set():
                self.stop()

    def _put(self, item: Item) -> None:
        while not self._stopped.is_set():
            with suppress(queue.Full):
                self._items.put(item, timeout=0.2)
                return


def _bounded_text(response: httpx.Response) -> str:
    parts: list[str] = []
    size = 0
    for part in response.iter_text():
        parts.append(part)
        size += len(part)
        if size > LARGEST_BODY:
            break
    return "".join(parts)
