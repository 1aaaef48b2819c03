"""Which addresses are read on behalf of users, and what is taken from them. No test here leaves this machine."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import pytest

from overskill.clients import public_address
from overskill.clients.public_address import is_public
from overskill.clients.web_pages import LARGEST_PAGE, PublicWebPages, WebPage
from overskill.errors import InvalidInput, NotFound, OverskillError, Unavailable

Answer = Callable[[BaseHTTPRequestHandler], None]
PRIVATE = [
    "0.0.0.0",  # noqa: S104
    "10.1.2.3",
    "100.64.0.1",
    "127.0.0.1",
    "127.8.8.8",
    "169.254.169.254",
    "172.16.0.1",
    "192.0.0.8",
    "192.0.2.1",
    "192.168.1.1",
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:169.254.169.254",
    "::127.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::1",
    "100::1",
    "2001::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "fc00::1",
    "fd12:3456::1",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
]


@pytest.mark.parametrize("address", PRIVATE)
def test_what_is_inside_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["1.1.1.1", "93.184.216.34", "2606:4700:4700::1111", "::ffff:1.1.1.1"])
def test_what_is_outside_is_public(address: str) -> None:
    assert is_public(address)


def resolving_to(monkeypatch: pytest.MonkeyPatch, *answers: str) -> list[str]:
    """Every name resolves to these, one after the other. What was asked for."""
    asked: list[str] = []

    def getaddrinfo(host: str, port: int, *_: object, **__: object) -> list[tuple[object, ...]]:
        asked.append(host)
        address = answers[min(len(asked), len(answers)) - 1]
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        return [(family, socket.SOCK_STREAM, 6, "", (address, port))]

    monkeypatch.setattr(public_address.socket, "getaddrinfo", getaddrinfo)
    return asked


@pytest.mark.parametrize("address", [address for address in PRIVATE if "%" not in address])
def test_a_name_that_resolves_to_something_inside_is_refused(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    resolving_to(monkeypatch, address)
    with pytest.raises(InvalidInput, match="public internet"):
        PublicWebPages().read("http://innocent.example.com/")


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://127.1/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://0177.0.0.1/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://localhost/",
        "https://example.com:8443/",
        "http://example.com:22/",
        "http://user:secret@example.com/",
        "http://example.com@127.0.0.1/",
        "ftp://example.com/",
        "file:///etc/passwd",
        "gopher://example.com/",
        "javascript:alert(1)",
        "//example.com/",
        "example.com",
        "http://",
        "http://[::1",
        "http://exa\nmple.com/",
        "http://example.com:99999/",
        f"http://example.com/{'x' * 3_000}",
        "",
    ],
)
def test_an_address_that_is_none_of_a_public_page_is_refused(url: str) -> None:
    with pytest.raises(InvalidInput, match="public internet"):
        PublicWebPages().read(url)


def test_the_connection_goes_to_the_address_that_was_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that resolves to something else the next time (DNS rebinding) is not asked for a second time."""
    asked = resolving_to(monkeypatch, "1.1.1.1", "127.0.0.1")
    reached: list[tuple[str, str, str]] = []

    def handle(_: object, request: httpx.Request) -> httpx.Response:
        reached.append((request.url.host, request.headers["host"], request.extensions["sni_hostname"]))
        return httpx.Response(200, headers={"content-type": "text/plain"}, stream=httpx.ByteStream(b"hello"))

    monkeypatch.setattr(httpx.HTTPTransport, "handle_request", handle)
    assert PublicWebPages().read("https://example.com/page").content == b"hello"
    assert reached == [("1.1.1.1", "example.com", "example.com")]
    assert asked == ["example.com"]


def test_each_redirect_is_checked_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    resolving_to(monkeypatch, "1.1.1.1", "169.254.169.254")
    location = {"location": "http://metadata.example.com/latest"}
    monkeypatch.setattr(httpx.HTTPTransport, "handle_request", lambda *_: httpx.Response(302, headers=location))
    with pytest.raises(InvalidInput, match="public internet"):
        PublicWebPages().read("http://example.com/")


@contextmanager
def site(answer: Answer) -> Iterator[str]:
    """A server on this machine."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer(self)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def page(body: bytes, media_type: str = "text/html; charset=utf-8", status: int = 200, **headers: str) -> Answer:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        handler.send_header("content-type", media_type)
        handler.send_header("content-length", str(len(body)))
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        try:
            handler.wfile.write(body)
        except OSError:
            return  # it was not read to its end

    return answer


def read(answer: Answer, seconds: float = 60) -> WebPage:
    with site(answer) as url:
        return PublicWebPages(allow_private=True, seconds=seconds).read(f"{url}/page")


def test_a_page_is_read_with_its_charset() -> None:
    found = read(page("Grüße".encode("latin-1"), "text/plain; charset=iso-8859-1"))
    assert found.content.decode(found.charset) == "Grüße"


def test_a_charset_that_nobody_knows_is_taken_for_the_usual_one() -> None:
    assert read(page(b"hello", "text/plain; charset=klingon")).charset == "utf-8"


def test_a_page_that_moved_is_read_where_it_is() -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        arrived = handler.path == "/there"
        page(b"hello", status=200 if arrived else 301, **({} if arrived else {"location": "/there"}))(handler)

    assert read(answer).url.endswith("/there")


@pytest.mark.parametrize(
    ("answer", "kind", "words"),
    [
        (page(b"", status=302, location="/page"), InvalidInput, "never arrives"),
        (page(b"", status=404), NotFound, "no page at that address"),
        (page(b"", status=500), Unavailable, "status 500"),
        (page(b"", status=403), Unavailable, "may want a sign-in"),
        (page(b"\x89PNG", "image/png"), InvalidInput, "no text at that address"),
        (page(b"x" * (LARGEST_PAGE + 1)), InvalidInput, "larger than 2 MB"),
        (page(b"\x1f\x8b", content_encoding="gzip"), InvalidInput, "no text"),
        (page(b"", status=302, location="file:///etc/passwd"), InvalidInput, "public internet"),
    ],
    ids=["circle", "missing", "failing", "forbidden", "picture", "endless", "packed", "file"],
)
def test_what_can_not_be_read_is_said_in_words(answer: Answer, kind: type[OverskillError], words: str) -> None:
    with pytest.raises(kind, match=words):
        read(answer)


def test_a_page_that_drips_is_given_up() -> None:
    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("content-type", "text/plain")
        handler.end_headers()
        try:
            while True:
                handler.wfile.write(b"x")
                handler.wfile.flush()
                time.sleep(0.02)
        except OSError:
            return

    with pytest.raises(Unavailable):
        read(drip, seconds=0.3)


def test_a_server_that_is_not_there_is_said_in_words() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/"
        with pytest.raises(Unavailable, match="can't be reached"):
            PublicWebPages(allow_private=True).read(url)
