"""The double as a transport of httpx."""

from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import unquote

import httpx
import orjson
from redis import RedisError

from overskill.clients.stripe.double.form import read_form
from overskill.clients.stripe.double.stripe_double import StripeDouble

Kind = Literal["unreachable", "done but lost", "ill", "rate"]
_REFUSALS = {
    "ill": (500, {"type": "api_error", "message": "An unknown error occurred"}),
    "rate": (429, {"type": "invalid_request_error", "code": "rate_limit", "message": "Request rate limit exceeded."}),
}


@dataclass
class Fault:
    """What goes wrong with calls whose `METHOD path` contains `where`, as often as `times` says."""

    where: str
    kind: Kind
    times: int


@dataclass
class DoubleTransport(httpx.BaseTransport):
    double: StripeDouble
    faults: list[Fault] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)  # "POST /v1/…", in order; the last thousand

    def fail(self, where: str, kind: Kind, *, times: int = 1_000) -> None:
        self.faults.append(Fault(where, kind, times))

    def calls(self, where: str) -> int:
        return sum(where in asked for asked in self.asked)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        request.read()
        path = unquote(request.url.path)
        named = f"{request.method} {path}"
        self.asked = [*self.asked[-999:], named]
        fault = next((fault for fault in self.faults if fault.where in named and fault.times > 0), None)
        if fault is None:
            return self._answer(request, path)
        fault.times -= 1
        if fault.kind == "done but lost":
            self._answer(request, path)
            raise httpx.ReadTimeout("timeout", request=request)
        if fault.kind == "unreachable":
            raise httpx.ConnectError("unreachable", request=request)
        status, error = _REFUSALS[fault.kind]
        return _response(status, {"error": error})

    def _answer(self, request: httpx.Request, path: str) -> httpx.Response:
        text = request.content.decode() if request.method == "POST" else request.url.query.decode()
        account_id, key = (request.headers.get(name, "") for name in ("stripe-account", "idempotency-key"))
        try:
            status, body = self.double.answer(request.method, path, read_form(text), account_id=account_id, key=key)
        except RedisError as error:
            raise httpx.ConnectError("the double's store is out of reach", request=request) from error
        return _response(status, body)


def _response(status: int, body: dict[str, object]) -> httpx.Response:
    headers = {"content-type": "application/json", "request-id": "req_double"}
    return httpx.Response(status, content=orjson.dumps(body), headers=headers)
