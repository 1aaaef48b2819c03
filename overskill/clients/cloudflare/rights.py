"""What the token may do: each right is tried by a call that changes nothing.

So a right to read is taken for one to edit: without changing something, Cloudflare tells no more.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

from overskill.clients.cloudflare import namespaces
from overskill.clients.cloudflare.analytics import counting
from overskill.clients.cloudflare.buckets import R2_HOST
from overskill.clients.cloudflare.transport import Call, CloudflareApi
from overskill.config import Settings
from overskill.errors import InvalidInput, NotAllowed, NotFound

_PATIENCE_SECONDS = 4.0  # somebody waits for all of it


def _always(_: Settings) -> bool:
    return True


def _uses_databases(settings: Settings) -> bool:
    return settings.cloudflare_databases == "on"


def _uses_r2(settings: Settings) -> bool:
    host = urlsplit(settings.s3_endpoint).hostname or ""
    return bool(settings.s3_bucket) and host.endswith(R2_HOST)


@dataclass(frozen=True, slots=True)
class Right:
    name: str  # as Cloudflare's page of tokens calls it
    purpose: str
    call: Callable[[CloudflareApi], Call]  # changes nothing
    is_of_zone: bool = False
    is_wanted: Callable[[Settings], bool] = _always


def _get(path: str) -> Call:
    return Call("GET", path, tries=2, seconds=_PATIENCE_SECONDS)


def _post(path: str, body: dict[str, Any]) -> Call:
    return Call("POST", path, json=body, repeatable=True, tries=2, seconds=_PATIENCE_SECONDS)


RIGHTS = (
    Right("Account · Workers Scripts · Edit", "publish apps", lambda api: _get(namespaces.path_of(api))),
    Right(
        "Account · Workers KV Storage · Edit",
        "tell who may see them",
        lambda api: _get(f"{api.of_account}/storage/kv/namespaces"),
    ),
    Right(
        "Account · Account Analytics · Read",
        "show who comes, and judge trials",
        lambda api: replace(counting(api, "SHOW TABLES"), tries=2, seconds=_PATIENCE_SECONDS),
    ),
    Right(
        "Account · Workers R2 Storage · Edit",
        "keep versions",
        lambda api: _get(f"{api.of_account}/r2/buckets"),
        is_wanted=_uses_r2,
    ),
    Right(
        "Account · D1 · Edit",
        "give apps databases",
        lambda api: _get(f"{api.of_account}/d1/database"),
        is_wanted=_uses_databases,
    ),
    Right(
        "Zone · Workers Routes · Edit", "serve them", lambda api: _get(f"{api.of_zone}/workers/routes"), is_of_zone=True
    ),
    Right("Zone · DNS · Edit", "name them", lambda api: _get(f"{api.of_zone}/dns_records"), is_of_zone=True),
    Right(
        "Zone · SSL and Certificates · Edit",
        "connect domains",
        lambda api: _get(f"{api.of_zone}/custom_hostnames"),
        is_of_zone=True,
    ),
    Right(
        "Zone · Cache Purge · Purge",
        "show what was published at once",
        lambda api: _post(f"{api.of_zone}/purge_cache", {"hosts": ["nobody.invalid"]}),
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


def check_token(api: CloudflareApi, settings: Settings) -> TokenCheck:
    """Of the rights that these settings need. Raises Unavailable when Cloudflare can't be asked."""
    if not _is_accepted(api):
        return TokenCheck(is_accepted=False)
    possible = [right for right in RIGHTS if api.account.zone_id or not right.is_of_zone]
    wanted = [right for right in possible if right.is_wanted(settings)]
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
        api.response(right.call(api))
    except (NotAllowed, NotFound):
        return False
    except InvalidInput:
        return True  # it may be asked for, only not so
    return True
