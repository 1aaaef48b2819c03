"""The list of models at a provider: read, remembered, and what comes of a server that has none."""

import pytest

from overskill.clients.models import Cause, ModelFailed
from overskill.clients.providers import HttpModelLists, Provider, read_list
from tests.clients.model_client import hello, replies
from tests.model_server import ModelServer

PRICED = {"id": "a/b", "pricing": {"prompt": "0.0000006", "completion": "0.0000025"}, "context_length": 262144}


def test_prices_and_context_come_from_the_list() -> None:
    with ModelServer(replies(hello())) as server:
        server.listed = [PRICED, {"id": "plain"}]
        found = read_list(Provider("p", server.url, "key"))
    assert (found["a/b"].price_out, found["a/b"].context_tokens) == (2.5e-6, 262144)
    assert found["plain"].price_out == 0


def test_a_list_is_read_once_in_a_quarter_of_an_hour() -> None:
    now = [1000.0]
    lists = HttpModelLists(clock=lambda: now[0])
    with ModelServer(replies(hello())) as server:
        provider = Provider("p", server.url)
        server.listed = [{"id": "first"}]
        assert "first" in lists.models(provider)
        server.listed = [{"id": "second"}]
        assert "first" in lists.models(provider)
        now[0] += 16 * 60
        assert "second" in lists.models(provider)


def test_another_key_reads_another_list() -> None:
    lists = HttpModelLists()
    with ModelServer(replies(hello())) as server:
        lists.models(Provider("p", server.url, "one"))
        server.listed = [{"id": "for-two"}]
        assert "for-two" in lists.models(Provider("p", server.url, "two"))


@pytest.mark.parametrize(
    ("path", "cause"), [("/nothing", Cause.MODEL), ("", Cause.UNUSABLE)], ids=["no such page", "no list"]
)
def test_what_is_no_list_is_a_failure(path: str, cause: Cause) -> None:
    with ModelServer(replies(hello())) as server:
        if not path:
            server.listed = [{"name": "without an id"}]
        with pytest.raises(ModelFailed) as failure:
            read_list(Provider("p", f"{server.url}{path}"))
    assert failure.value.cause is cause


def test_that_a_server_is_gone_is_remembered_for_a_minute() -> None:
    now = [1000.0]
    lists = HttpModelLists(clock=lambda: now[0])
    with ModelServer(replies(hello())) as server:
        provider = Provider("p", server.url)
    for _ in range(2):
        with pytest.raises(ModelFailed) as failure:
            lists.models(provider)
        assert failure.value.cause is Cause.UNREACHABLE
        now[0] += 90


def test_a_key_is_in_no_repr() -> None:
    assert "sk-1234" not in repr(Provider("p", "http://x/v1", "sk-1234"))
