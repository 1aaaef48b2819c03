"""Making pictures fit on one machine: what is drawn, and what strangers' pictures can't do."""

import asyncio
import io
import os
import socket
import subprocess
import sys
from http import HTTPStatus
from pathlib import Path

import httpx
import psutil
import pytest
from PIL import Image

from overskill.clients.bundler import Asset
from overskill.edge import images_process, resizing
from overskill.edge.configuration import EdgeOptions
from overskill.edge.images import Cache
from overskill.edge.resizing import NotFittedError, fitted
from tests.edge.pictures import drawn, opened
from tests.support_edge import ROOT, RunningEdge, make_upload
from tests.support_waiting import PATIENCE_SECONDS, eventually, until

TURNED = 6  # a quarter to the right, as telephones note it


def fit(content: bytes, width: int = 100, content_type: str = "image/webp") -> Image.Image:
    return opened(fitted(content, width=width, content_type=content_type, quality=75))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
@pytest.mark.parametrize("content_type", ["image/jpeg", "image/png", "image/webp", "image/avif"])
def test_every_format_becomes_every_other(kind: str, content_type: str) -> None:
    picture = fit(drawn(kind, 300, 200), content_type=content_type)
    assert (picture.format, picture.size) == (resizing.WRITTEN[content_type], (100, 67))


def test_a_picture_stands_upright_and_tells_nothing_of_its_camera() -> None:
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = TURNED, "Camera"
    picture = fit(drawn("JPEG", 300, 200, exif=exif), 100, "image/jpeg")
    assert picture.size == (100, 150)
    assert not picture.getexif()


def test_what_can_be_seen_through_is_white_where_nothing_can() -> None:
    glass = io.BytesIO()
    Image.new("RGBA", (8, 8), (0, 0, 0, 0)).save(glass, "PNG")
    assert fit(glass.getvalue(), 8, "image/webp").getpixel((4, 4)) == (0, 0, 0, 0)
    assert fit(glass.getvalue(), 8, "image/jpeg").getpixel((4, 4)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"<svg/>", "can't be read"),
        (drawn("GIF", 8, 8), "can't be read"),
        (drawn("JPEG", 64, 64)[:200], "can't be read"),
        (drawn("PNG", 20_000, 3_000), "million pixels"),
    ],
    ids=["drawing", "gif", "cut off", "huge"],
)
def test_what_is_no_picture_for_us_is_not_drawn(content: bytes, reason: str) -> None:
    with pytest.raises(NotFittedError, match=reason):
        fit(content)


def test_what_is_kept_is_bounded_and_the_longest_unused_goes_first(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    paths = [cache.path(bytes([number]), 64, "image/webp", 75) for number in range(10)]
    for number, path in enumerate(paths):
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"x" * 100)
        os.utime(path, (number, number))
    assert cache.known(paths[0]) is not None  # it is used now
    cache.tidy(most=1000)
    assert all(path.exists() for path in paths)
    cache.tidy(most=999)
    assert [number for number, path in enumerate(paths) if path.exists()] == [0, 4, 5, 6, 7, 8, 9]


def test_what_is_renamed_while_the_cache_is_tidied_stops_nothing(tmp_path: Path) -> None:
    path = Cache(tmp_path).path(b"1", 64, "image/webp", 75)
    path.parent.mkdir()
    path.write_bytes(b"x")
    (path.parent / "gone").symlink_to("nowhere")  # what was listed and is there no more
    Cache(tmp_path).tidy(most=0)
    assert not path.exists()


def test_what_could_not_be_drawn_is_tried_again_an_hour_later(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    path = cache.path(b"1", 64, "image/webp", 75)
    path.parent.mkdir()
    path.touch()
    assert cache.known(path) == b""
    os.utime(path, (1, 1))
    assert cache.known(path) is None
    assert not path.exists()


def service(edge: RunningEdge) -> psutil.Process:
    children = psutil.Process(edge.process.pid).children()
    return next(child for child in children if "overskill.edge.images" in child.cmdline())


def test_without_the_service_pictures_are_served_as_they_are_until_it_is_back(edge: RunningEdge) -> None:
    photo = drawn("JPEG", 500, 300)
    edge.publish(make_upload("image-outage", assets={"/photo.jpg": Asset(photo, "image/jpeg")}))
    service(edge).kill()
    assert edge.ask("image-outage", "/_image/64/photo.jpg", accept="image/webp").status == 200
    assert eventually(
        lambda: (
            edge.ask("image-outage", "/_image/64/photo.jpg", accept="image/webp").headers["content-type"]
            == "image/webp"
        )
    )


async def test_a_service_that_can_not_start_is_tried_again_and_stops_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(images_process.sys, "executable", str(tmp_path / "nothing"))
    monkeypatch.setattr(images_process, "SHORTEST_PAUSE", 0.001)
    options = EdgeOptions(home=tmp_path, host="127.0.0.1", port=1)
    with socket.socket(socket.AF_UNIX) as listening:
        trying = asyncio.create_task(images_process.keep_drawing(options, listening))
        await until(lambda: caplog.text.count("could not start (No such file or directory)") > 1)
        trying.cancel()
        with pytest.raises(asyncio.CancelledError):
            await trying


BOMB = """
import sys
from overskill.edge import images, resizing
def explode(content, **wanted):
    {deed}
images.fitted = explode
images.warm_up = lambda: None
images.main()
"""


@pytest.mark.parametrize(
    "deed",
    ["bytearray(4 * 1024 ** 3)", "open('/etc/hostname')", "import os; os.kill(os.getpid(), 9)"],
    ids=["takes much memory", "opens a file", "dies"],
)
def test_a_picture_that_takes_over_its_process_gets_nothing(deed: str, tmp_path: Path) -> None:
    """The decoder is replaced by what an attacker might make of it."""
    path = tmp_path / "s"
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(path))
        listening.listen()
        command = [sys.executable, "-c", BOMB.format(deed=deed), str(listening.fileno()), str(tmp_path / "kept")]
        server = subprocess.Popen(command, cwd=ROOT, pass_fds=[listening.fileno()], stderr=subprocess.DEVNULL)
        try:
            with httpx.Client(transport=httpx.HTTPTransport(uds=str(path)), timeout=PATIENCE_SECONDS) as client:
                first, again = (ask_for_fit(client) for _ in range(2))
        finally:
            server.kill()
            server.wait()
    assert first in (HTTPStatus.UNSUPPORTED_MEDIA_TYPE, None)
    assert again == HTTPStatus.UNSUPPORTED_MEDIA_TYPE  # it is not tried again at once


def ask_for_fit(client: httpx.Client) -> int | None:
    """None: whoever drew it died."""
    try:
        wanted = {"width": "64", "format": "image/webp", "quality": "75"}
        return client.post("http://images/", params=wanted, content=b"picture").status_code
    except httpx.TransportError:
        return None
