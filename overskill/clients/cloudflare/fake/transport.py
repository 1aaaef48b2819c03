"""The fake as a transport of httpx: checks who asks, orders faults, and lets the account answer."""

import json
import threading
from dataclasses import dataclass, field
from typing import Literal

import httpx

from overskill.clients.cloudflare.fake.account import TOKEN, FakeAccount, Refused
from overskill.clients.cloudflare.fake.asked import Answer, Asked
from overskill.clients.cloudflare.fake.platform import PLATFORM
from overskill.clients.cloudflare.fake.storage import STORAGE
from overskill.clients.cloudflare.fake.zone import ZONE

BASE = "/client/v4"

Kind = Literal["rate", "ill", "done but ill", "timeout", "done but lost", "rights", "token", "unreachable"]

_REFUSALS: dict[str, tuple[int, int, str]] = {
    "rate": (429, 971, "Please wait and consider throttling your request speed"),
    "ill": (500, 10013, "workers.api.error.unknown"),
    "done but ill": (500, 10013, "workers.api.error.unknown"),
    "rights": (403, 10000, "Authentication error"),
    "token": (401, 10000, "Authentication error"),
}


@dataclass
class Fault:
    """What goes wrong with calls whose `METHOD path` contains `where`, as often as `times` says."""

    where: str
    kind: Kind
    times: int = 1_000
    retry_after: str = ""


@dataclass
class FakeCloudflare(httpx.BaseTransport):
    account: FakeAccount = field(default_factory=FakeAccount)
    faults: list[Fault] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)  # "PUT /accounts/…", in order
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def fail(self, where: str, kind: Kind, *, times: int = 1_000, retry_after: str = "") -> None:
        self.faults.append(Fault(where, kind, times, retry_after))

    def calls(self, where: str) -> int:
        return sum(where in asked for asked in self.asked)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        request.read()
        with self._lock:
            return self._answer(request)

    def _answer(self, request: httpx.Request) -> httpx.Response:
        path = request.url.raw_path.decode().partition("?")[0].removeprefix(BASE)
        named = f"{request.method} {path}"
        self.asked.append(named)
        fault = next((fault for fault in self.faults if fault.where in named and fault.times > 0), None)
        kind = fault.kind if fault else None
        if fault:
            fault.times -= 1
        if kind == "unreachable":
            raise httpx.ConnectError("unreachable", request=request)
        if kind == "timeout":
            raise httpx.ReadTimeout("timeout", request=request)
        if kind in (None, "done but lost", "done but ill"):
            response = self._carry_out(request, path)
        if kind == "done but lost":
            raise httpx.ReadTimeout("timeout", request=request)
        if fault is None:
            return response
        refusal = _failure(Refused(*_REFUSALS[fault.kind]))
        if fault.retry_after:
            refusal.headers["retry-after"] = fault.retry_after
        return refusal

    def _carry_out(self, request: httpx.Request, path: str) -> httpx.Response:
        for pattern, answer in (*PLATFORM, *STORAGE, *ZONE):
            match = pattern.fullmatch(f"{request.method} {path}")
            if match:
                asked = Asked(request, match.groupdict())
                if not asked.is_in_session and asked.bearer != TOKEN:
                    return _failure(Refused(*_REFUSALS["token"]))
                try:
                    return _success(answer, self.account, asked)
                except Refused as refused:
                    return _failure(refused)
        return _failure(Refused(404, 7003, f"Could not route to {path}, perhaps your object identifier is invalid?"))


def _success(answer: Answer, account: FakeAccount, asked: Asked) -> httpx.Response:
    result = answer(account, asked)
    if isinstance(result, httpx.Response):
        return result
    body = {"success": True, "errors": [], "messages": [], "result": result}
    return httpx.Response(200, content=json.dumps(body).encode(), headers=_HEADERS)


def _failure(refused: Refused) -> httpx.Response:
    errors = [{"code": refused.code, "message": refused.message}]
    body = {"success": False, "errors": errors, "messages": [], "result": None}
    return httpx.Response(refused.status, content=json.dumps(body).encode(), headers=_HEADERS)


_HEADERS = {"content-type": "application/json", "cf-ray": "0123456789abcdef-FRA"}
