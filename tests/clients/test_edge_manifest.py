import base64
import hashlib

import pytest

from overskill.clients.edge_manifest import inline_script_hashes, is_compressible, served_type


def source(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


@pytest.mark.parametrize(
    ("page", "scripts"),
    [
        ("<p>none</p>", []),
        ("<script>a()</script>", ["a()"]),
        ("<script type='module'>a()</script><SCRIPT>b()</SCRIPT >", ["a()", "b()"]),
        ("<script src='/a.js'></script><script defer SRC = /b.js></script>", []),
        ("<script>a()</script><script>a()</script>", ["a()"]),
        ("<script>\r\na()\r\n</script>", ["\na()\n"]),
        ("<script> </script>", []),
    ],
)
def test_the_scripts_inside_a_page_are_named_by_their_hashes(page: str, scripts: list[str]) -> None:
    assert inline_script_hashes(page.encode()) == " ".join(source(script) for script in scripts)


@pytest.mark.parametrize(
    ("content_type", "served"),
    [
        ("text/html", "text/html; charset=utf-8"),
        ("text/css; charset=utf-8", "text/css; charset=utf-8"),
        ("application/json", "application/json"),
        ("image/png", "image/png"),
    ],
)
def test_text_says_that_it_is_utf_8(content_type: str, served: str) -> None:
    assert served_type(content_type) == served


def test_text_is_compressed_and_pictures_are_not() -> None:
    compressible = ["text/html", "text/javascript", "application/json", "image/svg+xml", "application/wasm"]
    assert all(is_compressible(content_type) for content_type in compressible)
    assert not any(is_compressible(content_type) for content_type in ("image/png", "font/woff2", "video/mp4"))
