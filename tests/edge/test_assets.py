"""An app's files: found, cached, compressed."""

import brotli  # type: ignore[import-untyped]
import pytest

from overskill.clients.bundler import Asset
from tests.support_edge import RunningEdge, make_upload

SCRIPT = b"export const answer = 42;\n" * 400


@pytest.fixture(scope="module")
def site(edge: RunningEdge) -> RunningEdge:
    page = b"<!doctype html><title>home</title>"
    files = {
        "/index.html": Asset(page, "text/html"),
        "/assets/app-1a2b.js": Asset(SCRIPT, "text/javascript"),
        "/assets/photo-3c4d.png": Asset(bytes(range(256)) * 20, "image/png"),
        "/favicon.svg": Asset(b"<svg/>", "image/svg+xml"),
        "/video.bin": Asset(b"v" * 700_000, "application/octet-stream"),
    }
    edge.publish(make_upload("site", assets=files))
    return edge


def test_a_page_is_checked_each_time_and_a_hashed_file_never_again(site: RunningEdge) -> None:
    assert site.ask("site").headers["cache-control"] == "public, max-age=0, must-revalidate"
    script = site.ask("site", "/assets/app-1a2b.js")
    assert script.headers["cache-control"] == "public, max-age=31536000, immutable"


def test_a_file_that_the_visitor_has_is_not_sent_again(site: RunningEdge) -> None:
    first = site.ask("site")
    again = site.ask("site", if_none_match=f'"other", {first.headers["etag"]}')
    assert (again.status, again.body) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]


def test_a_file_that_has_changed_is_sent(site: RunningEdge) -> None:
    assert site.ask("site", if_none_match='"0123"').status == 200


def test_head_tells_what_get_would_send(site: RunningEdge) -> None:
    head = site.ask("site", "/assets/app-1a2b.js", method="HEAD")
    get = site.ask("site", "/assets/app-1a2b.js")
    assert head.body == b""
    assert head.headers == get.headers
    assert head.headers["content-length"] == str(len(SCRIPT))


def test_whoever_understands_brotli_gets_it(site: RunningEdge) -> None:
    answer = site.ask("site", "/assets/app-1a2b.js", accept_encoding="gzip, deflate, br, zstd")
    assert answer.headers["content-encoding"] == "br"
    assert answer.headers["vary"] == "accept-encoding"
    assert int(answer.headers["content-length"]) == len(answer.body) < len(SCRIPT)
    assert brotli.decompress(answer.body) == SCRIPT


@pytest.mark.parametrize("accepted", ["gzip", "br;q=0", "br;q=0.0, gzip", "broken"])
def test_whoever_does_not_gets_the_file_as_it_is(site: RunningEdge, accepted: str) -> None:
    answer = site.ask("site", "/assets/app-1a2b.js", accept_encoding=accepted)
    assert "content-encoding" not in answer.headers
    assert answer.body == SCRIPT


def test_a_compressed_file_that_the_visitor_has_is_not_sent_again(site: RunningEdge) -> None:
    first = site.ask("site", "/assets/app-1a2b.js", accept_encoding="br")
    again = site.ask("site", "/assets/app-1a2b.js", accept_encoding="br", if_none_match=first.headers["etag"])
    assert again.status == 304


def test_what_compressing_does_not_help_is_stored_once(site: RunningEdge) -> None:
    answer = site.ask("site", "/assets/photo-3c4d.png", accept_encoding="br")
    assert "content-encoding" not in answer.headers
    assert answer.headers["content-type"] == "image/png"


def test_a_large_file_is_streamed_whole(site: RunningEdge) -> None:
    answer = site.ask("site", "/video.bin")
    assert answer.body == b"v" * 700_000
    assert answer.headers["content-length"] == "700000"


def test_an_unknown_path_of_an_app_is_its_page(site: RunningEdge) -> None:
    for headers in ({}, {"sec_fetch_mode": "navigate"}):
        answer = site.ask("site", "/items/7", **headers)
        assert (answer.status, answer.body) == (200, b"<!doctype html><title>home</title>")


def test_a_hashed_file_that_is_gone_is_not_a_page(site: RunningEdge) -> None:
    answer = site.ask("site", "/assets/app-gone.js")
    assert answer.status == 404
    assert answer.headers["cache-control"] == "no-store"


def test_an_unknown_api_path_is_not_a_page(site: RunningEdge) -> None:
    assert site.ask("site", "/api/items").status == 404


def test_an_apps_files_are_read_only(site: RunningEdge) -> None:
    assert site.ask("site", method="POST", body=b"x").status == 405
