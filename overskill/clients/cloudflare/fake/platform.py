"""Workers for Platforms: namespaces, scripts, asset sessions, secrets, tags."""

import base64
import json
import re
from typing import Any

import httpx

from overskill.clients.cloudflare.fake.account import FakeAccount, Refused, ServedScript, Session, StoredAsset
from overskill.clients.cloudflare.fake.asked import Asked, route

_HASH = re.compile(r"[0-9a-f]{32}")
_MOST_TAGS = 8
_MOST_SCRIPT_BYTES = 3 * 1024 * 1024


def _list_namespaces(account: FakeAccount, _: Asked) -> object:
    return [_namespace(name, len(scripts)) for name, scripts in account.namespaces.items()]


def _namespace(name: str, scripts: int) -> dict[str, Any]:
    return {"namespace_id": f"id-{name}", "namespace_name": name, "script_count": scripts}


def _get_namespace(account: FakeAccount, asked: Asked) -> object:
    return _namespace(asked["namespace"], len(account.scripts_in(asked["namespace"])))


def _create_namespace(account: FakeAccount, asked: Asked) -> object:
    name = asked.json["name"]
    if name in account.namespaces:
        raise Refused(409, 100118, "workers.api.error.dispatch_namespace_already_exists")
    account.namespaces[name] = {}
    return _namespace(name, 0)


def _delete_namespace(account: FakeAccount, asked: Asked) -> None:
    account.scripts_in(asked["namespace"])
    del account.namespaces[asked["namespace"]]


def _token(session: str, account: FakeAccount, *, is_complete: bool) -> str:
    claims = {"session": session, "complete": is_complete, "wrangler_single_asset_uploads": account.takes_one_by_one}
    encoded = base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip("=")
    return f"fake.{encoded}.signature"


def _session_of(account: FakeAccount, token: str, *, is_complete: bool) -> Session:
    try:
        payload = token.split(".")[1]
        claims = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
        session = account.sessions[claims["session"]]
    except (IndexError, ValueError, KeyError):
        raise Refused(401, 10000, "Authentication error") from None
    if session.has_ended or (is_complete and not claims["complete"]):
        raise Refused(401, 10000, "Authentication error")
    return session


def _open_session(account: FakeAccount, asked: Asked) -> object:
    account.scripts_in(asked["namespace"])
    manifest = asked.json["manifest"]
    for path, entry in manifest.items():
        if not path.startswith("/") or not _HASH.fullmatch(entry["hash"]):
            raise Refused(400, 10304, f"workers.api.error.invalid_asset_manifest: {path}")
    name = account.new_id()
    session = account.sessions[name] = Session(asked["namespace"], asked["script"], manifest)
    missing = sorted(session.hashes - account.assets_in(session.namespace).keys())
    size = 1 if account.takes_one_by_one else account.bucket_size
    buckets = [missing[start : start + size] for start in range(0, len(missing), size)]
    return {"jwt": _token(name, account, is_complete=not buckets), "buckets": buckets}


def _upload_bucket(account: FakeAccount, asked: Asked) -> object:
    session = _session_of(account, asked.bearer, is_complete=False)
    for name, part in asked.parts().items():
        _store(account, session, name, StoredAsset(base64.b64decode(part.content, validate=True), part.content_type))
    return _after_upload(account, session)


def _upload_file(account: FakeAccount, asked: Asked) -> object:
    session = _session_of(account, asked.bearer, is_complete=False)
    content_type = asked.request.headers["content-type"]
    _store(account, session, asked["hash"], StoredAsset(asked.request.content, content_type))
    return _after_upload(account, session)


def _store(account: FakeAccount, session: Session, name: str, asset: StoredAsset) -> None:
    sizes = {entry["hash"]: entry["size"] for entry in session.manifest.values()}
    if sizes.get(name) != len(asset.content):
        raise Refused(400, 10305, "workers.api.error.asset_not_in_manifest")
    account.assets_in(session.namespace)[name] = asset


def _after_upload(account: FakeAccount, session: Session) -> httpx.Response:
    name = next(name for name, known in account.sessions.items() if known is session)
    is_complete = session.hashes <= account.assets_in(session.namespace).keys()
    result = {"jwt": _token(name, account, is_complete=True)} if is_complete else {}
    body = {"success": True, "errors": [], "messages": [], "result": result}
    return httpx.Response(201 if is_complete else 202, json=body)


def _put_script(account: FakeAccount, asked: Asked) -> object:
    scripts = account.scripts_in(asked["namespace"])
    before = scripts.get(asked["script"])
    scripts[asked["script"]] = _made(account, asked, before, asked["namespace"])
    return _script(asked["script"])


def _put_own_script(account: FakeAccount, asked: Asked) -> object:
    before = account.scripts.get(asked["script"])
    account.scripts[asked["script"]] = _made(account, asked, before, "")
    return _script(asked["script"])


def _made(account: FakeAccount, asked: Asked, before: ServedScript | None, namespace: str) -> ServedScript:
    parts = asked.parts()
    metadata = json.loads(parts.pop("metadata").content)
    modules = {name: part.content for name, part in parts.items()}
    if metadata["main_module"] not in modules:
        raise Refused(400, 10021, "No such module")
    if sum(map(len, modules.values())) > _MOST_SCRIPT_BYTES:
        raise Refused(413, 10027, "Your Worker exceeded the size limit of 3 MiB")
    if len(metadata.get("tags") or []) > _MOST_TAGS:
        raise Refused(400, 10103, "Too many tags")
    script = ServedScript(metadata, modules)
    if "assets" in metadata:
        session = _session_of(account, metadata["assets"]["jwt"], is_complete=True)
        known = account.assets_in(session.namespace)
        if (session.namespace, session.script) != (namespace, asked["script"]):
            raise Refused(400, 10306, "The assets are another script's")
        script.assets = {path: known[entry["hash"]] for path, entry in session.manifest.items()}
    if before and "secret_text" in (metadata.get("keep_bindings") or []):
        script.secrets.update(before.secrets)
    for binding in metadata["bindings"]:
        if binding["type"] == "secret_text":
            script.secrets[binding["name"]] = binding["text"]
    return script


def _script(name: str) -> dict[str, Any]:
    return {"id": name, "etag": "0" * 64, "startup_time_ms": 2, "has_assets": True, "has_modules": True}


def _get_script(account: FakeAccount, asked: Asked) -> object:
    account.script(asked["namespace"], asked["script"])
    return {"dispatch_namespace": asked["namespace"], "script": _script(asked["script"])}


def _delete_script(account: FakeAccount, asked: Asked) -> None:
    account.script(asked["namespace"], asked["script"])
    del account.namespaces[asked["namespace"]][asked["script"]]


def _list_scripts(account: FakeAccount, asked: Asked) -> object:
    tag, _, answer = asked.query.get("tags", "").rpartition(":")
    found = account.scripts_in(asked["namespace"]).items()
    return [
        {**_script(name), "tags": each.tags}
        for name, each in found
        if account.ignores_tag_filters or (tag in each.tags) is (answer == "yes")
    ]


def _get_tags(account: FakeAccount, asked: Asked) -> object:
    return account.script(asked["namespace"], asked["script"]).tags


def _put_tags(account: FakeAccount, asked: Asked) -> object:
    account.script(asked["namespace"], asked["script"]).metadata["tags"] = asked.json
    return asked.json


def _list_secrets(account: FakeAccount, asked: Asked) -> object:
    secrets = account.script(asked["namespace"], asked["script"]).secrets
    return [{"name": name, "type": "secret_text"} for name in secrets]


def _put_secret(account: FakeAccount, asked: Asked) -> object:
    secret = asked.json
    account.script(asked["namespace"], asked["script"]).secrets[secret["name"]] = secret["text"]
    return {"name": secret["name"], "type": "secret_text"}


def _put_secrets(account: FakeAccount, asked: Asked) -> object:
    secrets = account.script(asked["namespace"], asked["script"]).secrets
    for name, secret in asked.json["secrets"].items():
        if secret is None:
            secrets.pop(name, None)
        else:
            secrets[name] = secret["text"]
    return {name: {"name": name, "type": "secret_text"} for name in secrets}


def _delete_secret(account: FakeAccount, asked: Asked) -> None:
    secrets = account.script(asked["namespace"], asked["script"]).secrets
    if asked["secret"] not in secrets:
        raise Refused(404, 10056, "workers.api.error.secret_not_found")
    del secrets[asked["secret"]]


_NAMESPACES = "/accounts/{account}/workers/dispatch/namespaces"
_SCRIPT = f"{_NAMESPACES}/{{namespace}}/scripts/{{script}}"
_UPLOAD = "/accounts/{account}/workers/assets/upload"

PLATFORM = (
    route("GET", _NAMESPACES, _list_namespaces),
    route("POST", _NAMESPACES, _create_namespace),
    route("GET", f"{_NAMESPACES}/{{namespace}}", _get_namespace),
    route("DELETE", f"{_NAMESPACES}/{{namespace}}", _delete_namespace),
    route("POST", f"{_SCRIPT}/assets-upload-session", _open_session),
    route("POST", _UPLOAD, _upload_bucket),
    route("POST", f"{_UPLOAD}/{{hash}}", _upload_file),
    route("PUT", _SCRIPT, _put_script),
    route("GET", _SCRIPT, _get_script),
    route("DELETE", _SCRIPT, _delete_script),
    route("GET", f"{_NAMESPACES}/{{namespace}}/scripts", _list_scripts),
    route("GET", f"{_SCRIPT}/tags", _get_tags),
    route("PUT", f"{_SCRIPT}/tags", _put_tags),
    route("GET", f"{_SCRIPT}/secrets", _list_secrets),
    route("PUT", f"{_SCRIPT}/secrets", _put_secret),
    route("PATCH", f"{_SCRIPT}/secrets-bulk", _put_secrets),
    route("DELETE", f"{_SCRIPT}/secrets/{{secret}}", _delete_secret),
    route("PUT", "/accounts/{account}/workers/scripts/{script}", _put_own_script),
)
