"""Whole apps written through the real client, by a server that behaves and by one that does not."""

import pytest

from overskill.clients.bundler import Diagnostic
from overskill.clients.model_errors import Endpoint
from overskill.clients.model_memory import ModelMemory
from overskill.clients.models import ModelFailed, OneModel
from overskill.clients.openai_compatible import OpenAICompatible
from overskill.services.generation.events import Kind
from overskill.services.generation.model_author import ModelAuthor
from tests.model_scenarios import FAULTS, SCENARIOS, app, app_files, failing
from tests.model_server import ModelServer, Script
from tests.services.generation.writing import Written, app_and_turn, play

FINAL = {"out-of-credit", "wrong-key"}


def write(
    script: Script, *, tools: str = "auto", files: dict[str, str] | None = None, silence: float = 60, **facts: object
) -> Written:
    staging, turn = app_and_turn("a recipe book", files, **facts)
    with ModelServer(script) as server:
        model = OpenAICompatible(
            Endpoint(server.url, "scripted"),
            "key",
            memory=ModelMemory(),
            tools=tools,  # type: ignore[arg-type]
            silence=silence,
            sleep=lambda _: None,
        )
        return play(ModelAuthor(OneModel(model)), turn, staging)


def own_files(written: Written) -> dict[str, str]:
    return {path: content for path, content in written.staging.items() if path in app_files()}


@pytest.mark.parametrize("tools", ["auto", "off"])
def test_a_whole_app_is_written_as_it_was_sent(tools: str) -> None:
    written = write(app(), tools=tools)
    assert own_files(written) == app_files()
    assert written.refused == []
    assert written.of(Kind.NAME)[0].text == "Copper Pot"
    assert len(written.of(Kind.PLAN)[0].data["steps"]) == 4
    assert "oklch(0.53 0.14 42)" in written.staging["src/index.css"]
    assert written.prose.startswith("A recipe book that also plans your week")
    assert "Copper Pot is ready" in written.prose
    assert "os-" not in written.prose


@pytest.mark.parametrize("tools", ["auto", "off"])
def test_a_follow_up_changes_what_is_there(tools: str) -> None:
    written = write(app(), tools=tools, files=app_files(), is_first=False)
    assert len(written.of(Kind.EDIT)) == 9
    assert written.refused == []
    assert "easiest" in written.staging["src/features/recipes/search.ts"]


@pytest.mark.parametrize("tools", ["auto", "off"])
def test_errors_are_repaired(tools: str) -> None:
    broken = write(app(broken=True), tools=tools)
    page = "src/pages/RecipePage.tsx"
    assert broken.staging[page] != app_files()[page]
    wrong = (Diagnostic(page, "There is no file @/features/recipes/RatingStars", 11, 24, "unresolved"),)
    mended = write(app(broken=True), tools=tools, files=dict(broken.staging), feedback=wrong)
    assert own_files(mended) == app_files()


@pytest.mark.parametrize("name", sorted(set(FAULTS) - FINAL))
def test_a_failure_that_passes_ends_in_the_same_app(name: str) -> None:
    written = write(SCENARIOS[name](), silence=2 if name == "silence" else 60)
    assert own_files(written) == app_files()
    assert written.staging.incomplete == ()


@pytest.mark.parametrize("name", ["cut", "error-after-text", "json", "length"])
def test_a_failure_in_the_middle_of_a_text_ends_in_the_same_app(name: str) -> None:
    written = write(SCENARIOS[name](), tools="off")
    assert own_files(written) == app_files()
    assert written.staging.incomplete == ()


@pytest.mark.parametrize("name", sorted(FINAL))
def test_a_failure_that_lasts_ends_in_its_sentence(name: str) -> None:
    with pytest.raises(ModelFailed, match=r"credit is used up|API key"):
        write(SCENARIOS[name]())


def test_an_interrupted_turn_goes_on_with_what_is_missing() -> None:
    done = dict(list(app_files().items())[:20])
    written = write(app(), files=done, completed=tuple(done))
    assert [event.path for event in written.of(Kind.CLOSE)] == list(app_files())[20:]


def test_several_failures_in_a_row_are_survived() -> None:
    fault, _ = FAULTS["cut"]
    written = write(failing(fault, times=3))
    assert own_files(written) == app_files()
