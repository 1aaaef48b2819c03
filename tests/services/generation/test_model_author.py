"""The author that is a model: what it is told, what it sends back, and how it goes on after a failure."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from overskill.clients.bundler import Diagnostic
from overskill.clients.models import (
    Cause,
    Ending,
    FakeChatModel,
    Finished,
    ModelFailed,
    ModelRole,
    OneModel,
    Piece,
    Text,
    Used,
)
from overskill.errors import Unavailable
from overskill.services.generation.briefing import available_packages
from overskill.services.generation.events import Kind
from overskill.services.generation.model_author import ModelAuthor
from tests.services.generation.writing import Written, app_and_turn, play, stop_after
from tests.services.packages.shelves import FakeShelf, release

call, end = FakeChatModel.call, FakeChatModel.end
FINISH = [*call(9, "finish"), *end(Ending.TOOL_CALLS)]


def write(index: int, path: str, content: str = "export const a = 1;\n") -> list[Piece]:
    return call(index, "write_file", path=path, content=content)


def broken(cause: Cause = Cause.CUT, *, partial: bool = True) -> ModelFailed:
    error = ModelFailed("It broke.", cause=cause, retryable=True)
    error.partial = partial
    return error


def sent(model: FakeChatModel, request: int = -1) -> str:
    """The last message of a request."""
    return str(model.requests[request].messages[-1]["content"])


def results(model: FakeChatModel, request: int = -1) -> list[str]:
    return [str(message["content"]) for message in model.requests[request].messages if message["role"] == "tool"]


def write_app(model: FakeChatModel, prompt: str = "a plant diary", **facts: object) -> Written:
    staging, turn = app_and_turn(prompt, **facts)  # type: ignore[arg-type]
    return play(ModelAuthor(OneModel(model)), turn, staging)


def test_tool_calls_become_files_a_plan_and_a_name() -> None:
    plan = call(0, "set_plan", summary="A diary", steps=["List plants"])
    model = FakeChatModel([[Text("On it."), *plan, *call(1, "set_name", name="Leafy"), *write(2, "src/a.ts"), *FINISH]])
    written = write_app(model)
    assert written.staging.changes() == {"src/a.ts": "export const a = 1;\n"}
    assert [event.kind for event in written.events if event.kind is not Kind.DELTA] == [
        Kind.PROSE,
        Kind.PLAN,
        Kind.NAME,
        Kind.OPEN,
        Kind.CLOSE,
        Kind.USAGE,
    ]
    assert len(model.requests) == 1


def test_what_was_used_is_told_once_an_answer() -> None:
    model = FakeChatModel(
        [[*write(0, "src/a.ts"), *end(Ending.TOOL_CALLS, tokens_in=7, tokens_out=3)], [Text("Done."), *end()]]
    )
    written = write_app(model)
    assert [event.data["tokens_in"] for event in written.of(Kind.USAGE)] == [7, 10]
    assert written.of(Kind.USAGE)[0].data["model"] == "fake/model"


@dataclass
class ModelsByRole:
    by_role: dict[ModelRole, FakeChatModel]
    avoided: Sequence[str] = ()

    def of(self, role: ModelRole, *, avoid: Sequence[str] = ()) -> FakeChatModel:
        self.avoided = avoid
        return self.by_role[role]


def test_an_app_is_written_by_the_model_that_builds_and_mended_by_the_one_that_fixes() -> None:
    build, fix = FakeChatModel([[*write(0, "src/a.ts"), *FINISH]]), FakeChatModel([[*write(0, "src/a.ts"), *FINISH]])
    author = ModelAuthor(ModelsByRole({ModelRole.BUILD: build, ModelRole.FIX: fix}))
    staging, turn = app_and_turn("a plant diary")
    assert play(author, turn, staging).of(Kind.USAGE)[0].data["role"] == "build"
    staging, turn = app_and_turn("a plant diary", feedback=(Diagnostic("src/a.ts", "Wrong"),))
    assert play(author, turn, staging).of(Kind.USAGE)[0].data["role"] == "fix"


def test_a_repair_avoids_the_models_that_repaired_in_vain() -> None:
    models = ModelsByRole({ModelRole.FIX: FakeChatModel([[*write(0, "src/a.ts"), *FINISH]])})
    staging, turn = app_and_turn("a diary", feedback=(Diagnostic("src/a.ts", "Wrong"),), avoid=("fake/other",))
    play(ModelAuthor(models), turn, staging)
    assert models.avoided == ("fake/other",)


def test_what_ones_own_key_paid_for_is_told_apart() -> None:
    used = Used("fake/model", 7, 3, is_own_key=True)
    model = FakeChatModel([[*write(0, "src/a.ts"), *call(9, "finish"), used, Finished(Ending.TOOL_CALLS)]])
    assert write_app(model).of(Kind.USAGE)[0].data["is_own_key"] is True


def test_each_call_gets_its_result() -> None:
    model = FakeChatModel([[*write(0, "src/a.ts"), *write(1, "src/b.ts"), *end(Ending.TOOL_CALLS)], FINISH])
    write_app(model)
    assert results(model) == ["Written.", "Written."]


def test_prose_of_two_answers_is_two_paragraphs() -> None:
    first = [Text("I begin."), *write(0, "src/a.ts"), *end(Ending.TOOL_CALLS)]
    model = FakeChatModel([first, [Text("Rea"), Text("dy."), *end()]])
    assert write_app(model).prose == "I begin.\n\nReady."


def test_a_refused_file_goes_back_with_the_reason_and_is_not_finished_over() -> None:
    bad = [*write(0, "../evil.ts"), *FINISH]
    model = FakeChatModel([bad, [*write(0, "src/good.ts"), *FINISH]])
    written = write_app(model)
    assert "Refused" in results(model)[0]
    assert "not a path inside the app" in results(model)[0]
    assert list(written.staging.changes()) == ["src/good.ts"]
    assert len(written.refused) == 1


def test_a_refused_edit_names_the_closest_lines_and_the_applied_ones_stay() -> None:
    edits = [{"search": "one\n", "replace": "1\n"}, {"search": "tow\n", "replace": "2\n"}]
    model = FakeChatModel([[*call(0, "edit_file", path="src/a.ts", edits=edits), *FINISH], FINISH])
    written = write_app(model, "change it", files={"src/a.ts": "one\ntwo\n"}, is_first=False)
    assert written.staging["src/a.ts"] == "1\ntwo\n"
    assert results(model)[0].startswith("Applied.\nRefused: src/a.ts: The search text is not in the file. The closest")


def test_a_call_that_is_no_json_goes_back() -> None:
    broken_call = call(0, "write_file", path="src/a.ts", content="x")
    broken_call[2:3] = []
    model = FakeChatModel([[*broken_call, *end(Ending.TOOL_CALLS)], [*write(0, "src/a.ts"), *FINISH]])
    written = write_app(model)
    assert "not valid JSON" in results(model)[0]
    (made,) = model.requests[1].messages[-2]["tool_calls"]
    assert made["function"]["arguments"] == "{}"
    assert list(written.staging.changes()) == ["src/a.ts"]


def test_a_package_that_is_not_there_is_refused_with_advice() -> None:
    model = FakeChatModel([[*call(0, "add_dependency", packages=["left-pad@1.0"]), *FINISH], FINISH])
    written = write_app(model, is_first=False, completed=("src/a.ts",))
    assert "left-pad can't be had here" in results(model)[0]
    assert [event.data["add"] for event in written.of(Kind.PACKAGES)] == [[]]


def test_a_package_is_recorded_with_the_version_that_apps_get() -> None:
    model = FakeChatModel([[*call(0, "add_dependency", packages=["zustand", "@dnd-kit/core@1"]), *FINISH]])
    manifest = json.loads(write_app(model, is_first=False).staging["package.json"])
    assert manifest["dependencies"]["zustand"] == f"^{available_packages()['zustand']}"
    assert manifest["dependencies"]["@dnd-kit/core"] == f"^{available_packages()['@dnd-kit/core']}"


def test_a_package_beyond_the_list_is_added_at_one_version_and_said() -> None:
    fake = FakeShelf()
    fake.registry.add(release("globe-gl", "2.1.0"))
    wish = call(0, "add_dependency", packages=["globe-gl", "zustand"])
    model = FakeChatModel([[*wish, *end(Ending.TOOL_CALLS)], FINISH])
    written = write_app(model, is_first=False, shelf=fake.with_rules())
    assert json.loads(written.staging["package.json"])["dependencies"]["globe-gl"] == "2.1.0"
    assert results(model)[0] == "Added globe-gl 2.1.0, MIT, 11 KB."


def test_a_lookalike_is_refused_with_what_was_likely_meant_and_told_to_who_follows() -> None:
    sentence = "three.js looks like three, but is another package. Did you mean three?"
    wish = call(0, "add_dependency", packages=["three.js"])
    model = FakeChatModel([[*wish, *end(Ending.TOOL_CALLS)], FINISH])
    written = write_app(model, is_first=False, completed=("src/a.ts",), shelf=FakeShelf().with_rules())
    assert results(model)[0] == f"Refused: {sentence}"
    assert [event.data["refused"] for event in written.of(Kind.PACKAGES)] == [[sentence]]


def test_a_file_can_be_read_in_the_state_the_turn_left_it_in() -> None:
    asks = [*write(0, "src/a.ts", "fresh"), *call(1, "read_file", path="src/a.ts"), *end(Ending.TOOL_CALLS)]
    model = FakeChatModel([asks, FINISH])
    write_app(model)
    assert results(model)[1] == "fresh"


def test_files_can_be_listed_and_searched() -> None:
    asks = [*call(0, "list_files", folder="src/lib"), *call(1, "search_files", text="createCollection<")]
    model = FakeChatModel([[*asks, *end(Ending.TOOL_CALLS)], [*write(0, "src/a.ts"), *FINISH]])
    write_app(model)
    assert "src/lib/collection.ts (" in results(model, 1)[0]
    assert "src/lib/collection.ts:" in results(model, 1)[1]


def test_an_answer_that_breaks_off_is_resumed_from_what_is_complete() -> None:
    half = write(1, "src/b.ts")[:2]
    model = FakeChatModel([[*write(0, "src/a.ts"), *half, broken()], [*write(0, "src/b.ts"), *FINISH]])
    written = write_app(model)
    assert set(written.staging.changes()) == {"src/a.ts", "src/b.ts"}
    assert "complete is kept and shows in the preview already: src/a.ts." in sent(model)
    assert "src/b.ts broke off in the middle" in sent(model)
    assert [event.path for event in written.of(Kind.BAD)] == ["src/b.ts"]
    calls = [call for message in model.requests[1].messages for call in message.get("tool_calls", ())]
    assert len(calls) == 1


def test_an_answer_that_is_too_long_is_resumed() -> None:
    model = FakeChatModel([[*write(0, "src/a.ts"), *end(Ending.LENGTH)], [*write(0, "src/b.ts"), *FINISH]])
    written = write_app(model)
    assert set(written.staging.changes()) == {"src/a.ts", "src/b.ts"}
    assert "reached its greatest length" in sent(model)


def test_breaking_off_again_and_again_ends_the_turn() -> None:
    model = FakeChatModel([[*write(0, "src/a.ts")[:2], broken()]] * 9)
    with pytest.raises(Unavailable, match="broke off again and again"):
        write_app(model)
    assert len(model.requests) == 3


def test_a_failure_before_anything_came_is_raised_and_what_was_complete_stays() -> None:
    model = FakeChatModel([[*write(0, "src/a.ts"), *end(Ending.TOOL_CALLS)], [broken(Cause.CREDIT, partial=False)]])
    staging, turn = app_and_turn("a plant diary")
    with pytest.raises(ModelFailed):
        play(ModelAuthor(OneModel(model)), turn, staging)
    assert list(staging.changes()) == ["src/a.ts"]


def test_stopping_ends_the_turn_without_another_question() -> None:
    model = FakeChatModel([[*write(0, "src/a.ts"), *write(1, "src/b.ts"), *FINISH]])
    staging, turn = app_and_turn("a plant diary", should_stop=stop_after(7))
    play(ModelAuthor(OneModel(model)), turn, staging)
    assert list(staging.changes()) == ["src/a.ts"]
    assert len(model.requests) == 1


def test_a_model_that_answers_with_code_is_reminded_of_its_tools() -> None:
    chatter = [Text("```tsx\nexport default App\n```"), *end()]
    model = FakeChatModel([chatter, [*write(0, "src/a.ts"), *FINISH]])
    assert list(write_app(model).staging.changes()) == ["src/a.ts"]
    assert "called no tool that writes" in sent(model)


def test_a_model_that_ignores_its_tools_is_asked_in_text_from_then_on() -> None:
    chatter = [Text("```tsx\nexport default App\n```"), *end()]
    in_text = [Text('<os-write path="src/a.ts">\nx\n</os-write>\n'), *end()]
    model = FakeChatModel([chatter, chatter, in_text])
    assert write_app(model).staging.changes() == {"src/a.ts": "x\n"}
    assert not model.tools
    assert model.requests[2].tools == ()


def test_a_model_that_refuses_tools_is_asked_in_text() -> None:
    in_text = [Text('<os-write path="src/a.ts">\nx\n</os-write>\n<os-finish/>'), *end()]
    model = FakeChatModel([[broken(Cause.TOOLS, partial=False)], in_text])
    assert list(write_app(model).staging.changes()) == ["src/a.ts"]
    assert not model.tools


def test_a_model_that_writes_nothing_at_all_is_reported() -> None:
    model = FakeChatModel([[Text("Sure, I will!"), *end()]] * 4)
    with pytest.raises(Unavailable, match="wrote no app"):
        write_app(model)


def test_one_answer_in_prose_is_no_proof_against_tools() -> None:
    model = FakeChatModel([[Text("I would rather not."), *end()]] * 4)
    with pytest.raises(Unavailable):
        write_app(model)
    assert model.tools


def test_a_repair_that_finds_nothing_to_do_changes_nothing() -> None:
    model = FakeChatModel([[Text("It looks right to me."), *end()]] * 2)
    written = write_app(model, feedback=(Diagnostic("src/a.ts", "Wrong"),))
    assert written.staging.changes() == {}
    assert model.tools


def test_a_question_is_answered_and_changes_nothing() -> None:
    model = FakeChatModel([[Text("It keeps everything in this browser."), *end()]])
    written = write_app(model, "where is my data?", is_first=False)
    assert written.prose == "It keeps everything in this browser."
    assert written.staging.changes() == {}


def test_errors_are_given_back_with_the_files_they_are_in() -> None:
    wrong = (
        Diagnostic("src/a.ts", "Cannot find module './b'", 1, 8, "unresolved"),
        Diagnostic("src/index.css", "Unknown word"),
    )
    fix = call(0, "edit_file", path="src/a.ts", edits=[{"search": "./b", "replace": "./c"}])
    model = FakeChatModel([[*fix, *FINISH]])
    written = write_app(model, files={"src/a.ts": 'import "./b";\n'}, feedback=wrong)
    assert written.staging["src/a.ts"] == 'import "./c";\n'
    assert "- src/a.ts:1: Cannot find module './b'\n- src/index.css: Unknown word" in sent(model, 0)
    assert '<file path="src/a.ts">\nimport "./b";' in sent(model, 0)


def test_what_an_interrupted_turn_completed_is_not_asked_for_again() -> None:
    model = FakeChatModel([[*write(0, "src/b.ts"), *FINISH]])
    write_app(model, files={"src/a.ts": "a"}, completed=("src/a.ts",))
    assert "shows in the preview already: src/a.ts." in sent(model, 0)


def test_a_turn_takes_a_bounded_number_of_rounds() -> None:
    looks = [*call(0, "list_files"), *end(Ending.TOOL_CALLS)]
    model = FakeChatModel([[*write(0, "src/a.ts"), *end(Ending.TOOL_CALLS)], *[looks] * 40])
    assert "so I stopped here" in write_app(model).prose
    assert len(model.requests) == 40


def test_a_turn_whose_rounds_changed_nothing_has_failed() -> None:
    model = FakeChatModel([[*call(0, "list_files"), *end(Ending.TOOL_CALLS)]] * 41)
    with pytest.raises(Unavailable, match="took 40 steps and changed nothing"):
        write_app(model)


def test_a_model_that_sends_only_what_is_refused_is_not_asked_for_ever() -> None:
    model = FakeChatModel([[*write(0, "/etc/passwd"), *end(Ending.TOOL_CALLS)]] * 41)
    with pytest.raises(Unavailable, match="could not be used 6 times in a row"):
        write_app(model)


def test_a_model_that_finishes_before_it_wrote_anything_is_reminded() -> None:
    model = FakeChatModel([FINISH, [*write(0, "src/a.ts"), *FINISH]])
    assert list(write_app(model).staging.changes()) == ["src/a.ts"]


def test_a_follow_up_without_a_word_or_a_change_has_failed() -> None:
    with pytest.raises(Unavailable, match="said and changed nothing"):
        write_app(FakeChatModel([list(end())] * 4), is_first=False)


def in_text(*answers: str, **facts: object) -> tuple[Written, FakeChatModel]:
    model = FakeChatModel([[Text(answer), *end()] for answer in answers], tools=False)
    return write_app(model, **facts), model  # type: ignore[arg-type]


def test_a_model_without_tools_writes_in_text() -> None:
    written, model = in_text('Here.\n<os-name>Leafy</os-name>\n<os-write path="src/a.ts">\nx\n</os-write>\nDone.')
    assert written.staging.changes() == {"src/a.ts": "x\n"}
    assert written.prose == "Here.\nDone."
    assert written.of(Kind.NAME)[0].text == "Leafy"
    assert model.requests[0].tools == ()
    assert "<os-write" in str(model.requests[0].messages[0]["content"])


def test_blank_lines_between_tags_are_not_said() -> None:
    files = "\n\n\n".join(f'<os-write path="src/{name}.ts">\nx\n</os-write>' for name in "abcd")
    written, _ = in_text(f"\nHere.\n\n{files}\n\n\n\nDone.\n<os-finish/>")
    assert written.prose == "Here.\n\n\nDone.\n"


def test_what_could_not_be_used_of_a_text_goes_back() -> None:
    edit = '<os-edit path="src/none.ts">\n<<<<<<< SEARCH\na\n=======\nb\n>>>>>>> REPLACE\n</os-edit>\n'
    _, model = in_text(edit, "It stays as it is.\n<os-finish/>", is_first=False)
    assert "Refused: There is no file src/none.ts." in sent(model)


def test_a_file_that_is_refused_in_text_is_not_shown_further() -> None:
    written, _ = in_text(
        '<os-write path="/etc/a.ts">\nx\ny\n</os-write>\n', '<os-write path="src/a.ts">\nx\n</os-write>'
    )
    assert len(written.refused) == 1
    assert list(written.staging.changes()) == ["src/a.ts"]


def test_a_text_that_asks_for_a_file_gets_it() -> None:
    _, model = in_text('<os-read path="src/lib/cn.ts"/>', '<os-write path="src/a.ts">\nx\n</os-write>')
    assert "read_file src/lib/cn.ts:\n" in sent(model)
    assert "twMerge" in sent(model)


def test_a_text_that_breaks_off_is_resumed() -> None:
    half = '<os-write path="src/a.ts">\nx\n</os-write>\n<os-write path="src/b.ts">\nhalf'
    rest = [Text('<os-write path="src/b.ts">\nwhole\n</os-write>\n<os-finish/>'), *end()]
    model = FakeChatModel([[Text(half), broken()], rest], tools=False)
    written = write_app(model)
    assert written.staging.changes() == {"src/a.ts": "x\n", "src/b.ts": "whole\n"}
    assert "already: src/a.ts." in sent(model)
    assert "src/b.ts broke off in the middle" in sent(model)
