"""Several models in a row, at real servers that fail in every way: who answers, and what is told about it."""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager

import pytest

from overskill.clients.breakers import FakeBreakers
from overskill.clients.model_errors import Endpoint
from overskill.clients.model_memory import ModelMemory
from overskill.clients.models import Cause, ChatRequest, Ending, Finished, ModelFailed, Piece, Used
from overskill.clients.openai_compatible import OpenAICompatible
from overskill.clients.routed_model import Candidate, RoutedModel
from tests.clients.model_client import REQUEST, WITH_TOOLS, hello, never, replies, used, words
from tests.model_server import Chunk, Cut, ModelServer, Plain, Script, Silence, Step, call, delta, end, text

OVERFLOW = Plain(400, {"error": {"message": "This model's maximum context length is 8192 tokens.", "code": 400}})
BUSY = Plain(429, {"error": {"message": "Rate limited", "code": 429}}, {"retry-after": "7"})
FAILURES: dict[str, list[Step]] = {
    "429": [BUSY],
    "402": [Plain(402, {"error": {"message": "No credit", "code": 402}})],
    "401": [Plain(401, {"error": {"message": "Bad key", "code": 401}})],
    "404": [Plain(404, {"error": {"message": "No such model", "code": 404}})],
    "503": [Plain(503, {"error": {"message": "No provider", "code": 503}})],
    "silence": [delta({}), Silence()],
    "cut before a word": [delta({"reasoning": "Let me think"}), Cut()],
    "error in the stream": [Chunk({"error": {"message": "Upstream died", "code": 502}})],
    "refusal by status": [Plain(403, {"error": {"message": "Moderation", "code": 403}})],
    "refusal by its ending": [delta({}, ending="content_filter")],
    "context overflow": [OVERFLOW],
    "a web page": [Plain(200, "<html>Sign in</html>")],
}


class Road:
    """A routed model and the servers behind it, in order."""

    def __init__(self, servers: list[ModelServer], model: RoutedModel, breakers: FakeBreakers) -> None:
        self.servers, self.model, self.breakers = servers, model, breakers
        self.slept = 0.0

    @property
    def asked(self) -> list[int]:
        """How many requests each server got."""
        return [len(server.requests) for server in self.servers]

    def ask(self, request: ChatRequest = REQUEST) -> list[Piece]:
        return list(self.model.stream(request, never))

    def fail(self, request: ChatRequest = REQUEST) -> tuple[list[Piece], ModelFailed]:
        pieces: list[Piece] = []
        try:
            for piece in self.model.stream(request, never):
                pieces.append(piece)  # noqa: PERF402  # extend would lose what came before the failure
        except ModelFailed as error:
            return pieces, error
        raise AssertionError("A model answered.")


@contextmanager
def road(
    *scripts: Script,
    own: Iterable[int] = (),
    context: Iterable[int] = (),
    tools: Iterable[str] = (),
    silence: float = 60.0,
) -> Iterator[Road]:
    """Each script is the server of one model; `own` are those that are asked with the user's own key, and `silence`
    is how long the first may say nothing."""
    breakers = FakeBreakers()
    contexts, ways = list(context), list(tools)
    with ExitStack() as stack:
        servers = [stack.enter_context(ModelServer(script)) for script in scripts]
        candidates = []
        this = Road(servers, RoutedModel([], breakers), breakers)

        def sleep(seconds: float) -> None:
            this.slept += seconds

        for place, server in enumerate(servers):
            model = OpenAICompatible(
                Endpoint(server.url, f"model-{place}"),
                "key",
                memory=ModelMemory(),
                tools=ways[place] if ways else "on",  # type: ignore[arg-type]
                context_tokens=contexts[place] if contexts else 128_000,
                silence=silence if place == 0 else 60.0,
                most_attempts=1 if len(servers) > 1 else 4,
                sleep=sleep,
            )
            candidates.append(Candidate(model, f"test/model-{place}", place in set(own)))
        this.model = RoutedModel(candidates, breakers, sleep=sleep)
        yield this


def always(*steps: Step) -> Script:
    return replies(list(steps))


@pytest.mark.parametrize("failure", FAILURES.values(), ids=FAILURES.keys())
def test_a_failure_before_a_word_came_moves_on_to_the_next(failure: list[Step]) -> None:
    with road(always(*failure), replies(hello()), silence=1) as this:
        assert words(this.ask()) == "Hello!"
        assert this.asked == [1, 1]
        assert this.slept == 0


def test_who_failed_is_not_asked_again_in_this_turn_while_another_answers() -> None:
    with road(always(BUSY), replies(hello())) as this:
        this.ask()
        this.ask()
        assert this.asked == [1, 2]
        assert this.model.name == "model-1"


def test_after_something_came_it_fails_as_partial_and_the_next_request_goes_to_the_next_model() -> None:
    with road(always(*text("Half an ans"), Cut(abrupt=True)), replies(hello())) as this:
        pieces, error = this.fail()
        assert words(pieces) == "Half an ans"
        assert error.partial
        assert this.asked == [1, 0]
        assert words(this.ask()) == "Hello!"
        assert this.asked == [1, 1]


def test_what_a_broken_answer_cost_is_told_with_that_of_the_one_after() -> None:
    with road(always(delta({"reasoning": "x" * 400}), Cut()), replies(hello())) as this:
        assert [piece.model for piece in this.ask() if isinstance(piece, Used)] == ["scripted", "scripted"]


def test_what_ones_own_key_paid_for_is_marked() -> None:
    with road(always(BUSY), replies(hello()), own=[1]) as this:
        assert used(this.ask()).is_own_key
    with road(replies(hello()), replies(hello()), own=[1]) as this:
        assert not used(this.ask()).is_own_key


def test_an_overflow_skips_models_that_read_no_more() -> None:
    with road(always(OVERFLOW), replies(hello()), replies(hello()), context=[16_000, 8_000, 64_000]) as this:
        assert words(this.ask()) == "Hello!"
        assert this.asked == [1, 0, 1]


def test_an_overflow_everywhere_is_told_as_one() -> None:
    with road(always(OVERFLOW), always(OVERFLOW), context=[16_000, 32_000]) as this:
        assert this.fail()[1].cause is Cause.CONTEXT


def test_what_a_fallback_cannot_hold_is_not_sent_there() -> None:
    long = ChatRequest([{"role": "user", "content": "word " * 20_000}])
    with road(always(*FAILURES["503"]), replies(hello()), context=[128_000, 8_000]) as this:
        assert this.fail(long)[1].cause is Cause.DOWN
        assert this.asked[1] == 0


def test_a_model_without_tools_is_skipped_while_tools_are_needed() -> None:
    with road(always(BUSY), replies(hello()), replies(hello()), tools=["on", "off", "on"]) as this:
        this.ask(WITH_TOOLS)
        assert this.asked == [1, 0, 1]


def test_if_only_models_without_tools_are_left_it_says_so_for_a_talk_in_text() -> None:
    with road(always(BUSY), replies(hello()), tools=["on", "off"]) as this:
        assert this.fail(WITH_TOOLS)[1].cause is Cause.TOOLS
        assert words(this.ask()) == "Hello!"


def test_a_model_that_turns_out_to_take_no_tools_is_remembered_so() -> None:
    refuses = Plain(400, {"error": {"message": "tools are not supported", "code": 400}})
    asks = [*call(0, "ready", word="yes"), *end("tool_calls")]
    with road(replies(asks, [refuses]), replies(asks, hello()), tools=["auto", "auto"]) as this:
        assert this.model.speaks_tools(never)
        assert words(this.ask(WITH_TOOLS)) == "Hello!"
        assert not this.model._candidates[0].model.speaks_tools(never)


def test_a_probe_that_fails_moves_on_too() -> None:
    asks = [*call(0, "ready", word="yes"), *end("tool_calls")]
    with road(always(BUSY), replies(asks), tools=["auto", "auto"]) as this:
        assert this.model.speaks_tools(never)
        assert this.asked == [1, 1]


def test_when_all_are_busy_they_are_tried_again_as_soon_as_one_allows() -> None:
    with road(replies([BUSY], hello()), always(*FAILURES["503"])) as this:
        assert words(this.ask()) == "Hello!"
        assert this.slept == pytest.approx(2)
        assert this.asked == [2, 1]


def test_when_nobody_answers_the_first_reason_is_told() -> None:
    with road(always(*FAILURES["402"]), always(*FAILURES["503"])) as this:
        _, error = this.fail()
    assert str(error).startswith("None of 2 models answered. The model server at 127.0.0.1 says that its credit")
    assert error.cause is Cause.CREDIT


def test_a_single_model_tries_again_by_itself_and_fails_in_its_own_words() -> None:
    with road(always(BUSY)) as this:
        assert str(this.fail()[1]).startswith("model-0 is busy")
        assert this.asked == [4]


def test_a_refused_key_of_ones_own_is_said_to_be_ones_own() -> None:
    with road(always(*FAILURES["401"]), own=[0]) as this:
        assert "your key" in this.fail()[1].message


def test_what_fails_again_and_again_is_not_asked_in_the_next_turn() -> None:
    with road(always(*FAILURES["503"]), replies(hello())) as this:
        for _ in range(3):
            RoutedModel(this.model._candidates, this.breakers).stream(REQUEST, never)
            list(RoutedModel(this.model._candidates, this.breakers).stream(REQUEST, never))
        assert this.asked == [3, 3]
        list(RoutedModel(this.model._candidates, this.breakers).stream(REQUEST, never))
        assert this.asked == [3, 4]


def test_a_key_that_is_refused_is_not_tried_a_second_time() -> None:
    with road(always(*FAILURES["401"]), replies(hello())) as this:
        list(RoutedModel(this.model._candidates, this.breakers).stream(REQUEST, never))
        list(RoutedModel(this.model._candidates, this.breakers).stream(REQUEST, never))
        assert this.asked == [1, 2]


def test_a_refusal_says_nothing_about_the_model() -> None:
    with road(always(*FAILURES["refusal by status"]), replies(hello())) as this:
        this.ask()
        assert this.breakers.states(["test/model-0"])["test/model-0"].failures == 0


def test_when_all_breakers_are_open_all_are_tried() -> None:
    with road(replies(hello()), replies(hello())) as this:
        for target in ("test/model-0", "test/model-1"):
            this.breakers.failed(target, "It broke.", at_once=True)
        assert words(this.ask()) == "Hello!"
        assert this.asked == [1, 0]


def test_an_answer_closes_the_breaker() -> None:
    with road(replies(hello()), replies(hello())) as this:
        this.breakers.failed("test/model-0", "It broke.")
        this.ask()
        assert this.breakers.states(["test/model-0"])["test/model-0"].failures == 0


def test_thoughts_of_one_model_are_not_sent_to_another() -> None:
    talk = ChatRequest([*REQUEST.messages, {"role": "assistant", "content": "Hm", "reasoning": "I think"}])
    with road(replies(hello(), [BUSY]), replies(hello())) as this:
        this.ask()
        this.ask(talk)
        assert "reasoning" in this.servers[0].requests[1].messages[1]
        assert "reasoning" not in this.servers[1].requests[0].messages[1]


def test_stopping_ends_it_without_asking_the_next() -> None:
    stops = iter([False, False, True, True, True, True, True])
    with road(always(*FAILURES["503"]), replies(hello())) as this:
        pieces = list(this.model.stream(REQUEST, lambda: next(stops, True)))
    assert pieces[-1] == Finished(Ending.STOPPED)
    assert this.asked[1] == 0


def test_no_more_is_asked_for_than_the_fallback_may_write() -> None:
    asked = ChatRequest(REQUEST.messages, max_output_tokens=30_000)
    with road(always(BUSY), replies(hello())) as this:
        this.servers[1].listed = [{"id": "model-1", "top_provider": {"max_completion_tokens": 4_000}}]
        this.ask(asked)
        assert this.servers[1].requests[0].body["max_tokens"] == 4_000
