"""The model client against a real server that does everything providers do."""

import itertools
import threading
from collections.abc import Iterator
from contextlib import suppress

import pytest

from overskill.clients.model_errors import Cause, Endpoint
from overskill.clients.model_memory import ModelMemory
from overskill.clients.models import (
    Ending,
    Finished,
    ModelFailed,
    Reasoning,
    Reply,
    Started,
    Text,
    ToolDelta,
    ToolEnd,
    ToolStart,
    Used,
)
from overskill.clients.openai_compatible import OpenAICompatible
from tests.clients.model_client import REQUEST, TOOL, WITH_TOOLS, Client, hello, never, replies, used, words
from tests.model_scenarios import FAULTS
from tests.model_server import Asked, Chunk, Cut, Plain, Raw, Silence, Step, call, delta, end, text
from tests.support_waiting import eventually


def test_an_answer_streams_as_it_is_written() -> None:
    with Client(replies(hello())) as client:
        pieces = client.ask()
    assert isinstance(pieces[0], Started)
    assert pieces[1:3] == [Text("Hell"), Text("o!")]
    assert pieces[-1] == Finished(Ending.STOP)


def test_a_request_is_what_the_api_expects() -> None:
    with Client(replies(hello())) as client:
        client.ask(WITH_TOOLS)
    (asked,) = client.server.requests
    assert asked.headers["authorization"] == "Bearer secret"
    assert asked.body["model"] == "scripted"
    assert asked.body["stream"] is True
    assert asked.body["stream_options"] == {"include_usage": True}
    assert asked.body["tools"] == [TOOL]
    assert asked.body["max_tokens"] == 32_000


def test_a_tool_call_comes_in_pieces_and_ends() -> None:
    steps = [*text("On it."), *call(0, "write_file", path="a.ts", content="x"), *end("tool_calls")]
    with Client(replies(steps)) as client:
        pieces = client.ask(WITH_TOOLS)
    reply = Reply()
    for piece in pieces:
        reply.add(piece)
    assert reply.calls == {
        0: {"id": "call_0", "name": "write_file", "arguments": '{"path": "a.ts", "content": "x"}'},
    }
    assert sum(isinstance(piece, ToolDelta) for piece in pieces) > 1
    assert ToolEnd(0) in pieces
    assert pieces[-1] == Finished(Ending.TOOL_CALLS)


def test_parallel_calls_that_share_an_index_are_told_apart_by_their_ids() -> None:
    steps = [*call(0, "one", "a", x=1), *call(0, "two", "b", y=2), *end("tool_calls")]
    with Client(replies(steps)) as client:
        pieces = client.ask(WITH_TOOLS)
    assert [piece for piece in pieces if isinstance(piece, ToolStart)] == [
        ToolStart(0, "a", "one"),
        ToolStart(1, "b", "two"),
    ]
    assert pieces.index(ToolEnd(0)) < pieces.index(ToolStart(1, "b", "two"))


def test_parallel_calls_without_index_and_id_are_told_apart() -> None:
    whole = [{"function": {"name": name, "arguments": '{"a": 1}'}} for name in ("one", "two")]
    steps = [*(delta({"tool_calls": [made]}) for made in whole), *end("tool_calls")]
    with Client(replies(steps)) as client:
        names = [piece.name for piece in client.ask(WITH_TOOLS) if isinstance(piece, ToolStart)]
    assert names == ["one", "two"]


@pytest.mark.parametrize("member", ["reasoning", "reasoning_content"])
def test_reasoning_is_no_text_and_can_be_sent_back(member: str) -> None:
    steps = [delta({member: "Hm. "}), delta({member: "Yes."}), *call(0, "go"), *end("tool_calls")]
    with Client(replies(steps)) as client:
        pieces = client.ask(WITH_TOOLS)
    reply = Reply()
    for piece in pieces:
        reply.add(piece)
    assert words(pieces) == ""
    assert reply.message()[member] == "Hm. Yes."


def test_thoughts_inside_the_text_are_taken_out() -> None:
    with Client(replies([*text("<think>The user greets me.</think>\n\nHello!"), *end()])) as client:
        pieces = client.ask()
    assert words(pieces) == "Hello!"
    assert "".join(piece.text for piece in pieces if isinstance(piece, Reasoning)) == "The user greets me."


def test_a_text_that_only_begins_like_a_thought_is_text() -> None:
    with Client(replies([*text("<thin> is no tag"), *end()])) as client:
        assert words(client.ask()) == "<thin> is no tag"


def test_usage_and_cost_are_what_the_provider_says() -> None:
    with Client(replies([*text("x"), *end(prompt_tokens=100, completion_tokens=20, cost=0.0015)])) as client:
        assert used(client.ask()) == Used("scripted", 100, 20, 6_000, 1_500)


def test_cost_comes_from_the_price_list_where_the_answer_has_none() -> None:
    prices = {"prompt": "0.000001", "completion": "0.000002", "input_cache_read": "0.0000001"}
    steps = [*text("x"), *end(prompt_tokens=1_000, completion_tokens=100, cost=None, prompt_tokens_details=None)]
    with Client(replies(steps)) as client:
        limits = {"context_length": 50_000, "top_provider": {"max_completion_tokens": 8_000}}
        client.server.listed = [{"id": "scripted", "pricing": prices, **limits}]
        assert used(client.ask()).cost_micro == 1_200
        assert (client.model.context_tokens(), client.model.output_tokens()) == (50_000, 8_000)


def test_without_usage_the_tokens_are_estimated() -> None:
    with Client(replies([*text("x" * 400), delta(ending="stop")])) as client:
        usage = used(client.ask())
    assert usage.is_estimate
    assert usage.tokens_out == 100
    assert usage.cost_micro == 0


def test_an_answer_that_is_too_long_says_so() -> None:
    with Client(replies([*text("Once upon"), *end("length")])) as client:
        assert client.ask()[-1] == Finished(Ending.LENGTH)


def test_a_call_that_is_cut_off_by_the_length_does_not_end() -> None:
    steps = [*call(0, "go", x=1), *itertools.islice(call(1, "write_file", path="a.ts"), 3), *end("length")]
    with Client(replies(steps)) as client:
        assert [piece for piece in client.ask(WITH_TOOLS) if isinstance(piece, ToolEnd)] == [ToolEnd(0)]


def test_comments_and_garbage_in_the_stream_are_skipped() -> None:
    steps = [Raw(": OPENROUTER PROCESSING\n\n"), Raw("data: keep-alive\n\n"), *hello()]
    with Client(replies(steps)) as client:
        assert words(client.ask()) == "Hello!"


def test_line_separators_inside_the_text_survive() -> None:
    with Client(replies([delta({"content": "one\u2028two\x85three"}), *end()])) as client:
        assert words(client.ask()) == "one\u2028two\x85three"


def test_a_server_that_does_not_stream_is_understood() -> None:
    message = {
        "content": "Hello!",
        "tool_calls": [{"id": "c", "function": {"name": "go", "arguments": "{}"}}],
    }
    body = {"choices": [{"message": message, "finish_reason": "tool_calls"}], "usage": {"prompt_tokens": 3}}
    with Client(replies([Plain(200, body)])) as client:
        pieces = client.ask(WITH_TOOLS)
    assert pieces[1:5] == [Text("Hello!"), ToolStart(0, "c", "go"), ToolDelta(0, "{}"), ToolEnd(0)]
    assert used(pieces).tokens_in == 3
    assert pieces[-1] == Finished(Ending.TOOL_CALLS)


@pytest.mark.parametrize("body", ["<html>a captive portal</html>", '{"hello": 1}', "[]"])
def test_a_response_that_is_no_completion_is_a_failure(body: str) -> None:
    with Client(replies([Plain(200, body)])) as client:
        _, error = client.fail()
    assert error.cause is Cause.UNUSABLE
    assert len(client.server.requests) == 1


def test_an_error_as_json_at_200_is_a_failure() -> None:
    with Client(replies([Plain(200, {"error": {"code": 402, "message": "no credit"}})])) as client:
        _, error = client.fail()
    assert error.cause is Cause.CREDIT


def test_too_many_requests_waits_as_long_as_it_is_told_and_tries_again() -> None:
    limited = Plain(429, {"error": {"code": 429, "message": "slow down"}}, {"retry-after": "3"})
    with Client(replies([limited], hello())) as client:
        assert words(client.ask()) == "Hello!"
    assert sum(client.slept) == pytest.approx(3)


def test_a_wait_that_is_too_long_is_reported_instead() -> None:
    limited = Plain(429, {"error": {"message": "daily limit"}}, {"retry-after": "7200"})
    with Client(replies([limited])) as client:
        _, error = client.fail()
    assert error.cause is Cause.RATE
    assert "Try again in 2 hours" in error.message
    assert client.slept == []


def test_a_server_that_stays_down_is_tried_four_times_with_growing_pauses() -> None:
    with Client(replies([Plain(502, "<html>Bad gateway</html>")])) as client:
        _, error = client.fail()
    assert (error.cause, error.partial) == (Cause.DOWN, False)
    assert len(client.server.requests) == 4
    assert 3.5 <= sum(client.slept) <= 7
    assert "html" not in error.message


def test_used_up_credit_is_final() -> None:
    with Client(replies([Plain(402, {"error": {"code": 402, "message": "Insufficient credits"}})])) as client:
        _, error = client.fail()
    assert error.cause is Cause.CREDIT
    assert len(client.server.requests) == 1


def test_a_budget_in_flight_is_waited_for() -> None:
    busy = Plain(402, {"error": {"code": 402, "message": "in flight"}}, {"retry-after": "1"})
    with Client(replies([busy], hello())) as client:
        assert words(client.ask()) == "Hello!"


@pytest.mark.parametrize(
    ("status", "message", "cause"),
    [
        (401, "User not found", Cause.KEY),
        (403, "Flagged by moderation", Cause.REFUSED),
        (404, "No such model", Cause.MODEL),
        (404, "No endpoints found that support tool use", Cause.TOOLS),
        (400, "This endpoint's maximum context length is 8192 tokens", Cause.CONTEXT),
        (400, "tools are not supported", Cause.TOOLS),
        (413, "Too large", Cause.CONTEXT),
        (422, "Something else", Cause.REQUEST),
    ],
)
def test_what_can_not_get_better_is_not_tried_again(status: int, message: str, cause: Cause) -> None:
    with Client(replies([Plain(status, {"error": {"code": status, "message": message}})])) as client:
        _, error = client.fail()
    assert error.cause is cause
    assert len(client.server.requests) == 1


@pytest.mark.parametrize(
    ("body", "cause"),
    [
        ({"error": {"code": "insufficient_quota", "message": "You exceeded your quota"}}, Cause.CREDIT),
        ({"error": {"code": "context_length_exceeded", "message": "too long"}}, Cause.CONTEXT),
        ({"object": "error", "message": "tool parser missing", "code": 400}, Cause.TOOLS),
        ({"error": "model is loading"}, Cause.REQUEST),
        ({"detail": [{"loc": ["body"]}]}, Cause.REQUEST),
    ],
)
def test_errors_are_read_however_they_are_wrapped(body: object, cause: Cause) -> None:
    with Client(replies([Plain(400, body)])) as client:
        assert client.fail()[1].cause is cause


def test_an_error_before_any_text_is_tried_again() -> None:
    broken = [Chunk({"error": {"code": "502", "message": "down"}, "choices": []})]
    with Client(replies(broken, hello())) as client:
        assert words(client.ask()) == "Hello!"


def test_an_error_after_text_is_not_tried_again_and_says_that_something_came() -> None:
    with Client(replies([*text("Once upon"), Chunk({"error": {"code": 429, "message": "x"}})])) as client:
        pieces, error = client.fail()
    assert words(pieces) == "Once upon"
    assert (error.cause, error.partial) == (Cause.RATE, True)
    assert used(pieces).is_estimate
    assert len(client.server.requests) == 1


def test_an_error_after_the_beginning_of_a_call_is_not_tried_again() -> None:
    steps = [*itertools.islice(call(0, "write_file", path="a.ts"), 2), Cut()]
    with Client(replies(steps)) as client:
        assert client.fail()[1].partial


def test_an_error_after_reasoning_only_is_tried_again() -> None:
    with Client(replies([delta({"reasoning": "Hm."}), Cut()], hello())) as client:
        assert words(client.ask()) == "Hello!"


def test_an_error_inside_a_choice_is_a_failure() -> None:
    choice = {"delta": {"content": ""}, "finish_reason": "error", "error": {"code": 502, "message": "high demand"}}
    with Client(replies([Chunk({"choices": [choice]})])) as client:
        _, error = client.fail()
    assert error.cause is Cause.DOWN
    assert len(client.server.requests) == 4


@pytest.mark.parametrize("abrupt", [False, True])
def test_a_stream_that_just_ends_is_a_failure(abrupt: bool) -> None:
    with Client(replies([*text("Once upon"), Cut(abrupt)])) as client:
        pieces, error = client.fail()
    assert words(pieces) == "Once upon"
    assert (error.cause, error.partial) == (Cause.CUT, True)


def test_a_stream_that_drops_after_its_end_is_complete() -> None:
    with Client(replies([*text("Hello!"), delta(ending="stop"), Cut(abrupt=True)])) as client:
        assert client.ask()[-1] == Finished(Ending.STOP)


def test_a_filtered_answer_is_a_refusal() -> None:
    with Client(replies([*text("Once"), *end("content_filter")])) as client:
        assert client.fail()[1].cause is Cause.REFUSED


def test_silence_is_given_up_and_tried_once_more() -> None:
    with Client(replies([Silence()], [Silence()]), silence=0.5) as client:
        _, error = client.fail()
        assert error.cause is Cause.SILENT
        assert eventually(lambda: len(client.server.requests) == 2)


def test_a_server_that_is_not_there_is_named() -> None:
    model = OpenAICompatible(Endpoint("http://127.0.0.1:9/v1", "m"), "", memory=ModelMemory(), sleep=lambda _: None)
    with pytest.raises(ModelFailed, match=r"The model server at 127\.0\.0\.1 can't be reached\. Check that it runs"):
        list(model.stream(REQUEST, never))


def test_stopping_ends_a_silent_stream_at_once() -> None:
    stop = threading.Event()
    with Client(replies([*text("Once"), Silence()])) as client:
        pieces = client.model.stream(REQUEST, stop.is_set)
        assert isinstance(next(pieces), Started)
        assert next(pieces) == Text("Once")
        stop.set()
        rest = list(pieces)
    assert rest[-1] == Finished(Ending.STOPPED)
    assert used(rest).is_estimate


def test_stopping_ends_a_wait_between_attempts() -> None:
    stop = threading.Event()
    with Client(replies([Plain(502)]), sleep=lambda _: stop.set()) as client:
        assert list(client.model.stream(REQUEST, stop.is_set))[-1] == Finished(Ending.STOPPED)
    assert len(client.server.requests) == 1


def test_a_stream_that_is_left_closes_its_connection() -> None:
    left = threading.Event()

    def script(asked: Asked) -> Iterator[Step]:
        try:
            while True:
                yield delta({"content": "x" * 1_000})
        finally:
            left.set()

    with Client(script) as client:
        pieces = client.model.stream(REQUEST, never)
        next(pieces)
        pieces.close()  # type: ignore[attr-defined]  # a generator
        assert left.wait(2)


def test_a_member_that_the_server_does_not_take_is_left_out() -> None:
    refusal = Plain(422, {"error": {"message": "stream_options: extra fields not permitted"}})
    with Client(replies([refusal], hello(), hello())) as client:
        assert words(client.ask()) == "Hello!"
        client.ask()
    assert ["stream_options" in asked.body for asked in client.server.requests] == [True, False, False]


def test_the_newer_name_of_the_length_is_used_where_it_is_asked_for() -> None:
    refusal = Plain(400, {"error": {"message": "Unsupported: 'max_tokens'. Use 'max_completion_tokens' instead."}})
    with Client(replies([refusal], hello())) as client:
        client.ask()
    assert client.server.requests[1].body["max_completion_tokens"] == 32_000
    assert "max_tokens" not in client.server.requests[1].body


@pytest.mark.parametrize("name", sorted(FAULTS))
def test_every_failure_is_expected(name: str) -> None:
    fault, _ = FAULTS[name]
    script = replies(fault(iter([*text("Hello!" * 2_000), *end()])))
    with Client(script, silence=0.05) as client, suppress(ModelFailed):
        assert isinstance(client.ask()[-1], Finished)
