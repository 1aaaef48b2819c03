"""Briefs asked of real servers: one that knows schemas, one that refuses them, one that breaks off."""

import itertools
import json
from collections.abc import Iterable

import pytest

from overskill.clients.model_errors import Endpoint, ModelFailed
from overskill.clients.model_memory import ModelMemory
from overskill.clients.models import OneModel
from overskill.clients.openai_compatible import OpenAICompatible
from overskill.errors import Unavailable
from overskill.services.generation.events import Event, Kind, Turn
from overskill.services.generation.model_author import ModelAuthor
from tests.model_scenarios import FAULTS, app
from tests.model_server import Asked, Cut, ModelServer, Plain, Script, Step, text

SEEN = [Kind.USAGE, Kind.BRIEF, Kind.PLAN]


def prepare(script: Script) -> tuple[list[Event], list[Asked]]:
    turn = Turn(prompt="a recipe book", app_name="", files={})
    with ModelServer(script) as server:
        model = OpenAICompatible(
            Endpoint(server.url, "scripted"), "key", memory=ModelMemory(), silence=60, sleep=lambda _: None
        )
        events = list(ModelAuthor(OneModel(model)).prepare(turn, may_ask=True, must_plan=False))
        return events, server.requests


def test_a_server_is_told_the_schema_of_the_answer() -> None:
    events, (asked,) = prepare(app())
    assert [event.kind for event in events] == SEEN
    assert asked.body["response_format"]["json_schema"]["schema"]["type"] == "object"
    assert "tools" not in asked.body


def test_a_server_that_refuses_schemas_is_asked_without() -> None:
    def answer(asked: Asked) -> Iterable[Step]:
        if "response_format" in asked.body:
            return iter([Plain(400, {"error": {"code": 400, "message": "response_format: json_schema is not known"}})])
        return app()(asked)

    events, requests = prepare(answer)
    assert [event.kind for event in events] == SEEN
    assert len(requests) == 2


def test_an_answer_that_breaks_off_is_left_out() -> None:
    half = json.dumps({"kind": "tracker", "summary": "x" * 200})[:100]
    with pytest.raises((ModelFailed, Unavailable)):
        prepare(lambda _: itertools.chain(text(half), [Cut()]))


def test_a_server_that_wants_money_ends_the_thinking_with_its_sentence() -> None:
    fault, _ = FAULTS["out-of-credit"]
    with pytest.raises(ModelFailed, match="credit"):
        prepare(lambda _: fault(iter(())))
