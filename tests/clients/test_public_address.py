"""What a user typed leads to nothing private, however it is written."""

import socket
from typing import Any

import httpx
import pytest

from overskill.clients import public_address
from overskill.clients.model_errors import Endpoint
from overskill.clients.model_memory import ModelMemory
from overskill.clients.models import Cause, ModelFailed
from overskill.clients.openai_compatible import OpenAICompatible
from overskill.clients.providers import Provider, read_list
from overskill.clients.public_address import PrivateAddress, http_client, is_private_by_name, is_public, resolve_public
from overskill.errors import InvalidInput
from tests.clients.model_client import REQUEST, hello, never, replies
from tests.model_server import ModelServer

PRIVATE = """
127.0.0.1 10.0.0.1 172.16.9.9 192.168.1.1 169.254.169.254 100.64.0.1 0.0.0.0 224.0.0.1 255.255.255.255 ::1 ::
fe80::1 fe80::1%eth0 fc00::1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 64:ff9b::a00:1 2002:7f00:1:: ff02::1 nonsense
""".split()


@pytest.mark.parametrize("address", PRIVATE)
def test_an_address_is_private(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["1.1.1.1", "104.18.2.115", "2606:4700::6812:273"])
def test_an_address_is_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    ("url", "is_private"),
    [
        ("http://localhost:11434/v1", True),
        ("http://models.localhost/v1", True),
        ("http://LOCALHOST./v1", True),
        ("http://127.0.0.1:1/v1", True),
        ("http://[::1]/v1", True),
        ("https://evillocalhost.com/v1", False),
        ("https://api.example.com/v1", False),
        ("https://1.1.1.1/v1", False),
    ],
)
def test_an_address_may_say_itself_that_it_is_private(url: str, is_private: bool) -> None:
    assert is_private_by_name(url) is is_private


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "0x7f.1", "2130706433", "127.1"])
def test_names_and_numbers_of_this_machine_are_refused(host: str) -> None:
    with pytest.raises(PrivateAddress):
        resolve_public(host, 80)


def test_a_name_with_one_private_address_among_public_ones_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    resolves_to(monkeypatch, "1.1.1.1", "10.0.0.1")
    with pytest.raises(PrivateAddress):
        resolve_public("api.example.com", 443)


def test_the_connection_goes_to_the_address_that_was_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that resolves to something else a moment later gains nothing; certificate and Host keep the name."""
    resolves_to(monkeypatch, "1.1.1.1")
    seen: list[httpx.Request] = []

    def keep(_: httpx.HTTPTransport, request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200)

    monkeypatch.setattr(httpx.HTTPTransport, "handle_request", keep)
    with http_client(public_only=True, timeout=60) as client:
        client.get("https://api.example.com/v1/models")
    (request,) = seen
    assert request.url.host == "1.1.1.1"
    assert request.headers["host"] == "api.example.com"
    assert request.extensions["sni_hostname"] == "api.example.com"


def test_neither_a_list_nor_a_model_is_asked_in_private() -> None:
    with ModelServer(replies(hello())) as server:
        with pytest.raises(InvalidInput, match="private network"):
            read_list(Provider("x", server.url, "key", is_public_only=True))
        model = OpenAICompatible(
            Endpoint(server.url, "m"), "key", memory=ModelMemory(), public_only=True, most_attempts=1
        )
        with pytest.raises(ModelFailed) as failure:
            list(model.stream(REQUEST, never))
        assert failure.value.cause is Cause.UNREACHABLE
        assert server.requests == []


def test_a_redirect_is_not_followed() -> None:
    with http_client(public_only=True, timeout=60) as client:
        assert not client.follow_redirects


def resolves_to(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> None:
    def resolve(_host: str, port: int, **_facts: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in addresses]

    monkeypatch.setattr(public_address.socket, "getaddrinfo", resolve)
