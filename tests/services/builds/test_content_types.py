"""What published files say they are."""

import pytest

from overskill.clients.bundler import Asset
from overskill.services.builds.content_types import content_type, with_content_types

PNG = b"\x89PNG\r\n\x1a\n" + bytes(8)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/index.html", "text/html; charset=utf-8"),
        ("/assets/index-1a2b.js", "text/javascript; charset=utf-8"),
        ("/assets/worker.mjs", "text/javascript; charset=utf-8"),
        ("/assets/index.js.map", "application/json"),
        ("/assets/engine.wasm", "application/wasm"),
        ("/site.webmanifest", "application/manifest+json"),
        ("/hero.avif", "image/avif"),
        ("/HERO.JPG", "image/jpeg"),
        ("/fonts/inter.woff2", "font/woff2"),
        ("/logo.svg", "image/svg+xml"),
        ("/.well-known/apple-app-site-association", "application/json"),
        ("/v1.2/LICENSE", "text/plain; charset=utf-8"),
    ],
)
def test_a_name_says_what_a_file_is(path: str, expected: str) -> None:
    assert content_type(path, b"") == expected


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (PNG, "image/png"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "image/webp"),
        (b"\0\0\0\x1cftypavif", "image/avif"),
        (b"\0\0\0\x1cftypisom", "video/mp4"),
        (b"wOF2\0\x01\0\0", "font/woff2"),
        (b"\0asm\x01\0\0\0", "application/wasm"),
        (b"\x1aE\xdf\xa3\x01", "video/webm"),
        (b'<?xml version="1.0"?>\n<!-- by hand --><svg xmlns="x">', "image/svg+xml"),
        (b"\n<!DOCTYPE html><p>", "text/html; charset=utf-8"),
        ("Grüße".encode(), "text/plain; charset=utf-8"),
        ("Grüße".encode("latin-1"), "application/octet-stream"),
        (b"plain\0not", "application/octet-stream"),
        (b"", "application/octet-stream"),
    ],
)
@pytest.mark.parametrize("path", ["/download", "/data/file.unheard-of"])
def test_where_the_name_says_nothing_the_first_bytes_do(path: str, content: bytes, expected: str) -> None:
    assert content_type(path, content) == expected


def test_a_name_counts_more_than_what_is_inside() -> None:
    assert content_type("/page.txt", b"<!doctype html>") == "text/plain; charset=utf-8"


def test_all_files_of_a_bundle_are_told_apart() -> None:
    typed = with_content_types({"/a.js": Asset(b"1", "application/octet-stream"), "/icon": Asset(PNG, "text/plain")})
    assert [asset.content_type for asset in typed.values()] == ["text/javascript; charset=utf-8", "image/png"]
