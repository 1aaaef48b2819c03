"""What a stored version says: its files, its script, its bindings. Written once, named by its own hash."""

import base64
import hashlib
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NotRequired, TypedDict

STOCK_WORKER = Path(__file__).parents[1] / "edge" / "workers" / "app" / "app-worker.js"
STOCK_MODULE = "worker.js"
SERVER_APP = STOCK_WORKER.with_name("server-app.js")  # the main module of an app with server code
SERVER_MODULE = "server.js"  # that code
FOR_SERVER_CODE = ("/api", "/api/*")  # what is asked of it before any file
COMPATIBILITY_DATE = "2026-10-20"  # not after the oldest workerd that package.json pins
HASHED_FOLDER = "/assets/"  # what the bundler puts here carries its hash in its name
IMMUTABLE = "public, max-age=31536000, immutable"

_TEXT_TYPE = re.compile(r"text/|application/(javascript|json|manifest\+json|xml|wasm)|[^;]*\+(xml|json)\b")
_CHARSET_TYPES = re.compile(r"text/|application/javascript")
_SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script\s*>", re.IGNORECASE | re.DOTALL)
_HAS_SOURCE = re.compile(r"\bsrc\s*=", re.IGNORECASE)


class AssetEntry(TypedDict):
    hash: str
    size: int
    type: str
    cache: NotRequired[str]
    br: NotRequired[int]  # size of the brotli sibling
    scripts: NotRequired[str]  # CSP hashes of a page's inline scripts
    carried: NotRequired[float]  # since when, in seconds since 1970: from a version before (edge_carrying.py)
    place: NotRequired[str]  # on Cloudflare, where it is instead of among the static assets: "script", "store"


class ModuleEntry(TypedDict):
    hash: str
    type: str  # "esm", "text", "json", "wasm", "data"


class Binding(TypedDict):
    type: str  # "assets", "plain_text", "json", "secret_text"
    name: str
    sealed: NotRequired[str]  # a secret, encrypted: edge_secrets.py
    text: NotRequired[str]
    json: NotRequired[object]


class Manifest(TypedDict):
    """Read by workers/namespace/store.js. Secrets in it are encrypted."""

    script: str
    namespace: str
    app_id: str
    label: str
    assets: dict[str, AssetEntry]
    assets_config: dict[str, object]
    modules: dict[str, ModuleEntry]
    main_module: str | None
    compatibility_date: str
    compatibility_flags: list[str]
    bindings: list[Binding]


def namespace_of(instance: str, environment: str) -> str:
    return f"overskill-{instance}-{environment}"


def content_hash(content: bytes) -> str:
    """As Cloudflare names assets: 32 hex digits."""
    return hashlib.sha256(content).hexdigest()[:32]


@cache
def stock_worker() -> bytes:
    return STOCK_WORKER.read_bytes()


def fingerprint(manifest: Manifest) -> str:
    """Everything that decides what a script does. The same as in workers/namespace/scripts.js."""
    modules = sorted(f"{name}:{module['type']}:{module['hash']}" for name, module in manifest["modules"].items())
    flags = ",".join(manifest["compatibility_flags"])
    return "|".join([manifest["main_module"] or "", manifest["compatibility_date"], flags, *modules])


def script_modules(server: Mapping[str, bytes]) -> dict[str, bytes]:
    """What an app's script consists of: the stock worker, before which its own server code comes if it has some."""
    own = {**server, SERVER_APP.name: SERVER_APP.read_bytes()} if server else {}
    return {STOCK_MODULE: stock_worker(), **own}


def stock_fingerprint() -> str:
    """The script that may share an isolate in the front pool."""
    return fingerprint(app_manifest("", "", app_id="", label="", assets={}, variables={}))


def app_manifest(
    namespace: str,
    script: str,
    *,
    app_id: str,
    label: str,
    assets: dict[str, AssetEntry],
    variables: Mapping[str, str],
    server: Mapping[str, bytes] | None = None,
) -> Manifest:
    """A published app: its files, its script, and its public variables."""
    modules = script_modules(server or {})
    config: dict[str, object] = {
        "html_handling": "auto-trailing-slash",
        "not_found_handling": "single-page-application",
    }
    if server:
        config["run_worker_first"] = list(FOR_SERVER_CODE)
    environment = namespace.rpartition("-")[2]
    texts = {**variables, "APP_ID": app_id, "APP_VERSION": label, "APP_ENV": environment}
    return {
        "script": script,
        "namespace": namespace,
        "app_id": app_id,
        "label": label,
        "assets": assets,
        "assets_config": config,
        "modules": {name: {"hash": content_hash(content), "type": "esm"} for name, content in modules.items()},
        "main_module": SERVER_APP.name if server else STOCK_MODULE,
        "compatibility_date": COMPATIBILITY_DATE,
        "compatibility_flags": [],
        "bindings": [
            {"type": "assets", "name": "ASSETS"},
            *(Binding(type="plain_text", name=name, text=text) for name, text in sorted(texts.items())),
        ],
    }


def is_compressible(content_type: str) -> bool:
    return _TEXT_TYPE.match(content_type) is not None


def served_type(content_type: str) -> str:
    """Text is UTF-8, and says so."""
    if _CHARSET_TYPES.match(content_type) and "charset" not in content_type:
        return f"{content_type}; charset=utf-8"
    return content_type


def inline_script_hashes(page: bytes) -> str:
    """The Content-Security-Policy sources that allow exactly the scripts a page was published with."""
    text = page.decode(errors="replace").replace("\r\n", "\n").replace("\r", "\n")  # as browsers do before they hash
    scripts = [body for attributes, body in _SCRIPT.findall(text) if not _HAS_SOURCE.search(attributes)]
    digests = (hashlib.sha256(script.encode()).digest() for script in scripts if script.strip())
    return " ".join(dict.fromkeys(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests))
