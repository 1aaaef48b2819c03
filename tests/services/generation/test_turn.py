"""A turn from request to end, with a scripted author, a fake bundler, real rows and a real log."""

from collections.abc import Callable, Iterator

import pytest

from overskill.clients.bundler import Diagnostic, FakeBundler
from overskill.clients.jobs import FakeJobQueue
from overskill.container import Container
from overskill.db import transaction
from overskill.errors import InvalidInput, LimitReached, Unavailable
from overskill.models import App, Generation, GenerationStatus
from overskill.services.generation import (
    list_turns,
    request_stop,
    turn_topic,
)
from overskill.services.generation.events import Event, Kind, Turn
from overskill.services.generation.requests import MOST_WAITING
from overskill.services.studio import delete
from tests.fake_author import FakeAuthor, says, writes
from tests.services.generation.turn_rows import files_of, live, state_of

Work = Callable[[], int]
SYNTAX_ERROR = Diagnostic("src/App.tsx", "Unexpected token", line=3, code="syntax")


def test_a_turn_writes_files_and_makes_a_version(
    services: Container, author: FakeAuthor, app: App, ask: Callable[..., Generation], work: Work
) -> None:
    author.scripts = [[says("On it."), *writes("src/App.tsx", "one\n"), *writes("src/Day.tsx", "two\n")]]
    turn = ask()
    work()
    done = state_of(turn.id)
    assert (done.status, done.version, done.author) == (GenerationStatus.SUCCEEDED, 1, "model")
    assert files_of(app)["src/Day.tsx"] == "two\n"
    with transaction() as session:
        view = list_turns(session, app.id)[0]
    assert view.answer == "On it."
    assert [(found.path, found.change) for found in view.files] == [
        ("src/App.tsx", "written"),
        ("src/Day.tsx", "written"),
    ]


def test_the_live_log_has_every_piece_in_order_and_ends_with_done(
    services: Container, author: FakeAuthor, ask: Callable[..., Generation], work: Work
) -> None:
    author.scripts = [[says("On "), says("it."), *writes("src/App.tsx", "one\n")]]
    turn = ask()
    work()
    entries = live(services, turn)
    assert "".join(str(entry["text"]) for entry in entries if entry["k"] == "prose") == "On it."
    kinds = [entry["k"] for entry in entries]
    assert kinds.index("open") < kinds.index("delta") < kinds.index("close")
    assert entries[-1] == {"k": "done", "status": "succeeded", "version": 1, "error": ""}


def test_the_live_log_of_a_turn_that_ended_is_soon_forgotten(
    services: Container, ask: Callable[..., Generation], work: Work
) -> None:
    turn = ask()
    work()
    assert 0 < services.redis.ttl(turn_topic(turn.id)) <= 600


def test_files_are_shown_as_drafts_while_the_turn_is_written(
    bundler: FakeBundler, author: FakeAuthor, app: App, ask: Callable[..., Generation], work: Work
) -> None:
    author.scripts = [writes("src/App.tsx", "one\n")]
    ask()
    work()
    assert bundler.apps[app.preview_key]["src/App.tsx"] == "one\n"


def test_the_edits_of_one_file_are_shown_as_one_change(
    bundler: FakeBundler, author: FakeAuthor, app: App, ask: Callable[..., Generation], work: Work
) -> None:
    def edit(search: str, replacement: str) -> Event:
        return Event(Kind.EDIT, "src/App.tsx", data={"search": search, "replace": replacement})

    shown: list[str] = []

    def script(_: Turn) -> Iterator[Event]:
        yield from writes("src/App.tsx", "imports\nuse\n")
        yield edit("use", "use Due")
        shown.append(bundler.apps[app.preview_key]["src/App.tsx"])
        yield edit("imports", "import Due")
        yield says("Done.")
        shown.append(bundler.apps[app.preview_key]["src/App.tsx"])

    author.scripts = [script]
    ask()
    work()
    assert shown == ["imports\nuse\n", "import Due\nuse Due\n"]


def test_a_rename_in_the_chat_renames_the_app(
    author: FakeAuthor, app: App, ask: Callable[..., Generation], work: Work
) -> None:
    author.scripts = [[Event(Kind.NAME, text="Streaky")]]
    ask("rename it to Streaky")
    work()
    with transaction() as session:
        assert session.get_one(App, app.id).name == "Streaky"


def test_an_app_is_called_by_its_name_while_it_is_written(
    author: FakeAuthor, app: App, ask: Callable[..., Generation], work: Work
) -> None:
    shown = []

    def looks(turn: Turn) -> Iterator[Event]:
        yield Event(Kind.NAME, text="Unbroken")
        with transaction() as session:
            shown.append(session.get_one(App, app.id).name)

    author.scripts = [looks]
    ask()
    work()
    assert shown == ["Unbroken"]


def test_an_answer_that_changes_nothing_makes_no_version(
    author: FakeAuthor, app: App, ask: Callable[..., Generation], work: Work
) -> None:
    author.scripts = [[says("I don't understand that.")]]
    turn = ask()
    work()
    assert (state_of(turn.id).status, state_of(turn.id).version) == (GenerationStatus.SUCCEEDED, None)


def test_a_refused_edit_is_told_to_the_author_and_changes_nothing(
    author: FakeAuthor, app: App, ask: Callable[..., Generation], work: Work
) -> None:
    author.scripts = [[Event(Kind.EDIT, "src/App.tsx", data={"search": "nowhere", "replace": "x"})]]
    before = files_of(app)
    ask()
    work()
    assert "nowhere" not in author.refusals[0]
    assert author.refusals
    assert files_of(app) == before


def test_compile_errors_go_back_to_the_author(
    bundler: FakeBundler, author: FakeAuthor, ask: Callable[..., Generation], work: Work
) -> None:
    def mend(turn: Turn) -> Iterator[Event]:
        bundler.diagnostics = ()
        yield from writes("src/App.tsx", "right\n")

    bundler.diagnostics = (SYNTAX_ERROR,)
    author.scripts = [writes("src/App.tsx", "wrong\n"), mend]
    turn = ask()
    work()
    assert author.turns[1].feedback == (SYNTAX_ERROR,)
    assert (state_of(turn.id).repairs, state_of(turn.id).error) == (1, "")


def breaks_off(turn: Turn) -> Iterator[Event]:
    yield from writes("src/App.tsx", "half\n")
    raise Unavailable("The model did not answer. Try again in a minute.")


def test_a_turn_ends_when_the_bundler_refuses_what_was_written(
    bundler: FakeBundler,
    author: FakeAuthor,
    app: App,
    ask: Callable[..., Generation],
    work: Work,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(key: str, changes: object, *, draft: bool = False) -> None:
        if changes or not draft:
            raise InvalidInput("The app's files are larger than 8 MB together. Remove some files.")

    before = files_of(app)
    monkeypatch.setattr(bundler, "update", refuse)
    author.scripts = [writes("src/App.tsx", "large\n")]
    turn = ask()
    work()
    assert state_of(turn.id).status is GenerationStatus.FAILED
    assert "larger than 8 MB" in state_of(turn.id).error
    assert files_of(app) == before


def test_what_a_failed_turn_completed_counts_when_it_compiles(
    author: FakeAuthor, app: App, ask: Callable[..., Generation], work: Work
) -> None:
    author.scripts = [breaks_off]
    turn = ask()
    work()
    assert (state_of(turn.id).status, state_of(turn.id).version) == (GenerationStatus.FAILED, 1)
    assert state_of(turn.id).error == "The model did not answer. Try again in a minute."
    assert files_of(app)["src/App.tsx"] == "half\n"


def test_a_failed_change_that_does_not_compile_leaves_the_app_as_it_was(
    bundler: FakeBundler, author: FakeAuthor, app: App, ask: Callable[..., Generation], work: Work
) -> None:
    ask()
    work()
    before = files_of(app)
    bundler.diagnostics = (SYNTAX_ERROR,)
    author.scripts = [breaks_off]
    turn = ask()
    work()
    assert (state_of(turn.id).status, state_of(turn.id).version) == (GenerationStatus.FAILED, None)
    assert files_of(app) == before
    assert bundler.apps[app.preview_key] == before


def test_a_bug_in_a_turn_ends_it_and_is_raised_for_the_log(
    author: FakeAuthor, ask: Callable[..., Generation], work: Work
) -> None:
    author.scripts = [RuntimeError("boom")]
    turn = ask()
    with pytest.raises(RuntimeError):
        work()
    assert state_of(turn.id).status is GenerationStatus.FAILED
    assert "our side" in state_of(turn.id).error


def test_stop_keeps_what_is_complete(
    services: Container, author: FakeAuthor, app: App, ask: Callable[..., Generation], work: Work
) -> None:
    def stopped_by_the_user(turn: Turn) -> Iterator[Event]:
        yield from writes("src/App.tsx", "complete\n")
        with transaction() as session:
            found = session.get_one(App, app.id)
            request_stop(session, found, generation.id, log=services.progress)
        yield Event(Kind.OPEN, "src/Half.tsx")
        while not turn.should_stop():
            yield Event(Kind.DELTA, "src/Half.tsx", "x")

    author.scripts = [stopped_by_the_user]
    generation = ask()
    work()
    assert state_of(generation.id).status is GenerationStatus.STOPPED
    assert files_of(app)["src/App.tsx"] == "complete\n"
    assert "src/Half.tsx" not in files_of(app)


def test_what_a_stopped_turn_cost_is_still_counted(
    services: Container, author: FakeAuthor, app: App, ask: Callable[..., Generation], work: Work
) -> None:
    def stopped(turn: Turn) -> Iterator[Event]:
        services.progress.raise_flag(turn_topic(generation.id))
        while not turn.should_stop():
            yield says(".")
        yield Event(Kind.USAGE, data={"model": "maker/one", "tokens_out": 5})

    author.scripts = [stopped]
    generation = ask()
    work()
    assert (state_of(generation.id).status, state_of(generation.id).tokens_out) == (GenerationStatus.STOPPED, 5)


def test_stopping_a_waiting_turn_ends_it_at_once(
    services: Container, author: FakeAuthor, app: App, ask: Callable[..., Generation], work: Work
) -> None:
    turn = ask()
    with transaction() as session:
        request_stop(session, session.get_one(App, app.id), turn.id, log=services.progress)
    work()
    assert state_of(turn.id).status is GenerationStatus.STOPPED
    assert author.turns == []


def test_deleting_an_app_stops_its_turns(
    services: Container, author: FakeAuthor, app: App, ask: Callable[..., Generation], work: Work
) -> None:
    def deleted_meanwhile(turn: Turn) -> Iterator[Event]:
        delete(app.creator_id, app.slug, services.publisher, shares=services.shares)
        while not turn.should_stop():
            yield says(".")

    author.scripts = [deleted_meanwhile]
    running, waiting = ask("first"), ask("second")
    work()
    assert [state_of(turn.id).status for turn in (running, waiting)] == [GenerationStatus.STOPPED] * 2


def test_turns_of_one_app_run_one_after_another(
    services: Container, author: FakeAuthor, ask: Callable[..., Generation], work: Work
) -> None:
    first, second = ask("first"), ask("second")
    queue = services.queue
    assert isinstance(queue, FakeJobQueue)
    queue.enqueued.reverse()  # the second's job happens to be delivered first
    work()
    assert [turn.prompt for turn in author.turns] == ["first", "second"]
    assert state_of(first.id).version == 1
    assert state_of(second.id).status is GenerationStatus.SUCCEEDED


def test_a_turn_does_not_hear_the_messages_that_wait_behind_it(
    author: FakeAuthor, ask: Callable[..., Generation], work: Work
) -> None:
    author.scripts = [[says("Done.")], [says("Done too.")]]
    ask("first")
    ask("second")
    work()
    heard = [[message.text for message in turn.history] for turn in author.turns]
    assert heard == [[], ["first", "Done."]]


def test_too_many_waiting_messages_are_refused(ask: Callable[..., Generation]) -> None:
    for _ in range(MOST_WAITING):
        ask()
    with pytest.raises(LimitReached):
        ask()


def test_usage_adds_up_over_a_turn(author: FakeAuthor, ask: Callable[..., Generation], work: Work) -> None:
    usage = {"model": "maker/one", "tokens_in": 100, "tokens_out": 20, "tokens_cached": 50, "cost_micro": 7}
    author.scripts = [[Event(Kind.USAGE, data=usage), Event(Kind.USAGE, data=usage)]]
    turn = ask()
    work()
    row = state_of(turn.id)
    assert (row.model, row.tokens_in, row.tokens_out, row.tokens_cached, row.cost_micro) == (
        "maker/one",
        200,
        40,
        100,
        14,
    )


def test_a_bundler_that_is_away_does_not_fail_the_turn(
    bundler: FakeBundler, app: App, ask: Callable[..., Generation], work: Work
) -> None:
    bundler.is_down = True
    turn = ask()
    work()
    assert state_of(turn.id).status is GenerationStatus.SUCCEEDED
