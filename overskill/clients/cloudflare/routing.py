"""Which of the zone's requests come to the dispatch worker: its routes, and the records that make names resolve."""

from overskill.clients.cloudflare.transport import Call, CloudflareApi
from overskill.errors import Conflict

_NOWHERE = "100::"  # proxied: no request ever gets there, the worker answers before


def ensure_route(api: CloudflareApi, pattern: str, script: str) -> bool:
    """Whether it had to be made, or to be pointed at another script."""
    path = f"{api.of_zone}/workers/routes"
    wanted = {"pattern": pattern, "script": script}
    for route in api.result(Call("GET", path)) or []:
        if route.get("pattern") == pattern:
            if route.get("script") == script:
                return False
            api.result(Call("PUT", f"{path}/{route['id']}", json=wanted))
            return True
    try:
        api.result(Call("POST", path, json=wanted))
    except Conflict:  # our own try before was carried out
        return False
    return True


def ensure_record(api: CloudflareApi, name: str) -> bool:
    """A name that resolves to Cloudflare. Whether it had to be made; one that is there is left as it is."""
    path = f"{api.of_zone}/dns_records"
    if api.result(Call("GET", path, params={"name": name})):
        return False
    record = {"type": "AAAA", "name": name, "content": _NOWHERE, "proxied": True, "ttl": 1}
    api.result(Call("POST", path, json=record))
    return True
