"""Cloudflare's caches of the zone: forget what they hold of some hosts or addresses."""

from collections.abc import Sequence

from overskill.clients.cloudflare.transport import Call, CloudflareApi

MOST_AT_ONCE = 30
PATIENCE_SECONDS = 5.0  # caches empty themselves in time: nobody should wait for this


def purge_hosts(api: CloudflareApi, hosts: Sequence[str]) -> None:
    _purge(api, "hosts", hosts)


def purge_files(api: CloudflareApi, addresses: Sequence[str]) -> None:
    _purge(api, "files", addresses)


def _purge(api: CloudflareApi, kind: str, names: Sequence[str]) -> None:
    for start in range(0, len(names), MOST_AT_ONCE):
        some = list(names[start : start + MOST_AT_ONCE])
        api.result(Call("POST", f"{api.of_zone}/purge_cache", json={kind: some}, tries=1, seconds=PATIENCE_SECONDS))
