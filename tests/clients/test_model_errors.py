"""How failures are worded, and how long servers ask to wait."""

import pytest

from overskill.clients.model_errors import Cause, Endpoint, failed, seconds_until
from tests.clients.model_client import Client, replies
from tests.model_scenarios import plain
from tests.model_server import Plain


@pytest.mark.parametrize("cause", Cause)
def test_every_cause_has_a_sentence(cause: Cause) -> None:
    message = failed(Endpoint("https://openrouter.ai/api/v1", "a/b"), cause).message
    assert message[0].isupper() or message.startswith("a/b")
    assert message.endswith(".")


def test_used_up_openrouter_credit_says_where_to_add_some() -> None:
    assert failed(Endpoint("https://openrouter.ai/api/v1", "a/b"), Cause.CREDIT).message == (
        "Your OpenRouter credit is used up. Add credit at openrouter.ai, or switch to another model."
    )


def test_sentences_are_for_the_person_who_reads_them() -> None:
    with Client(replies([Plain(402)])) as client:
        _, error = client.fail()
    assert error.message == (
        "The model server at 127.0.0.1 says that its credit is used up. Add credit there, or switch to another model."
    )


def test_keys_that_a_provider_echoes_are_hidden() -> None:
    with Client(replies(plain(400, {"error": "bad key sk-abcdef123456 given"})(iter(())))) as client:
        _, error = client.fail()
    assert "sk-" not in error.message


@pytest.mark.parametrize(("header", "seconds"), [("3", 3), ("0.5", 0.5), ("", None), ("soon", None), ("-4", 0)])
def test_retry_after_is_read(header: str, seconds: float | None) -> None:
    assert seconds_until(header) == seconds


def test_retry_after_may_be_a_date() -> None:
    seconds = seconds_until("Wed, 21 Oct 2015 07:28:00 GMT")
    assert seconds == 0
