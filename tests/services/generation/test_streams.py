"""Every stream by hand (tests/data/streams) as a turn: real rows, credits and bundler. What types and a browser say is
known by sight (eyes.py); benchmarks/streams.py asks the real ones."""

from collections.abc import Callable, Generator, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby
from pathlib import Path
from typing import Literal
from uuid import UUID

import pytest
from sqlmodel import Session

from overskill import container
from overskill.clients.bundler import LocalBundler
from overskill.container import Container
from overskill.db import transaction
from overskill.errors import InvalidInput
from overskill.models import App, Generation, GenerationStatus, VersionCause
from overskill.services import apps
from overskill.services.billing.credit_ledger import balance
from overskill.services.generation import request_turn
from overskill.services.generation.evals import half_written, is_as_expected
from overskill.services.generation.events import Author, Event, Terms, Turn
from overskill.services.generation.model_author import ModelAuthor
from overskill.services.generation.replaying import ReplayedModel
from overskill.services.generation.streams import Stream, find_streams, read_stream
from tests.factories import make_app, make_user
from tests.services.generation.eyes import Eyes
from tests.services.generation.turn_rows import files_of, live, state_of

FOLDER = Path(__file__).parents[2] / "data" / "streams"
GROUPS = {name: list(paths) for name, paths in groupby(find_streams(FOLDER), lambda path: path.stem.partition("-")[0])}
MOST_SECONDS = 300.0  # on a busy machine; alone, the longest takes three


@dataclass(frozen=True)
class Price:
    price_out: float = 0.000002

    def cost_micro(self, tokens_in: int, tokens_out: int, tokens_cached: int) -> int:
        return tokens_in + tokens_out * 2


@dataclass(frozen=True)
class Unthinking:
    """Writes at once: streams begin with the first answer that writes."""

    author: Author
    kind: Literal["model"] = "model"

    def prepare(self, turn: Turn, *, may_ask: bool, must_plan: bool) -> Iterator[Event]:
        return iter(())

    def write(self, turn: Turn) -> Generator[Event, str | None, None]:
        yield from self.author.write(turn)

    def can_repair(self) -> bool:
        return True


@dataclass
class StreamAuthors:
    stream: Stream
    model: ReplayedModel = field(init=False)

    def __post_init__(self) -> None:
        self.model = ReplayedModel(list(self.stream.calls))

    def author_for(self, session: Session, team_id: UUID, user_id: UUID) -> Author:
        return Unthinking(ModelAuthor(self.model))  # type: ignore[return-value]

    def terms_for(self, session: Session, team_id: UUID, user_id: UUID) -> Terms:
        return Terms("model", Price())


@dataclass(frozen=True)
class Played:
    stream: Stream
    turn: Generation
    after: Mapping[str, str]
    credits_before: int
    credits_after: int
    entries: list[dict[str, object]]
    errors: tuple[str, ...]  # of the compiler, about the files as they are now

    @property
    def touched(self) -> set[str]:
        """Paths that were not only written whole."""
        found = {"package.json"}
        for entry in self.entries:
            match entry["k"]:
                case "repaired":
                    found.update(repair["path"] for repair in entry["repairs"])  # type: ignore[attr-defined]
                case "edit":
                    found.add(str(entry["path"]))
                case "rename":
                    found.add(str(entry["to"]))
        return found

    def wrong(self) -> Iterator[str]:
        """What is not as it has to be."""
        stream, turn = self.stream, self.turn
        has_failed, is_kept = turn.status is GenerationStatus.FAILED, turn.version is not None
        if not is_as_expected(stream, is_kept=is_kept, has_failed=has_failed):
            yield f"{turn.status}, version {turn.version}: {turn.error}"
        if has_failed != bool(turn.error):
            yield f"{turn.status}, and the chat says: {turn.error!r}"
        said = f"{turn.error} {''.join(str(entry.get('text', '')) for entry in self.entries)}"
        if stream.says not in said and "may cost" not in turn.error:
            yield f"not said: {stream.says}"
        if not self._is_paid_back():
            yield f"charged {turn.charged}, and {turn.refunded} paid back"
        if self.credits_before - self.credits_after != turn.charged - turn.refunded:
            yield "what was charged is not what is missing"
        yield from self._wrong_files(is_kept=is_kept)

    def _is_paid_back(self) -> bool:
        """All of a turn that failed; of one that is kept with what repairs did not mend, these repairs."""
        turn = self.turn
        if turn.status is GenerationStatus.FAILED:
            return turn.refunded == turn.charged
        if turn.repairs and turn.checks["types"]:
            return 0 < turn.refunded < turn.charged
        return turn.refunded == 0

    def _wrong_files(self, *, is_kept: bool) -> Iterator[str]:
        before = self.stream.files
        changes: dict[str, str | None] = {
            path: self.after.get(path)
            for path in before.keys() | self.after.keys()
            if before.get(path) != self.after.get(path)
        }
        if not is_kept and changes:
            yield f"no version, and changed: {sorted(changes)}"
        if is_kept and self.errors:
            yield f"a version that does not compile: {self.errors[0]}"
        if half := half_written(self.stream, changes, self.touched):
            yield f"half written: {half}"


@pytest.fixture
def play(services: Container, quick_bundler: LocalBundler, work: Callable[[], int]) -> Callable[[Stream], Played]:
    def app_of(stream: Stream) -> App:
        with transaction() as session:
            app = make_app(session, make_user(session), files=stream.files)
            if not stream.is_first:
                apps.save_version(session, app, note="Made", cause=VersionCause.GENERATION, author_id=app.creator_id)
            return app

    def credits_of(app: App) -> int:
        with transaction() as session:
            return balance(session, app.team_id, services.tariff).total

    def run(stream: Stream) -> Played:
        own = replace(services, authors=StreamAuthors(stream), bundler=quick_bundler, checker=Eyes())
        container.install(own)
        app = app_of(stream)
        before = credits_of(app)
        with transaction() as session:
            found = apps.app_to_change(session, app.creator_id, app.slug)
            turn = request_turn(session, found, app.creator_id, stream.prompt, intake=own.intake)
        work()
        entries = live(own, turn, count=1_000_000)
        files = files_of(app)
        applied = quick_bundler.open(app.preview_key, files)
        quick_bundler.close(app.preview_key)
        errors = tuple(f"{found.file}: {found.message}" for found in applied.diagnostics if found.severity == "error")
        return Played(stream, state_of(turn.id), files, before, credits_of(app), entries, errors)

    return run


@pytest.mark.parametrize("group", GROUPS)
def test_every_stream_ends_as_it_should(group: str, play: Callable[[Stream], Played]) -> None:
    wrong = []
    for path in GROUPS[group]:
        stream = read_stream(path)
        played = play(stream)
        wrong += [f"{stream.name}: {what}" for what in played.wrong()]
        took = (played.turn.finished_at - played.turn.started_at).total_seconds()  # type: ignore[operator]
        if took > MOST_SECONDS:
            wrong.append(f"{stream.name}: {took:.0f} s")
    assert not wrong, "\n".join(wrong)


def test_there_are_streams_of_every_kind() -> None:
    streams = [read_stream(path) for path in find_streams(FOLDER) if not path.stem.startswith("size-")]
    assert len(streams) >= 64
    assert {stream.expect for stream in streams} == {"works", "partly", "kept", "answered"}
    assert {stream.protocol for stream in streams} == {"tools", "text"}
    assert all(stream.about.endswith(".") for stream in streams)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('prompt = "x"\nexpect = "works"', "'about'"),
        ('about = "x"\nprompt = "x"\nexpect = "wonders"', "wonders"),
        ('about = "x"\nprompt = "x"\nexpect = "works"\n[[answer]]\n[[answer.part]]\nshout = "x"', "shout"),
        ("about = ", "Invalid"),
        ('about = "x"\nprompt = "x"\nexpect = "works"\nbase = "nowhere"', "nowhere"),
    ],
)
def test_a_file_that_is_no_stream_is_named(tmp_path: Path, text: str, reason: str) -> None:
    path = tmp_path / "odd.toml"
    path.write_text(text)
    with pytest.raises(InvalidInput, match=r"odd\.toml is no stream") as refused:
        read_stream(path)
    assert reason in refused.value.message


def test_a_folder_without_streams_says_what_it_should_hold(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="holds no streams"):
        find_streams(tmp_path)
    with pytest.raises(InvalidInput, match="There is no folder"):
        find_streams(tmp_path / "none")
