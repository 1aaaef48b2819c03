"""Parts of files."""

import pytest

from overskill.clients.bundler import Asset
from tests.support_edge import RunningEdge, make_upload

SMALL = bytes(range(256)) * 4
LARGE = bytes(range(251)) * 4000  # streamed


@pytest.fixture(scope="module")
def media(edge: RunningEdge) -> RunningEdge:
    files = {
        "/small.bin": Asset(SMALL, "application/octet-stream"),
        "/large.bin": Asset(LARGE, "application/octet-stream"),
        "/text.txt": Asset(b"word " * 1000, "text/plain"),
        "/empty.txt": Asset(b"", "text/plain"),
        "/index.html": Asset(b"home", "text/html"),
    }
    edge.publish(make_upload("media", assets=files))
    return edge


@pytest.mark.parametrize(("path", "content"), [("/small.bin", SMALL), ("/large.bin", LARGE)])
@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [("0-9", 0, 9), ("100-", 100, None), ("-10", -10, None), ("1000-99999999", 1000, None), ("0-0", 0, 0)],
)
def test_a_part_is_sent_as_it_is_asked_for(
    media: RunningEdge, path: str, content: bytes, asked: str, first: int, last: int | None
) -> None:
    answer = media.ask("media", path, range=f"bytes={asked}")
    expected = content[first : None if last is None else last + 1]
    start = first % len(content)
    assert answer.status == 206
    assert answer.body == expected
    assert answer.headers["content-range"] == f"bytes {start}-{start + len(expected) - 1}/{len(content)}"
    assert answer.headers["content-length"] == str(len(expected))


@pytest.mark.parametrize(("path", "asked"), [("/small.bin", "1024-"), ("/small.bin", "-0"), ("/empty.txt", "0-")])
def test_a_part_that_is_not_there_is_refused_with_the_size(media: RunningEdge, path: str, asked: str) -> None:
    answer = media.ask("media", path, range=f"bytes={asked}")
    assert answer.status == 416
    assert answer.headers["content-range"] == f"bytes */{len(SMALL) if path == '/small.bin' else 0}"


@pytest.mark.parametrize("asked", ["bytes=0-1,5-6", "bytes=9-2", "bytes=", "lines=1-2", "bytes=x-y"])
def test_what_is_no_single_range_gets_the_whole_file(media: RunningEdge, asked: str) -> None:
    answer = media.ask("media", "/small.bin", range=asked)
    assert (answer.status, answer.body) == (200, SMALL)


def test_a_part_is_sent_only_of_the_file_that_the_visitor_has_the_rest_of(media: RunningEdge) -> None:
    etag = media.ask("media", "/small.bin").headers["etag"]
    assert media.ask("media", "/small.bin", range="bytes=0-1", if_range=etag).status == 206
    assert media.ask("media", "/small.bin", range="bytes=0-1", if_range='"other"').status == 200
    assert media.ask("media", "/small.bin", range="bytes=0-1", if_range="Sat, 21 Nov 2026 00:00:00 GMT").status == 200


def test_a_file_that_has_not_changed_is_not_sent_in_part_either(media: RunningEdge) -> None:
    etag = media.ask("media", "/small.bin").headers["etag"]
    assert media.ask("media", "/small.bin", range="bytes=0-1", if_none_match=etag).status == 304


def test_a_part_is_never_compressed(media: RunningEdge) -> None:
    answer = media.ask("media", "/text.txt", range="bytes=0-3", accept_encoding="br")
    assert (answer.status, answer.body) == (206, b"word")
    assert "content-encoding" not in answer.headers


def test_head_tells_of_the_whole_file_and_that_parts_may_be_had(media: RunningEdge) -> None:
    answer = media.ask("media", "/small.bin", method="HEAD", range="bytes=0-9")
    assert answer.status == 200
    assert answer.headers["accept-ranges"] == "bytes"
    assert answer.headers["content-length"] == str(len(SMALL))
