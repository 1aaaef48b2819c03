"""What is said about the models of a list."""

import logging

import pytest

from overskill.clients.breakers import FakeBreakers
from overskill.clients.model_memory import ModelFacts
from overskill.clients.providers import FakeModelLists, Provider
from overskill.services.providers.checkup import EntryState, check_instance, look_at, warn_of_models
from overskill.services.providers.roles import Entry
from tests.services.providers.support import OPENAI, instance

GPT = Entry("openai", "gpt-5.2")
PROVIDERS = {"openai": Provider("openai", OPENAI, "key")}


def lists() -> FakeModelLists:
    return FakeModelLists({OPENAI: {"gpt-5.2": ModelFacts(1.25e-6, 1e-5, context_tokens=400_000)}})


def look(entry: Entry = GPT, breakers: FakeBreakers | None = None) -> EntryState:
    return look_at([entry], PROVIDERS, lists=lists(), breakers=breakers)[entry]


def test_a_listed_model_has_its_price_and_context_from_the_list() -> None:
    assert look() == EntryState(GPT, "ok", "", "$1.25 in, $10.00 out", "400k")


def test_a_typo_is_answered_with_the_name_that_is_closest() -> None:
    found = look(Entry("openai", "gpt-5.3"))
    assert (found.state, found.detail) == (
        "not_listed",
        "openai lists no model called gpt-5.3. Did you mean gpt-5.2?",
    )


def test_a_provider_without_a_key_is_not_asked() -> None:
    assert look(Entry("nobody", "m")).state == "no_key"


def test_a_provider_that_is_gone_is_said_with_the_reason() -> None:
    found = look_at([GPT], {"openai": Provider("openai", "http://gone.example/v1")}, lists=lists())[GPT]
    assert found.state == "unreachable"
    assert "can't be reached" in found.detail


def test_an_open_breaker_is_said_with_the_reason_and_when_it_is_tried_again() -> None:
    breakers = FakeBreakers(lambda: 0.0)
    breakers.failed("openai/gpt-5.2", "It is down.", at_once=True)
    found = look(breakers=breakers)
    assert (found.state, found.detail) == ("failing", "It is down. It is tried again in 30 s.")


def test_each_provider_is_asked_once() -> None:
    asked = lists()
    look_at([GPT, Entry("openai", "other")], PROVIDERS, lists=asked)
    assert len(asked.asked) == 1


def test_models_of_the_settings_that_are_not_there_are_logged(caplog: pytest.LogCaptureFixture) -> None:
    settings = instance(AI_PROVIDERS=f"openai={OPENAI}|key", AI_MODELS_BUILD="openai:gpt-5.2,openai:gone")
    with caplog.at_level(logging.WARNING):
        warn_of_models(settings, lists=lists())
    assert [record.__dict__["model"] for record in caplog.records] == ["openai:gone"]


def test_an_instance_without_models_has_nothing_to_check() -> None:
    assert check_instance(instance(), lists=lists()) == []
