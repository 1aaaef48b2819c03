"""Which model is asked, how, and whether it gets tools."""

from pathlib import Path

import pytest

from overskill.clients.model_errors import Endpoint
from overskill.clients.model_memory import ModelMemory
from overskill.clients.models import ChatRequest, ModelFailed
from overskill.clients.openai_compatible import OpenAICompatible
from tests.clients.model_client import REQUEST, WITH_TOOLS, Client, hello, never, replies
from tests.model_server import Plain, Step, call, end, text


def test_a_model_that_calls_the_tool_it_is_told_to_speaks_tools(tmp_path: Path) -> None:
    memory = ModelMemory(tmp_path / "models.json")
    with Client(replies([*call(0, "ready", word="yes"), *end("tool_calls")]), memory) as client:
        assert client.model.speaks_tools(never)
        assert client.model.speaks_tools(never)
        assert len(client.server.requests) == 1
        assert ModelMemory(tmp_path / "models.json").recall(Endpoint(client.server.url, "scripted")).tools is True


@pytest.mark.parametrize(
    "answer", [[*text("ready(yes)"), *end()], [Plain(400, {"error": "does not support tools"})]], ids=["text", "400"]
)
def test_a_model_that_does_not_call_it_speaks_text(answer: list[Step]) -> None:
    with Client(replies(answer)) as client:
        assert not client.model.speaks_tools(never)


def test_a_probe_that_fails_for_another_reason_proves_nothing() -> None:
    with Client(replies([Plain(401, {"error": {"code": 401}})])) as client, pytest.raises(ModelFailed, match="API key"):
        client.model.speaks_tools(never)


def test_a_model_that_is_listed_with_tools_is_not_probed() -> None:
    with Client(replies(hello())) as client:
        client.server.listed = [{"id": "scripted", "supported_parameters": ["tools", "temperature"]}]
        assert client.model.speaks_tools(never)
    assert client.server.requests == []


@pytest.mark.parametrize(("setting", "speaks"), [("on", True), ("off", False)])
def test_the_setting_decides_about_tools_without_a_question(setting: str, speaks: bool) -> None:
    with Client(replies(hello()), tools=setting) as client:
        assert client.model.speaks_tools(never) is speaks
    assert client.server.requests == []


def test_distrust_of_tools_is_remembered(tmp_path: Path) -> None:
    memory = ModelMemory(tmp_path / "models.json")
    with Client(replies(hello()), memory) as client:
        client.model.distrust_tools()
        assert not client.model.speaks_tools(never)
    assert client.server.requests == []


def test_a_broken_memory_is_an_empty_one(tmp_path: Path) -> None:
    (tmp_path / "models.json").write_text("{half")
    assert ModelMemory(tmp_path / "models.json").recall(Endpoint("http://x/v1", "m")).tools is None


def test_openrouter_asks_one_model_at_providers_that_take_tools() -> None:
    """Which model comes next is decided here, where its failures are counted."""
    endpoint = Endpoint("https://openrouter.ai/api/v1", "a/b")
    model = OpenAICompatible(endpoint, "k", memory=ModelMemory())
    body = model._body(WITH_TOOLS)
    assert body["model"] == "a/b"
    assert "models" not in body
    assert body["provider"] == {"require_parameters": True}


def test_models_that_cache_only_what_is_marked_get_a_mark() -> None:
    endpoint = Endpoint("https://openrouter.ai/api/v1", "anthropic/claude")
    model = OpenAICompatible(endpoint, "k", memory=ModelMemory())
    body = model._body(ChatRequest([{"role": "system", "content": "Rules"}, *REQUEST.messages]))
    assert body["messages"][0]["content"][0]["cache_control"] == {"type": "ephemeral"}
