"""Pictures made to fit, at `/_image/<width>/<path>`."""

import pytest

from overskill.clients.bundler import Asset
from tests.edge.conformance.place import Place
from tests.edge.pictures import drawn, opened
from tests.support_edge import make_upload

PHOTO = drawn("JPEG", 1400, 900, quality=92)
ICON = drawn("PNG", 40, 40, optimize=True)
DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path d="M0 0h8v8z"/></svg>'
BROKEN = PHOTO[:2000] + b"\0" * 60_000
BROWSER = "image/avif,image/webp,image/apng,*/*;q=0.8"


@pytest.fixture(scope="module")
def site(place: Place) -> Place:
    files = {
        "/index.html": Asset(b"<!doctype html><title>home</title>", "text/html"),
        "/photo.jpg": Asset(PHOTO, "image/jpeg"),
        "/assets/photo-1a2b3c4d.jpg": Asset(PHOTO, "image/jpeg"),
        "/icon.png": Asset(ICON, "image/png"),
        "/drawing.svg": Asset(DRAWING, "image/svg+xml"),
        "/broken.jpg": Asset(BROKEN, "image/jpeg"),
        "/größe 1.jpg": Asset(PHOTO, "image/jpeg"),
    }
    place.publish(make_upload("conf-images", assets=files))
    return place


@pytest.mark.parametrize(
    ("accept", "content_type", "kind"),
    [
        (BROWSER, "image/avif", "AVIF"),
        ("image/webp,*/*", "image/webp", "WEBP"),
        ("*/*", "image/jpeg", "JPEG"),
    ],
    ids=["avif", "webp", "neither"],
)
def test_a_picture_is_made_to_fit_in_the_format_that_the_browser_takes(
    site: Place, accept: str, content_type: str, kind: str
) -> None:
    answer = site.ask("conf-images", "/_image/384/photo.jpg", accept=accept)
    picture = opened(answer.body)
    assert (answer.status, answer.headers["content-type"], picture.format) == (200, content_type, kind)
    assert picture.size == (384, 247)
    assert len(answer.body) < len(PHOTO) // 4
    assert "accept" in answer.headers["vary"]
    assert int(answer.headers["content-length"]) == len(answer.body)


@pytest.mark.parametrize(("asked", "width"), [(1, 64), (300, 384), (640, 640), (5000, 1400)])
def test_widths_are_those_of_a_list_and_no_picture_grows(site: Place, asked: int, width: int) -> None:
    answer = site.ask("conf-images", f"/_image/{asked}/photo.jpg", accept=BROWSER)
    assert opened(answer.body).width == width


def test_a_picture_is_kept_as_long_as_its_original(site: Place) -> None:
    named = site.ask("conf-images", "/_image/640/assets/photo-1a2b3c4d.jpg", accept=BROWSER).headers
    assert "immutable" in named["cache-control"]
    plain = site.ask("conf-images", "/_image/640/photo.jpg", accept=BROWSER).headers
    assert plain["cache-control"] == "public, max-age=0, must-revalidate"


def test_a_picture_that_the_visitor_has_is_not_sent_again(site: Place) -> None:
    first = site.ask("conf-images", "/_image/640/photo.jpg", accept=BROWSER)
    etag = first.headers["etag"]
    again = site.ask("conf-images", "/_image/640/photo.jpg", accept=BROWSER, if_none_match=etag)
    assert (again.status, again.body, again.headers["etag"]) == (304, b"", etag)
    other = site.ask("conf-images", "/_image/384/photo.jpg", accept=BROWSER, if_none_match=etag)
    assert other.status == 200


def test_head_tells_what_get_sends_of_a_picture(site: Place) -> None:
    head, get = (
        site.ask("conf-images", "/_image/640/photo.jpg", method=method, accept=BROWSER) for method in ("HEAD", "GET")
    )
    assert head.body == b""
    for name in ("etag", "content-type", "cache-control", "content-length"):
        assert head.headers[name] == get.headers[name]


@pytest.mark.parametrize(
    ("path", "content"),
    [("/drawing.svg", DRAWING), ("/icon.png", ICON), ("/broken.jpg", BROKEN)],
    ids=["drawing", "small", "broken"],
)
def test_what_can_not_be_made_smaller_is_sent_as_it_is(site: Place, path: str, content: bytes) -> None:
    answer = site.ask("conf-images", f"/_image/2560{path}", accept="*/*")
    assert (answer.status, answer.body) == (200, content)
    assert answer.headers["content-type"] == site.ask("conf-images", path).headers["content-type"]


def test_what_is_no_picture_of_this_app_is_not_there(site: Place) -> None:
    for path in ("/missing.jpg", "/example.com/photo.jpg", "/_image/64/photo.jpg"):
        assert site.ask("conf-images", f"/_image/640{path}", accept=BROWSER).status == 404


def test_a_picture_may_have_any_name(site: Place) -> None:
    answer = site.ask("conf-images", "/_image/64/gr%C3%B6%C3%9Fe%201.jpg", accept=BROWSER)
    assert opened(answer.body).width == 64
    sent = site.ask("conf-images", "/_image/64/%70hoto.jpg", accept=BROWSER)
    assert (sent.status, sent.headers["location"]) == (307, "/_image/64/photo.jpg")


def test_answers_with_pictures_name_the_app_and_carry_security_headers(site: Place) -> None:
    headers = site.ask("conf-images", "/_image/64/photo.jpg", accept=BROWSER).headers
    assert headers["x-app-id"] == "id-conf-images"
    assert headers["x-content-type-options"] == "nosniff"
