"""What the routes want to know about a request."""

from typing import TypeVar

from pydantic import BaseModel, ValidationError
from starlette.requests import Request
from starlette.types import Scope

from overskill import container
from overskill.errors import InvalidInput, LimitReached
from overskill.services.accounts.sessions import Visitor

UNREADABLE = "The page sent something that can't be read. Reload it, then try again."
_Body = TypeVar("_Body", bound=BaseModel)


def client_ip(scope: Scope, hops: int) -> str:
    """The visitor's address. `hops` trusted proxies each appended one entry to X-Forwarded-For; what stands
    further left came from the visitor and proves nothing."""
    peer = scope["client"][0] if scope.get("client") else ""
    if hops == 0:
        return peer
    values = [value.decode("latin-1") for name, value in scope["headers"] if name == b"x-forwarded-for"]
    entries = [entry.strip() for entry in ",".join(values).split(",") if entry.strip()]
    return entries[-hops] if len(entries) >= hops else peer


def visitor_of(request: Request) -> Visitor:
    hops = container.get().settings.trusted_proxy_hops
    return Visitor(ip=client_ip(request.scope, hops), user_agent=request.headers.get("user-agent", ""))


async def read_at_most(request: Request, size: int, refusal: str) -> bytes:
    """The body, whatever its headers say of its length. Raises LimitReached with `refusal` where it is longer."""
    parts: list[bytes] = []
    left = size
    async for part in request.stream():
        left -= len(part)
        if left < 0:
            raise LimitReached(refusal)
        parts.append(part)
    return b"".join(parts)


async def read_body(request: Request, kind: type[_Body], *, largest: int, refusal: str) -> _Body:
    """What a page of ours sent as JSON. Raises LimitReached with `refusal`, and InvalidInput for what none sends."""
    try:
        return kind.model_validate_json(await read_at_most(request, largest, refusal))
    except ValidationError as error:
        raise InvalidInput(UNREADABLE) from error


def safe_next(address: str) -> str:
    """Where to go after signing in: an address on this site, or the start page."""
    is_local = address.startswith("/") and not address.startswith(("//", "/\\", "/auth/"))
    return address if is_local and address.isprintable() and "\\" not in address else "/"
