"""What a published file says it is: by its name, and by its first bytes where the name says nothing."""

import re
from collections.abc import Mapping
from pathlib import PurePosixPath

from overskill.clients.bundler import Asset

UNKNOWN = "application/octet-stream"

_TEXT = "text/plain; charset=utf-8"
_SCRIPT = "text/javascript; charset=utf-8"
_PAGE = "text/html; charset=utf-8"
_JSON = "application/json"

_BY_EXTENSION = {
    # pages, code, data
    ".html": _PAGE, ".htm": _PAGE, ".xhtml": "application/xhtml+xml",
    ".js": _SCRIPT, ".mjs": _SCRIPT, ".cjs": _SCRIPT,
    ".css": "text/css; charset=utf-8",
    ".json": _JSON, ".map": _JSON, ".jsonld": "application/ld+json", ".geojson": "application/geo+json",
    ".topojson": _JSON, ".webmanifest": "application/manifest+json", ".wasm": "application/wasm",
    ".xml": "application/xml", ".rss": "application/rss+xml", ".atom": "application/atom+xml",
    ".txt": _TEXT, ".log": _TEXT, ".md": "text/markdown; charset=utf-8", ".csv": "text/csv; charset=utf-8",
    ".tsv": "text/tab-separated-values; charset=utf-8", ".vtt": "text/vtt; charset=utf-8",
    ".ics": "text/calendar; charset=utf-8", ".vcf": "text/vcard; charset=utf-8", ".yaml": "application/yaml",
    ".yml": "application/yaml", ".pdf": "application/pdf", ".zip": "application/zip", ".gz": "application/gzip",
    # pictures
    ".svg": "image/svg+xml", ".png": "image/png", ".apng": "image/apng", ".jpg": "image/jpeg", ".jpeg": "image/jpeg",
    ".gif": "image/gif", ".webp": "image/webp", ".avif": "image/avif", ".jxl": "image/jxl", ".bmp": "image/bmp",
    ".ico": "image/x-icon", ".cur": "image/x-icon", ".tif": "image/tiff", ".tiff": "image/tiff", ".heic": "image/heic",
    # fonts
    ".woff2": "font/woff2", ".woff": "font/woff", ".ttf": "font/ttf", ".otf": "font/otf", ".ttc": "font/collection",
    ".eot": "application/vnd.ms-fontobject",
    # sound, film, models
    ".mp3": "audio/mpeg", ".m4a": "audio/mp4", ".aac": "audio/aac", ".ogg": "audio/ogg", ".oga": "audio/ogg",
    ".opus": "audio/ogg", ".wav": "audio/wav", ".flac": "audio/flac", ".weba": "audio/webm",
    ".mp4": "video/mp4", ".m4v": "video/mp4", ".mov": "video/quicktime", ".webm": "video/webm", ".ogv": "video/ogg",
    ".gltf": "model/gltf+json", ".glb": "model/gltf-binary",
}  # fmt: skip

_BY_NAME = {
    "apple-app-site-association": _JSON,  # iOS takes it only as JSON
    "manifest.json": "application/manifest+json",
    "cname": _TEXT, "license": _TEXT, "robots": _TEXT, "humans": _TEXT, "security": _TEXT,
    "_headers": _TEXT, "_redirects": _TEXT,
}  # fmt: skip

_BY_START = (  # the file's first bytes -> its type
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"BM", "image/bmp"),
    (b"\x00\x00\x01\x00", "image/x-icon"),
    (b"\x00asm", "application/wasm"),
    (b"wOF2", "font/woff2"),
    (b"wOFF", "font/woff"),
    (b"OTTO", "font/otf"),
    (b"\x00\x01\x00\x00\x00", "font/ttf"),
    (b"ttcf", "font/collection"),
    (b"%PDF-", "application/pdf"),
    (b"PK\x03\x04", "application/zip"),
    (b"\x1f\x8b", "application/gzip"),
    (b"glTF", "model/gltf-binary"),
    (b"OggS", "audio/ogg"),
    (b"fLaC", "audio/flac"),
    (b"ID3", "audio/mpeg"),
    (b"\xff\xfb", "audio/mpeg"),
    (b"\x1aE\xdf\xa3", "video/webm"),
)
_BY_BRAND = {  # of files in ISO's base media format: what follows "ftyp"
    b"avif": "image/avif", b"avis": "image/avif", b"heic": "image/heic", b"heix": "image/heic", b"mif1": "image/heic",
    b"M4A ": "audio/mp4", b"qt  ": "video/quicktime",
}  # fmt: skip
_BY_RIFF = {b"WEBP": "image/webp", b"WAVE": "audio/wav"}
_MARKUP = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(!doctype html|html|svg)\b", re.IGNORECASE | re.DOTALL
)
_LOOKED_AT = 1024


def content_type(path: str, content: bytes) -> str:
    """What browsers are told of a file at this path. Text is UTF-8; what nothing is known of is a download."""
    name = PurePosixPath(path).name.lower()
    known = _BY_NAME.get(name) or _BY_EXTENSION.get(PurePosixPath(name).suffix)
    return known or _by_content(content)


def with_content_types(assets: Mapping[str, Asset]) -> dict[str, Asset]:
    return {path: Asset(asset.content, content_type(path, asset.content)) for path, asset in assets.items()}


def _by_content(content: bytes) -> str:
    start = content[:_LOOKED_AT]
    if start[4:8] == b"ftyp":
        return _BY_BRAND.get(start[8:12], "video/mp4")
    if start[:4] == b"RIFF":
        return _BY_RIFF.get(start[8:12], UNKNOWN)
    for signature, kind in _BY_START:
        if start.startswith(signature):
            return kind
    if markup := _MARKUP.match(start):
        return "image/svg+xml" if markup[1].lower() == b"svg" else _PAGE
    return _TEXT if _is_text(content) else UNKNOWN


def _is_text(content: bytes) -> bool:
    if not content or b"\0" in content[:_LOOKED_AT]:
        return False
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True
