"""Scripts: an app's own in a dispatch namespace, and the dispatch worker's in the account."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from overskill.clients.cloudflare import namespaces
from overskill.clients.cloudflare.transport import TRIES, Call, CloudflareApi, File
from overskill.errors import InvalidInput, LimitReached, NotFound

MOST_TAGS = 8
MOST_SCRIPT_BYTES = 3 * 1024 * 1024  # of the free plan; paid ones take 10 MB

_MODULE_TYPES = {
    "esm": "application/javascript+module",
    "text": "text/plain",
    "json": "application/json",
    "wasm": "application/wasm",
    "data": "application/octet-stream",
}


@dataclass(frozen=True, slots=True)
class Module:
    content: bytes
    kind: str = "esm"  # "text", "json", "wasm", "data"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptUpload:
    """One script with all that belongs to it. Putting it replaces the one before, whole."""

    main_module: str
    modules: Mapping[str, Module]
    compatibility_date: str
    compatibility_flags: Sequence[str] = ()
    bindings: Sequence[Mapping[str, Any]] = field(default=(), repr=False)  # may hold secrets
    tags: Sequence[str] = ()
    limits: Mapping[str, int] = field(default_factory=dict)  # cpu_ms, subrequests
    assets_jwt: str = field(default="", repr=False)
    assets_config: Mapping[str, Any] = field(default_factory=dict)
    keep_bindings: Sequence[str] = ()  # kinds that stay as they are, such as "secret_text"


def path_of(api: CloudflareApi, namespace: str, script: str) -> str:
    return f"{namespaces.path_of(api, namespace)}/scripts/{quote(script, safe='')}"


def dispatch_path(api: CloudflareApi, script: str) -> str:
    """Of a script that belongs to the account itself."""
    return f"{api.of_account}/workers/scripts/{quote(script, safe='')}"


def put_script(api: CloudflareApi, path: str, upload: ScriptUpload) -> None:
    api.result(Call("PUT", path, files=_multipart(upload)))


def _multipart(upload: ScriptUpload) -> list[File]:
    size = sum(len(module.content) for module in upload.modules.values())
    if size > MOST_SCRIPT_BYTES:
        raise LimitReached(
            f"The app's server code has {size / 1024 / 1024:.1f} MB; Cloudflare takes 3 MB. "
            "Use fewer or smaller packages."
        )
    if len(upload.tags) > MOST_TAGS:
        raise InvalidInput(f"A script at Cloudflare has at most {MOST_TAGS} tags.")
    parts: list[File] = [("metadata", (None, json.dumps(_metadata(upload)).encode(), "application/json"))]
    parts += [(name, (name, module.content, _MODULE_TYPES[module.kind])) for name, module in upload.modules.items()]
    return parts


def _metadata(upload: ScriptUpload) -> dict[str, Any]:
    metadata: dict[str, Any] = {
        "main_module": upload.main_module,
        "compatibility_date": upload.compatibility_date,
        "compatibility_flags": list(upload.compatibility_flags),
        "bindings": [dict(binding) for binding in upload.bindings],
        "tags": list(upload.tags),
        "keep_bindings": list(upload.keep_bindings),
    }
    if upload.limits:
        metadata["limits"] = dict(upload.limits)
    if upload.assets_jwt:
        metadata["assets"] = {"jwt": upload.assets_jwt, "config": dict(upload.assets_config)}
    return metadata


def script_tags(api: CloudflareApi, namespace: str, script: str, *, tries: int = TRIES) -> list[str] | None:
    """None where there is no such script."""
    try:
        tags = api.result(Call("GET", f"{path_of(api, namespace, script)}/tags", tries=tries))
    except NotFound:
        return None
    return [str(tag) for tag in tags or []]


def tagged_scripts(api: CloudflareApi, namespace: str, tag: str) -> list[str]:
    """The names of those with this tag.

    Cloudflare's filter is trusted to leave out, not to let through: somebody deletes what is found. For the same
    reason its call that deletes by tag is not used: a filter that it reads otherwise would take every app.
    """
    path = f"{namespaces.path_of(api, namespace)}/scripts"
    found = api.result(Call("GET", path, params={"tags": f"{tag}:yes"})) or []
    names = [str(entry["id"]) for entry in found]
    return [name for name in names if tag in (script_tags(api, namespace, name) or [])]


def put_tags(api: CloudflareApi, namespace: str, script: str, tags: Sequence[str]) -> None:
    if len(tags) > MOST_TAGS:
        raise InvalidInput(f"A script at Cloudflare has at most {MOST_TAGS} tags.")
    api.result(Call("PUT", f"{path_of(api, namespace, script)}/tags", json=list(tags)))


def script_details(api: CloudflareApi, namespace: str, script: str) -> dict[str, Any] | None:
    try:
        details: dict[str, Any] | None = api.result(Call("GET", path_of(api, namespace, script)))
    except NotFound:
        return None
    return details


def delete_script(api: CloudflareApi, namespace: str, script: str) -> None:
    """With its secrets. Deleting what is not there is no error."""
    try:
        api.result(Call("DELETE", path_of(api, namespace, script), params={"force": "true"}))
    except NotFound:
        return
