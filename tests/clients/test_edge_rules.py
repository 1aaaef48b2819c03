"""What is read of an app's `_headers` and `_redirects`. What they do is held against Cloudflare's in test_parity.py."""

from pathlib import Path

import pytest

from overskill.clients.bundler import Asset
from overskill.clients.edge_embedded import EmbeddedEdge
from overskill.clients.edge_rules import parse_headers, parse_redirects
from tests.support_edge import make_upload, settings_for


def test_a_redirect_is_temporary_unless_it_says_otherwise() -> None:
    assert parse_redirects("/old /new\n/moved /here 301 # since May") == [
        ("/old", "/new", 302),
        ("/moved", "/here", 301),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "# /a /b",
        "/alone",
        "/a /b 302 more",
        "/a /b 404",
        "/a ftp://b",
        "/a http://b",
        "/a https://b/c 200",
        "/* /index.html",
        "/" + "a" * 2000 + " /b",
    ],
)
def test_a_redirect_that_cannot_be_followed_is_left_out(line: str) -> None:
    assert parse_redirects(f"{line}\n/kept /here") == [("/kept", "/here", 302)]


def test_the_first_of_two_redirects_from_one_path_counts() -> None:
    assert parse_redirects("/a /b\n/a /c") == [("/a", "/b", 302)]


def test_there_may_be_two_thousand_fixed_redirects_and_a_hundred_patterns() -> None:
    fixed = "\n".join(f"/{number} /x" for number in range(2010))
    patterns = "\n".join(f"/{number}/* /x" for number in range(110))
    assert len(parse_redirects(f"{fixed}\n{patterns}")) == 2100


def test_headers_are_set_joined_and_removed() -> None:
    text = "/*\n  X-One: 1\n  x-one: 2\n  ! ETag\n\n/a\n  X-Two: a:b"
    assert parse_headers(text) == [("/*", {"x-one": "1, 2"}, ["etag"]), ("/a", {"x-two": "a:b"}, [])]


@pytest.mark.parametrize(
    "line", ["nonsense", "X-Empty:", "bad name: x", "Content-Length: 5", "X-Edge-Scripts: 'unsafe-inline'", ": x"]
)
def test_a_header_that_cannot_be_set_is_left_out(line: str) -> None:
    assert parse_headers(f"/a\n  {line}\n  X-Kept: yes") == [("/a", {"x-kept": "yes"}, [])]


def test_a_rule_without_headers_or_with_a_port_is_none() -> None:
    assert parse_headers("/empty\nhttps://a.example:8080/x\n  X-A: 1\nhttps://b.example/x\n  X-B: 1") == [
        ("https://b.example/x", {"x-b": "1"}, [])
    ]


def test_the_files_themselves_are_not_served(tmp_path: Path) -> None:
    edge = EmbeddedEdge(settings_for(tmp_path, 1))
    files = {"/_headers": Asset(b"/*\n  X-A: 1", "text/plain"), "/index.html": Asset(b"home", "text/html")}
    stored = edge.store.version(edge.upload(make_upload("shop", assets=files)))
    assert stored is not None
    assert list(stored["assets"]) == ["/index.html"]
    assert stored["assets_config"]["headers"] == [["/*", {"x-a": "1"}, []]]
