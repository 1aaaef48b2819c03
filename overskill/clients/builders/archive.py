"""Zips between us and the builders elsewhere: the app's files there, what is published back.

    files/src/App.tsx        there: the app's files as they are
    result.json, files/…     back: {"types": {path: content type}}, {"diagnostics": […]} or {"refused": sentence},
    modules/…                each with the builder's "release"; with the first one the files that are published, and
                             the app's own server code, whose names are in "modules"

The same files make the same zip. The other end is overskill/bundler/remote/.
"""

import io
import json
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from typing import Any

from overskill.clients.builders.protocol import BuilderDown
from overskill.clients.bundler import Asset, BuildFailed, Bundle, Diagnostic
from overskill.errors import InvalidInput, Unavailable

RESULT = "result.json"
_FOLDER = "files/"
_MODULES = "modules/"
_LARGEST = 64 * 1024 * 1024
_DATE = (2026, 1, 1, 0, 0, 0)
_ANOTHER_RELEASE = "The builder is not of this release."
_DEPLOY_AGAIN = "Package and deploy it again: overskill/bundler/remote/README.md says how."
_UNREADABLE = "What the builder sent back can't be read. Try again."
_UNREADABLE_BY = (  # of zips, also those that are damaged, encrypted, or packed in a way of their own; and of JSON
    *(zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError),
    *(KeyError, ValueError, TypeError, AttributeError),
)


def pack_files(files: Mapping[str, str]) -> bytes:
    return _zipped((f"{_FOLDER}{path}", files[path].encode()) for path in sorted(files))


def pack_bundle(bundle: Bundle) -> bytes:
    """As a builder sends it back; stored, because who keeps it wants it back soon."""
    types = {path: bundle.assets[path].content_type for path in sorted(bundle.assets)}
    contents = ((f"{_FOLDER}{path.removeprefix('/')}", bundle.assets[path].content) for path in types)
    modules = ((f"{_MODULES}{name}", bundle.modules[name]) for name in sorted(bundle.modules))
    result = json.dumps({"types": types, "modules": sorted(bundle.modules)}).encode()
    return _zipped([(RESULT, result), *contents, *modules], zipfile.ZIP_STORED)


def unpack_bundle(archive: bytes, *, milliseconds: float, release: str = "") -> Bundle:
    """Raises BuildFailed or InvalidInput as the builder found it, Unavailable for what no builder of ours made.

    Where a `release` is asked for, another one counts as the builder's fault, whatever it made.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(archive)) as opened:
            if sum(entry.file_size for entry in opened.infolist()) > _LARGEST:
                raise InvalidInput("The built app is larger than 64 MB. Remove some files.")
            result = json.loads(opened.read(RESULT))
            if release and result.get("release") != release:
                raise BuilderDown(_ANOTHER_RELEASE, _DEPLOY_AGAIN)
            _raise_what_failed(result)
            assets = {
                path: Asset(opened.read(f"{_FOLDER}{path.removeprefix('/')}"), str(kind))
                for path, kind in result["types"].items()
            }
            modules = {str(name): opened.read(f"{_MODULES}{name}") for name in result.get("modules", ())}
    except _UNREADABLE_BY as error:
        raise Unavailable(_UNREADABLE) from error
    size = sum(len(asset.content) for asset in assets.values())
    return Bundle(assets, size=size, milliseconds=milliseconds, modules=modules)


def _raise_what_failed(result: dict[str, Any]) -> None:
    if "refused" in result:
        raise InvalidInput(str(result["refused"]))
    if result.get("diagnostics"):
        raise BuildFailed.of(tuple(Diagnostic(**found) for found in result["diagnostics"]))


def _zipped(entries: Iterable[tuple[str, bytes]], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in entries:
            entry = zipfile.ZipInfo(name, date_time=_DATE)
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content, method)
    return buffer.getvalue()
