"""What the token may do: each right is tried by a call that changes nothing.

So a right to read is taken for one to edit: without changing something, Cloudflare tells no more.
"""

from collections.abc import Callable
from dataclasses import dataclass

from overskill.clients.cloudflare import namespaces
from overskill.clients.cloudflare.transport import Call, CloudflareApi
from overskill.errors import NotAllowed, NotFound

_PATIENCE_SECONDS = 4.0  # somebody waits for all of it


@dataclass(frozen=True, slots=True)
class Right:
    name: str  # as Cloudflare's page of tokens calls it
    purpose: str
    path: Callable[[CloudflareApi], str]
    is_of_zone: bool = False


RIGHTS = (
    Right("Account · Workers Scripts · Edit", "publish apps", namespaces.path_of),
    Right(
        "Account · Workers KV Storage · Edit",
        "tell who may see them",
        lambda api: f"{api.of_account}/storage/kv/namespaces",
    ),
    Right("Zone · Workers Routes · Edit", "serve them", lambda api: f"{api.of_zone}/workers/routes", is_of_zone=True),
    Right("Zone · DNS · Edit", "name them", lambda api: f"{api.of_zone}/dns_records", is_of_zone=True),
    Right(
        "Zone · SSL and Certificates · Edit",
        "connect domains",
        lambda api: f"{api.of_zone}/custom_hostnames",
        is_of_zone=True,
    ),
)


@dataclass(frozen=True, slots=True)
class TokenCheck:
    is_accepted: bool
    missing: tuple[Right, ...] = ()

    @property
    def is_enough(self) -> bool:
        return self.is_accepted and not self.missing


def check_token(api: CloudflareApi) -> TokenCheck:
    """Raises Unavailable when Cloudflare can't be asked."""
    if not _is_accepted(api):
        return TokenCheck(is_accepted=False)
    wanted = [right for right in RIGHTS if api.account.zone_id or not right.is_of_zone]
    return TokenCheck(is_accepted=True, missing=tuple(right for right in wanted if not _has(api, right)))


def _is_accepted(api: CloudflareApi) -> bool:
    """A token is the account's own, or a user's."""
    for path in (f"{api.of_account}/tokens/verify", "/user/tokens/verify"):
        try:
            found = api.result(Call("GET", path, tries=2, seconds=_PATIENCE_SECONDS)) or {}
        except (NotAllowed, NotFound):
            continue
        if found.get("status") == "active":
            return True
    return False


def _has(api: CloudflareApi, right: Right) -> bool:
    try:
        api.response(Call("GET", right.path(api), tries=2, seconds=_PATIENCE_SECONDS))
    except (NotAllowed, NotFound):
        return False
    return True
