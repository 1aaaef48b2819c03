"""Which models are shown pictures, and what the others read instead."""

import json
from typing import Any

import pytest

from overskill.clients.model_errors import Cause, Endpoint, classify
from overskill.clients.model_memory import ModelMemory, listed
from overskill.clients.model_pictures import data_url, picture_part, text_length
from overskill.clients.models import ChatRequest
from overskill.clients.openai_compatible import OpenAICompatible
from tests.clients.model_client import Client, hello, never, replies
from tests.model_server import Plain

PICTURE = data_url(b"\xff\xd8" * 600, "image/jpeg")
REQUEST = ChatRequest(
    [{"role": "user", "content": [{"type": "text", "text": "Like this"}, picture_part("picture:logo.png")]}],
    pictures={"picture:logo.png": PICTURE},
)


def listing(*modalities: str) -> list[dict[str, Any]]:
    return [{"id": "scripted", "architecture": {"input_modalities": list(modalities)}}]


def sent(client: Client) -> Any:
    return client.server.requests[-1].messages[0]["content"]


def test_a_model_that_is_listed_as_seeing_is_sent_the_picture_without_a_question() -> None:
    with Client(replies(hello())) as client:
        client.server.listed = listing("text", "image")
        assert client.model.sees_pictures(never)
        client.ask(REQUEST)
        assert len(client.server.requests) == 1
        assert sent(client)[1]["image_url"]["url"] == PICTURE


def test_a_model_that_sees_nothing_reads_that_a_picture_was_there() -> None:
    with Client(replies(hello())) as client:
        client.server.listed = listing("text")
        assert not client.model.sees_pictures(never)
        client.ask(REQUEST)
        assert sent(client).startswith("Like this\n\n[logo.png is a picture, and you can't see pictures.")


def test_a_server_that_lists_nothing_is_asked_once() -> None:
    with Client(replies(hello())) as client:
        assert client.model.sees_pictures(never)
        assert client.model.sees_pictures(never)
        assert len(client.server.requests) == 1


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (500, "image input is not supported - hint: if this is unexpected, you may need to provide the mmproj"),
        (400, "Model does not support images"),
        (404, "No endpoints found that support image input"),
        (400, "Invalid content type. image_url is only supported by certain models."),
    ],
)
def test_a_server_that_refuses_pictures_is_known_for_it(status: int, words: str) -> None:
    memory = ModelMemory()
    with Client(replies([Plain(status, {"error": {"message": words}})]), memory) as client:
        assert not client.model.sees_pictures(never)
        assert len(client.server.requests) == 1
        assert memory.recall(Endpoint(client.server.url, "scripted")).pictures is False


def test_words_about_other_things_are_not_about_pictures() -> None:
    endpoint = Endpoint("http://localhost:1", "scripted")
    assert classify(endpoint, 500, "out of memory").cause is Cause.DOWN
    assert classify(endpoint, 400, "does not support tools").cause is Cause.TOOLS


def test_the_list_of_a_provider_says_who_sees() -> None:
    assert listed({"id": "a", "architecture": {"input_modalities": ["text", "image"]}}, 1.0).pictures is True
    assert listed({"id": "a", "architecture": {"input_modalities": ["text"]}}, 1.0).pictures is False
    assert listed({"id": "a", "architecture": None}, 1.0).pictures is None


def test_a_picture_is_estimated_as_what_a_model_reads_for_one() -> None:
    content = [{"type": "image_url", "image_url": {"url": data_url(b"x" * 1_000_000, "image/png")}}]
    assert text_length(content) < 5_000


def test_what_is_marked_for_caching_keeps_its_pictures() -> None:
    endpoint = Endpoint("https://openrouter.ai/api/v1", "anthropic/claude")
    memory = ModelMemory()
    memory.remember(endpoint, listed({"id": endpoint.model, "architecture": {"input_modalities": ["image"]}}, 9e9))
    model = OpenAICompatible(endpoint, "k", memory=memory)
    body = model._body(
        ChatRequest([{"role": "system", "content": "Rules"}, *REQUEST.messages], pictures=REQUEST.pictures)
    )
    assert PICTURE in json.dumps(body["messages"])
