"""Dispatch namespaces: one for each environment, which holds a script for each app."""

from urllib.parse import quote

from overskill.clients.cloudflare.transport import Call, CloudflareApi
from overskill.errors import Conflict


def path_of(api: CloudflareApi, namespace: str = "") -> str:
    base = f"{api.of_account}/workers/dispatch/namespaces"
    return f"{base}/{quote(namespace, safe='')}" if namespace else base


def list_namespaces(api: CloudflareApi) -> list[str]:
    found = api.result(Call("GET", path_of(api))) or []
    return [str(entry["namespace_name"]) for entry in found]


def ensure_namespace(api: CloudflareApi, namespace: str) -> bool:
    """Whether it had to be created."""
    if namespace in list_namespaces(api):
        return False
    try:
        api.result(Call("POST", path_of(api), json={"name": namespace}))
    except Conflict:  # somebody was faster, or our own try before was carried out
        return False
    return True


def delete_namespace(api: CloudflareApi, namespace: str) -> None:
    """With every script in it."""
    api.result(Call("DELETE", path_of(api, namespace)))
