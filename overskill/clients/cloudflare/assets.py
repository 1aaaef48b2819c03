"""Asset upload sessions: Cloudflare says which files it lacks, gets those, and gives a token that stands for all.

A session names what is missing in buckets, each of which is one request. An hour after it was opened it ends; the next
one names only what is still missing, so that a long upload goes on where it was.
"""

import base64
import binascii
import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import quote

from overskill.clients.cloudflare.failures import STILL_LIVE
from overskill.clients.cloudflare.scripts import path_of
from overskill.clients.cloudflare.transport import Call, CloudflareApi, File
from overskill.errors import LimitReached, NotAllowed, Unavailable

MOST_FILES = 20_000
LARGEST_FILE = 25 * 1024 * 1024
PARALLEL = 3
TRIES = 5  # of one bucket
SESSIONS = 3  # one after the other, for one upload

_ONE_BY_ONE = "wrangler_single_asset_uploads"  # a claim in the session's token


class HasAsset(Protocol):
    """One file, by the hash that stands for its bytes and its type."""

    @property
    def hash(self) -> str: ...

    @property
    def size(self) -> int: ...


@dataclass(frozen=True, slots=True)
class AssetContent:
    content: bytes
    content_type: str  # what it is served with


ReadAsset = Callable[[str], AssetContent]  # by hash


def asset_hash(content: bytes, content_type: str) -> str:
    """32 hex digits. The type is in it: Cloudflare keeps the one that a hash was first uploaded with."""
    return hashlib.sha256(content_type.encode() + b"\0" + content).hexdigest()[:32]


class _SessionEnded(Exception):
    """Its token is no longer taken, or one of its buckets failed for good."""


@dataclass(frozen=True, slots=True)
class _Session:
    token: str
    buckets: Sequence[Sequence[str]]

    @property
    def takes_one_by_one(self) -> bool:
        """Cloudflare may ask for each file in a request of its own."""
        return bool(_claims(self.token).get(_ONE_BY_ONE))


def upload_assets(
    api: CloudflareApi, namespace: str, script: str, manifest: Mapping[str, HasAsset], read: ReadAsset
) -> str:
    """Upload what Cloudflare lacks; returns the token that a script is put with. Only what is missing is read."""
    check_manifest(manifest)
    failure: Exception | None = None
    for _ in range(SESSIONS):
        session = _open(api, namespace, script, manifest)
        if not session.buckets:
            return session.token
        try:
            if token := _fill(api, session, read):
                return token
        except _SessionEnded as ended:
            failure = ended.__cause__ if isinstance(ended.__cause__, Exception) else None
    raise failure or Unavailable(f"Cloudflare did not confirm the app's files. Publish it again. {STILL_LIVE}")


def check_manifest(manifest: Mapping[str, HasAsset]) -> None:
    if len(manifest) > MOST_FILES:
        raise LimitReached(f"The app has {len(manifest):,} files; Cloudflare takes {MOST_FILES:,}. Remove some.")
    too_large = sorted(
        ((asset.size, path) for path, asset in manifest.items() if asset.size > LARGEST_FILE), reverse=True
    )
    if too_large:
        names = ", ".join(f"{path} ({size / 1024 / 1024:.0f} MB)" for size, path in too_large[:3])
        more = f" and {len(too_large) - 3} more" if len(too_large) > 3 else ""
        raise LimitReached(f"Cloudflare takes files of 25 MB at most; larger are {names}{more}. Make them smaller.")


def _open(api: CloudflareApi, namespace: str, script: str, manifest: Mapping[str, HasAsset]) -> _Session:
    entries = {path: {"hash": asset.hash, "size": asset.size} for path, asset in manifest.items()}
    path = f"{path_of(api, namespace, script)}/assets-upload-session"
    found = api.result(Call("POST", path, json={"manifest": entries}, repeatable=True)) or {}
    return _Session(str(found.get("jwt") or ""), found.get("buckets") or [])


def _fill(api: CloudflareApi, session: _Session, read: ReadAsset) -> str:
    """The token that the last of the buckets is answered with; "" if none was."""
    send = _send_file if session.takes_one_by_one else _send_bucket
    pieces: list[Sequence[str]] = list(session.buckets)
    if session.takes_one_by_one:
        pieces = [[name] for bucket in session.buckets for name in bucket]
    with ThreadPoolExecutor(max_workers=PARALLEL) as pool:
        tasks = [pool.submit(send, api, session.token, piece, read) for piece in pieces]
        done, _ = wait(tasks, return_when=FIRST_EXCEPTION)
        failed = next((task.exception() for task in done if task.exception()), None)
        if failed is not None:
            pool.shutdown(cancel_futures=True)
            raise failed
    return next((token for task in tasks if (token := task.result())), "")


def _send_bucket(api: CloudflareApi, token: str, bucket: Sequence[str], read: ReadAsset) -> str:
    files: list[File] = []
    for name in bucket:
        asset = read(name)
        files.append((name, (name, base64.b64encode(asset.content), asset.content_type)))
    path = f"{api.of_account}/workers/assets/upload"
    return _sent(api, Call("POST", path, params={"base64": "true"}, files=files, **_in_session(token)))


def _send_file(api: CloudflareApi, token: str, names: Sequence[str], read: ReadAsset) -> str:
    asset = read(names[0])
    path = f"{api.of_account}/workers/assets/upload/{quote(names[0], safe='')}"
    call = Call("POST", path, content=asset.content, content_type=asset.content_type, **_in_session(token))
    return _sent(api, call)


def _in_session(token: str) -> dict[str, Any]:
    return {"bearer": token, "repeatable": True, "tries": TRIES}


def _sent(api: CloudflareApi, call: Call) -> str:
    try:
        result = api.result(call) or {}
    except (NotAllowed, Unavailable) as failure:
        raise _SessionEnded from failure
    return str(result.get("jwt") or "")


def _claims(token: str) -> dict[str, Any]:
    """What a token says of itself. It is Cloudflare's to verify."""
    payload = token.split(".")[1] if token.count(".") == 2 else ""
    try:
        claims = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    except (ValueError, binascii.Error):
        return {}
    return claims if isinstance(claims, dict) else {}
