"""Secrets of a script that live beside its versions: set one, set or delete many, list their names."""

from collections.abc import Mapping
from urllib.parse import quote

from overskill.clients.cloudflare.scripts import path_of
from overskill.clients.cloudflare.transport import Call, CloudflareApi
from overskill.errors import NotFound


def put_secret(api: CloudflareApi, namespace: str, script: str, name: str, text: str) -> None:
    secret = {"name": name, "text": text, "type": "secret_text"}
    api.result(Call("PUT", f"{path_of(api, namespace, script)}/secrets", json=secret))


def put_secrets(api: CloudflareApi, namespace: str, script: str, secrets: Mapping[str, str | None]) -> None:
    """All in one call. None deletes; what is not named stays."""
    changes = {
        name: None if text is None else {"name": name, "text": text, "type": "secret_text"}
        for name, text in secrets.items()
    }
    path = f"{path_of(api, namespace, script)}/secrets-bulk"
    api.result(Call("PATCH", path, json={"secrets": changes}, repeatable=True))


def secret_names(api: CloudflareApi, namespace: str, script: str) -> list[str]:
    found = api.result(Call("GET", f"{path_of(api, namespace, script)}/secrets")) or []
    return sorted(str(secret["name"]) for secret in found)


def delete_secret(api: CloudflareApi, namespace: str, script: str, name: str) -> None:
    """Deleting what is not there is no error."""
    try:
        api.result(Call("DELETE", f"{path_of(api, namespace, script)}/secrets/{quote(name, safe='')}"))
    except NotFound:
        return
