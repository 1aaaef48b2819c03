"""Whole apps written by several models, of which some fail: at real servers, through the real client."""

from contextlib import ExitStack

from overskill.clients.breakers import FakeBreakers
from overskill.clients.model_errors import Endpoint
from overskill.clients.model_memory import ModelMemory
from overskill.clients.models import OneModel
from overskill.clients.openai_compatible import OpenAICompatible
from overskill.clients.routed_model import Candidate, RoutedModel
from overskill.services.generation.events import Kind
from overskill.services.generation.model_author import ModelAuthor
from tests.model_scenarios import app, app_files
from tests.model_server import Asked, Cut, ModelServer, Plain, Script, call, delta
from tests.services.generation.writing import Written, app_and_turn, play

BUSY = Plain(429, {"error": {"message": "Rate limited", "code": 429}}, {"retry-after": "30"})


def write(*servers: tuple[Script, str]) -> tuple[Written, list[int]]:
    """What came of it, and how often each server was asked."""
    staging, turn = app_and_turn("a recipe book")
    with ExitStack() as stack:
        opened = [(stack.enter_context(ModelServer(script)), tools) for script, tools in servers]
        candidates = [
            Candidate(
                OpenAICompatible(
                    Endpoint(server.url, f"model-{place}"),
                    "key",
                    memory=ModelMemory(),
                    tools=tools,  # type: ignore[arg-type]
                    most_attempts=1,
                ),
                f"model-{place}",
            )
            for place, (server, tools) in enumerate(opened)
        ]
        model = RoutedModel(candidates, FakeBreakers(), sleep=lambda _: None)
        written = play(ModelAuthor(OneModel(model)), turn, staging)
        return written, [len(server.requests) for server, _ in opened]


def breaks_off(asked: Asked) -> list[object]:
    """One whole file, half of another, and silence for ever."""
    if asked.number:
        return [BUSY]
    first = call(0, "write_file", path="src/first.ts", content="export const first = 1;\n")
    half = list(call(1, "write_file", path="src/second.ts", content="export const second = 2;\n" * 9))[:-9]
    return [delta({"content": "I begin."}), *first, *half, Cut(abrupt=True)]


def test_the_next_model_goes_on_where_the_first_broke_off() -> None:
    written, asked = write((breaks_off, "on"), (app(), "on"))  # type: ignore[arg-type]
    changes = written.staging.changes()
    assert asked[0] == 1
    assert changes["src/first.ts"] == "export const first = 1;\n"
    assert "src/second.ts" not in changes
    assert {path: changes[path] for path in app_files()} == app_files()
    assert written.prose.startswith("I begin.")
    assert [event.data["model"] for event in written.of(Kind.USAGE)][-1] == "scripted"


def test_the_next_model_writes_it_all_when_the_first_says_nothing() -> None:
    written, asked = write((lambda _: [BUSY], "on"), (app(), "on"))
    assert {path: written.staging[path] for path in app_files()} == app_files()
    assert asked[0] == 1


def test_a_model_without_tools_goes_on_in_text() -> None:
    written, asked = write((breaks_off, "on"), (app(), "off"))  # type: ignore[arg-type]
    assert written.staging["src/first.ts"] == "export const first = 1;\n"
    assert {path: written.staging[path] for path in app_files()} == app_files()
    assert asked[1] > 0
