"""One response of a model server, item by item: what came over the wire becomes pieces, or a failure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx

from overskill.clients.model_decoder import Decoder
from overskill.clients.model_errors import Cause, Endpoint, classify, failed
from overskill.clients.model_wire import Body, Data, End, Head, Item
from overskill.clients.models import Piece, Started

_KEPT_HEADERS = ("content-type", "retry-after", "x-generation-id")


@dataclass
class Answer:
    """`take` each item until `is_over`. The same for a live response and for one that was recorded."""

    endpoint: Endpoint
    name: str
    decoder: Decoder = field(init=False)
    is_over: bool = field(default=False, init=False)
    _head: Head = field(default_factory=lambda: Head(0, {}), init=False)

    def __post_init__(self) -> None:
        self.decoder = Decoder(self.endpoint)

    def take(self, item: Item) -> Iterator[Piece]:
        """Raises ModelFailed; what broke a connection and is none of httpx's is a bug, and bubbles."""
        match item:
            case Head(status, headers):
                self._head = item
                if status == httpx.codes.OK:
                    yield Started(self.name, headers.get("x-generation-id", ""))
            case Body(text):
                if self._head.status != httpx.codes.OK:
                    raise classify(self.endpoint, self._head.status, text, self._head.headers)
                yield from self.decoder.whole(text)
            case Data(text) if text.strip() != "[DONE]":
                yield from self.decoder.data(text)
            case _:
                self.is_over = True
                if isinstance(item, End) and item.error and not self.decoder.is_complete:
                    raise self._broken(item.error) from item.error
                yield from self.decoder.end()

    def _broken(self, error: Exception) -> Exception:
        match error:
            case httpx.ConnectError() | httpx.ConnectTimeout() | httpx.UnsupportedProtocol() | httpx.InvalidURL():
                return failed(self.endpoint, Cause.UNREACHABLE, detail=str(error))
            case httpx.TimeoutException():
                return failed(self.endpoint, Cause.SILENT)
            case httpx.HTTPError():
                return failed(self.endpoint, Cause.CUT, detail=str(error))
            case _:
                return error


def as_told(item: Item) -> tuple[str, Any]:
    """An item as a tap hears it, in JSON's types."""
    match item:
        case Head(status, headers):
            return "head", {"status": status, "headers": _kept(headers)}
        case Body(text):
            return "body", text
        case Data(text):
            return "data", text
        case End(error):
            return "end", type(error).__name__ if error else ""


def from_told(kind: str, value: Any) -> Item:  # noqa: ANN401  # whatever JSON has
    """The item again. A connection that broke is a broken connection, however it broke."""
    match kind:
        case "head":
            return Head(int(value["status"]), dict(value["headers"]))
        case "body":
            return Body(str(value))
        case "data":
            return Data(str(value))
        case _:
            return End(httpx.ReadError(str(value)) if value else None)


def _kept(headers: Mapping[str, str]) -> dict[str, str]:
    return {name: headers[name] for name in _KEPT_HEADERS if name in headers}
