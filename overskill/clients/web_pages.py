"""Pages of the web that a user names by their address. Only public ones: a server sees more of its surroundings than
those who use it, and must not be talked into reading that out."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import urljoin, urlsplit

import httpx

from overskill.clients.public_address import PrivateAddress, PublicOnly
from overskill.errors import InvalidInput, NotFound, Unavailable

LARGEST_PAGE = 2 * 1024 * 1024
MOST_REDIRECTS = 3
SECONDS = 10.0
LONGEST_URL = 2_000
READABLE = frozenset(
    {"text/html", "application/xhtml+xml", "text/plain", "text/markdown", "text/csv", "application/json"}
)
_PORTS = {"http": 80, "https": 443}
_REFUSED = "Only pages on the public internet can be attached, at addresses like https://example.com/page."


@dataclass(frozen=True, slots=True)
class WebPage:
    url: str  # where it was in the end
    media_type: str
    content: bytes
    charset: str = "utf-8"


class WebPages(Protocol):
    def read(self, url: str) -> WebPage:
        """Raises InvalidInput for an address that may not be read or holds no text, NotFound, and Unavailable."""
        ...


@dataclass(frozen=True)
class PublicWebPages:
    """`allow_private`: for instances that only their own machine can reach, and for tests."""

    allow_private: bool = False
    seconds: float = SECONDS

    def read(self, url: str) -> WebPage:
        deadline = time.monotonic() + self.seconds
        with self._client() as client:
            for _ in range(MOST_REDIRECTS + 1):
                self._check(url)
                with _asked(client, url, deadline) as response:
                    if not response.has_redirect_location:
                        return _page(url, response, deadline)
                    url = urljoin(url, response.headers["location"])
        raise InvalidInput(
            "That address sends from one page to the next and never arrives. Open it, and copy the last."
        )

    def _client(self) -> httpx.Client:
        transport = httpx.HTTPTransport() if self.allow_private else PublicOnly()
        # Neither proxies nor credentials of this machine's own; and nothing packed, which could unfold without end.
        headers = {"accept": ", ".join(sorted(READABLE)), "accept-encoding": "identity", "user-agent": "OverSkill/1.0"}
        return httpx.Client(transport=transport, headers=headers, trust_env=False, follow_redirects=False)

    def _check(self, url: str) -> None:
        try:
            parts = urlsplit(url)
            port = parts.port or _PORTS.get(parts.scheme)
        except ValueError as error:
            raise InvalidInput(_REFUSED) from error
        is_plain = len(url) <= LONGEST_URL and url.isprintable() and bool(parts.hostname) and "@" not in parts.netloc
        if not is_plain or parts.scheme not in _PORTS:
            raise InvalidInput(_REFUSED)
        if port not in _PORTS.values() and not self.allow_private:
            raise InvalidInput(_REFUSED)


@contextmanager
def _asked(client: httpx.Client, url: str, deadline: float) -> Iterator[httpx.Response]:
    host = urlsplit(url).hostname
    try:
        with client.stream("GET", url, timeout=max(0.1, deadline - time.monotonic())) as response:
            yield response
    except PrivateAddress as error:
        raise InvalidInput(_REFUSED) from error
    except httpx.InvalidURL as error:
        raise InvalidInput(_REFUSED) from error
    except httpx.TimeoutException as error:
        raise Unavailable(f"{host} took too long to answer. Try again, or copy the words you need.") from error
    except httpx.HTTPError as error:
        raise Unavailable(f"{host} can't be reached. Check the address, then try again.") from error


def _page(url: str, response: httpx.Response, deadline: float) -> WebPage:
    if response.status_code in (httpx.codes.NOT_FOUND, httpx.codes.GONE):
        raise NotFound("There is no page at that address. Check it, then try again.")
    if not response.is_success:
        raise Unavailable(
            f"{urlsplit(url).hostname} answered with status {response.status_code} instead of the page. It may want a "
            "sign-in; copy the words you need."
        )
    media_type = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type not in READABLE or response.headers.get("content-encoding", "identity") != "identity":
        raise InvalidInput(
            "There is no text at that address. Only pages, plain text and JSON can be attached as a link."
        )
    content = b""
    for piece in response.iter_raw():
        content += piece
        if len(content) > LARGEST_PAGE:
            raise InvalidInput(f"That page is larger than {LARGEST_PAGE >> 20} MB. Copy the part you need.")
        if time.monotonic() > deadline:
            raise Unavailable(
                f"{urlsplit(url).hostname} is too slow to be read. Try again, or copy the words you need."
            )
    return WebPage(url, media_type, content, _known(response.charset_encoding))


def _known(charset: str | None) -> str:
    try:
        "".encode(charset or "utf-8")
    except LookupError:
        return "utf-8"
    return charset or "utf-8"


@dataclass
class FakeWebPages:
    """Has these pages, and nothing else."""

    pages: dict[str, WebPage] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def read(self, url: str) -> WebPage:
        self.asked.append(url)
        if url not in self.pages:
            raise NotFound("There is no page at that address. Check it, then try again.")
        return self.pages[url]
