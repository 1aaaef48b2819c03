"""The way to the registry that an install has: package listings and archives, and nothing else."""

import socket
from collections.abc import Iterator
from http.client import IncompleteRead
from urllib.error import HTTPError
from urllib.request import ProxyHandler, build_opener

import pytest

from overskill.bundler.packages.relay import Relay, relay_by_port
from overskill.clients.registry import NpmRegistry
from tests.support_npm import NpmServer, npm_server


@pytest.fixture
def npm() -> Iterator[NpmServer]:
    with npm_server() as running:
        running.publish("@acme/globe", {"index.js": "1"})
        yield running


@pytest.fixture
def relay(npm: NpmServer) -> Iterator[Relay]:
    with relay_by_port(NpmRegistry(lambda: npm.address), most_bytes=100_000) as running:
        yield running


def read(address: str) -> bytes:
    with build_opener(ProxyHandler({})).open(address, timeout=20) as answer:
        content: bytes = answer.read()
        return content


def test_a_listing_leads_to_archives_at_the_relay(relay: Relay, npm: NpmServer) -> None:
    listing = read(f"{relay.base}@acme%2fglobe")
    assert npm.address.encode() not in listing
    assert f"{relay.base}@acme/globe/-/globe-1.0.0.tgz".encode() in listing
    assert read(f"{relay.base}@acme/globe/-/globe-1.0.0.tgz") == npm.tarballs["@acme/globe/-/globe-1.0.0.tgz"]


@pytest.mark.parametrize("path", ["-/whoami", "-/v1/search", "@acme/globe/../../etc/passwd", "a/b/c", "globe/-/x.sh"])
def test_what_is_no_package_is_refused_and_never_asked_for(relay: Relay, npm: NpmServer, path: str) -> None:
    with pytest.raises(HTTPError) as refused:
        read(relay.base + path)
    refused.value.close()
    assert refused.value.code == 403
    assert npm.asked == []


def test_it_is_no_way_to_other_hosts(relay: Relay) -> None:
    port = int(relay.base.rstrip("/").rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        connection.sendall(b"CONNECT example.com:443 HTTP/1.1\r\nHost: example.com:443\r\n\r\n")
        assert b" 501 " in connection.recv(200)


def test_more_than_an_install_may_fetch_is_cut_off(npm: NpmServer) -> None:
    with relay_by_port(NpmRegistry(lambda: npm.address), most_bytes=10) as small:
        with pytest.raises(IncompleteRead):
            read(f"{small.base}@acme/globe/-/globe-1.0.0.tgz")
        assert small.is_exhausted
