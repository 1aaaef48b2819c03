"""A recorded turn once more, through today's code: no model is asked, nothing is saved."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from overskill.clients.bundler import Bundler, Diagnostic
from overskill.clients.model_answer import Answer, from_told
from overskill.clients.model_errors import Cause, Endpoint, ModelFailed, failed
from overskill.clients.models import ChatRequest, Ending, Finished, ModelRole, Piece, Reasoning, Started, Used
from overskill.errors import OverskillError
from overskill.services.apps.files import checksum
from overskill.services.generation.brief import Brief
from overskill.services.generation.events import Author, Event, Kind, PastMessage, Turn
from overskill.services.generation.model_author import ModelAuthor
from overskill.services.generation.preview import PreviewFeed
from overskill.services.generation.recipes import RecipeAuthor
from overskill.services.generation.recording import Recording
from overskill.services.generation.staging import Staging
from overskill.services.generation.writing import Writer
from overskill.services.packages.shelf import Shelf

CONTEXT_TOKENS = 128_000
OUTPUT_TOKENS = 32_000
_PROBE = "ready"
_OVER = "Nothing more was recorded of this turn."


@dataclass
class ReplayedModel:
    """A ChatModel that says again what was heard, call by call. It is every role of a turn."""

    calls: list[Mapping[str, Any]]
    name: str = "replayed"
    asked: int = 0

    def __post_init__(self) -> None:
        self.calls = [call for call in self.calls if not _is_probe(call)]

    def of(self, role: ModelRole, *, avoid: Sequence[str] = ()) -> "ReplayedModel":  # noqa: ARG002
        """Implements Models."""
        return self

    def context_tokens(self) -> int:
        return CONTEXT_TOKENS

    def output_tokens(self) -> int:
        return OUTPUT_TOKENS

    def speaks_tools(self, should_stop: Callable[[], bool]) -> bool:  # noqa: ARG002  # the protocol's
        return self.asked < len(self.calls) and bool(self.calls[self.asked]["body"].get("tools"))

    def distrust_tools(self) -> None:
        pass

    def sees_pictures(self, should_stop: Callable[[], bool]) -> bool:  # noqa: ARG002  # the protocol's
        return False

    def stream(self, request: ChatRequest, should_stop: Callable[[], bool]) -> Iterator[Piece]:  # noqa: ARG002
        """As the live one does: a call that failed before anything of it was used is followed by the next."""
        endpoint = Endpoint("http://replay.invalid/v1", self.name)
        while True:
            if self.asked >= len(self.calls):
                raise failed(endpoint, Cause.DOWN, detail=_OVER)
            call = self.calls[self.asked]
            self.asked += 1
            reached = False
            try:
                for piece in _pieces(endpoint, call, should_stop):
                    reached = reached or not isinstance(piece, (Started, Reasoning, Used))
                    yield piece
            except ModelFailed as error:
                error.partial = reached
                if reached or self.asked >= len(self.calls):
                    raise
            else:
                return


def _is_probe(call: Mapping[str, Any]) -> bool:
    tools = call["body"].get("tools") or [{}]
    return bool(tools[0].get("function", {}).get("name") == _PROBE)


def _pieces(endpoint: Endpoint, call: Mapping[str, Any], should_stop: Callable[[], bool]) -> Iterator[Piece]:
    answer = Answer(endpoint, str(call["model"]))
    for kind, value in call["heard"]:
        if should_stop():
            break
        for piece in answer.take(from_told(kind, value)):
            if isinstance(piece, Finished):
                yield _used(answer, call)
            yield piece
        if answer.is_over:
            return
    yield Finished(Ending.STOPPED)  # the user stopped it here


def _used(answer: Answer, call: Mapping[str, Any]) -> Used:
    usage = answer.decoder.usage or {}
    cost = usage.get("cost")
    return Used(
        answer.decoder.model or str(call["model"]),
        int(usage.get("prompt_tokens") or 0),
        int(usage.get("completion_tokens") or 0),
        cost_micro=round(cost * 1_000_000) if isinstance(cost, (int, float)) else 0,
    )


@dataclass
class Notebook:
    """Writes a turn down in memory."""

    prose: list[str] = field(default_factory=list)
    notes: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    cost_micro: int = 0
    model: str = ""
    touched: set[str] = field(default_factory=set)  # paths that were not only written whole: edited, moved, repaired

    def take(self, event: Event) -> None:
        if event.kind is Kind.EDIT:
            self.touched.add(event.path)
        elif event.kind is Kind.RENAME:
            self.touched.add(str(event.data["to"]))
        elif event.kind is Kind.PACKAGES:
            self.touched.add("package.json")
        if event.kind is Kind.PROSE:
            self.prose.append(event.text)
        elif event.kind is Kind.USAGE:
            self.cost_micro += int(event.data.get("cost_micro") or 0)
            self.model = str(event.data.get("model") or self.model)

    def note(self, kind: str, /, **data: Any) -> None:
        self.notes.append((kind, data))
        if kind == "repaired":
            self.touched.update(repair["path"] for repair in data["repairs"])

    def begin_paragraph(self) -> None:
        pass


@dataclass(frozen=True)
class Replayed:
    files: Mapping[str, str]  # as they are when written by today's code
    before: Mapping[str, str]
    differing: tuple[str, ...]  # paths whose bytes are not the recorded ones
    error: str = ""  # how it ended, where it did not end well
    free_repairs: int = 0


def turn_of(inputs: Mapping[str, Any], files: Mapping[str, str], shelf: Shelf | None = None) -> Turn:
    return Turn(
        prompt=inputs["prompt"],
        app_name=inputs["app_name"],
        files=files,
        history=tuple(PastMessage(author, text) for author, text in inputs["history"]),
        is_first=inputs["is_first"],
        completed=tuple(inputs.get("completed", ())),
        locked=frozenset(inputs.get("locked", ())),
        brief=Brief.from_json(inputs["brief"]),
        plan=tuple(inputs["plan"]),
        shelf=shelf,
    )


def replay(recording: Recording, bundler: Bundler, key: str, shelf: Shelf | None = None) -> Replayed:
    """Write the turn again. The bundler repairs what needs no model; `key` is that of a preview nobody looks at.

    Packages that the turn added are added again, in the version that is newest today.
    """
    inputs = recording.inputs
    staging = Staging(inputs["files"], inputs.get("locked", ()))
    notebook = Notebook()
    feed = PreviewFeed(bundler, key, lambda: staging)
    writer = Writer(bundler, notebook, feed, staging, should_stop=lambda: False, shelf=shelf)
    turn = turn_of(inputs, staging, shelf)
    error, written = "", []
    try:
        for phase in recording.phases:
            author = _author(recording, phase["calls"])
            if phase["phase"] == "prepare":
                turn = _prepared(author, phase, turn)
            else:
                feedback = tuple(Diagnostic(**told) for told in phase["feedback"])
                completed = tuple(phase.get("completed", ()))
                asked = replace(turn, feedback=feedback, is_again=phase["is_again"], completed=completed)
                writer.write(author, asked)
                writer.repair(_present(staging))
                written.append(dict(staging))
    except OverskillError as failure:
        error = failure.message
        writer.repair(_present(staging))
    finally:
        bundler.close(key)
    back = recording.taken_back_to
    files = written[back - 1] if 0 < back <= len(written) else dict(staging)
    paths = sorted(files.keys() | recording.result.keys())
    differing = tuple(path for path in paths if _sum(files.get(path)) != recording.result.get(path, ""))
    return Replayed(files, inputs["files"], differing, error, writer.free_repairs.total())


def _author(recording: Recording, calls: list[Mapping[str, Any]]) -> Author:
    return RecipeAuthor() if recording.author == "recipe" else ModelAuthor(ReplayedModel(calls))


def _prepared(author: Author, phase: Mapping[str, Any], turn: Turn) -> Turn:
    try:
        for event in author.prepare(turn, may_ask=phase["may_ask"], must_plan=phase["must_plan"]):
            if event.kind is Kind.BRIEF:
                turn = replace(turn, brief=Brief.from_json(event.data))
            elif event.kind is Kind.PLAN:
                turn = replace(turn, plan=tuple(str(step) for step in event.data.get("steps", ())))
    except OverskillError:
        return turn  # as in the turn itself: it goes on without
    return turn


def _present(staging: Staging) -> list[str]:
    return [path for path, text in staging.changes().items() if text is not None]


def _sum(text: str | None) -> str:
    return "" if text is None else checksum(text)
