"""What becomes of a turn and of what people save while it is under way."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

import pytest
from sqlmodel import Session, select

from overskill import container
from overskill.clients.bundler import Applied, Diagnostic, FakeBundler, Repair, Repaired
from overskill.clients.package_store import FakePackageStore
from overskill.clients.registry import FakeRegistry
from overskill.container import Container
from overskill.db import transaction
from overskill.errors import NotFound
from overskill.models import App, AppVersion, FileBlob, Generation, GenerationStatus, VersionCause
from overskill.services.apps import checksum, save_version, write_files
from overskill.services.apps.bells import files_topic
from overskill.services.apps.locks import lock
from overskill.services.apps.saving import FileChange
from overskill.services.generation.events import Event, Turn
from overskill.services.generation.follow import turn_record
from overskill.services.packages import WithPackages
from overskill.services.studio_files import save
from tests.fake_author import FakeAuthor, writes
from tests.services.generation.turn_rows import files_of, live, state_of
from tests.services.packages.shelves import release

APP, DAY, MANIFEST = "src/App.tsx", "src/Day.tsx", "package.json"
LINES = "one\ntwo\nthree\nfour\nfive\n"
BROKEN = Diagnostic(APP, "Expected }", line=1, code="syntax")

Work = Callable[[], int]
Ask = Callable[..., Generation]


@pytest.fixture
def app(app: App) -> App:
    with transaction() as session:
        write_files(session, app.id, {APP: LINES})
        save_version(session, session.get_one(App, app.id), note="Written", cause=VersionCause.GENERATION)
    return app


@pytest.fixture
def edit(app: App, services: Container) -> Callable[..., None]:
    """Save a file as a person does in the code editor, who began with `base`."""

    def save_one(path: str, text: str | None, base: str | None = LINES) -> None:
        change = FileChange(path, text, checksum(base) if base is not None else None)
        with transaction() as session:
            save(session, app.creator_id, app.slug, [change], bundler=services.bundler, log=services.progress)

    return save_one


def version_of(session: Session, turn: Generation) -> AppVersion:
    number = state_of(turn.id).version
    return session.exec(select(AppVersion).where(AppVersion.app_id == turn.app_id, AppVersion.number == number)).one()


def test_what_both_change_in_different_places_is_merged(
    author: FakeAuthor, bundler: FakeBundler, app: App, ask: Ask, work: Work, edit: Callable[..., None]
) -> None:
    def script(_: Turn) -> Iterator[Event]:
        yield from writes(APP, LINES.replace("five", "FIVE"))
        edit(APP, LINES.replace("one", "ONE"))
        yield from writes(DAY, "day\n")

    author.scripts = [script]
    turn = ask("shout")
    work()
    merged = "ONE\ntwo\nthree\nfour\nFIVE\n"
    assert files_of(app)[APP] == bundler.apps[app.preview_key][APP] == merged
    assert files_of(app)[DAY] == "day\n"
    assert (state_of(turn.id).version, state_of(turn.id).conflicts) == (3, [])


def test_a_file_that_only_a_person_changed_stays_as_they_have_it(
    author: FakeAuthor, bundler: FakeBundler, app: App, ask: Ask, work: Work, edit: Callable[..., None]
) -> None:
    def script(_: Turn) -> Iterator[Event]:
        edit(APP, "mine\n")
        yield from writes(DAY, "day\n")

    author.scripts = [script]
    ask("a day")
    work()
    assert files_of(app)[APP] == bundler.apps[app.preview_key][APP] == "mine\n"
    assert bundler.apps[app.preview_key][DAY] == "day\n"


def conflicting(edit: Callable[..., None]) -> Callable[[Turn], Iterator[Event]]:
    def script(_: Turn) -> Iterator[Event]:
        yield from writes(APP, "the turn's\n")
        yield from writes(DAY, "day\n")
        edit(APP, "mine\n")

    return script


def test_where_both_change_the_same_lines_the_persons_text_stays(
    author: FakeAuthor, bundler: FakeBundler, app: App, ask: Ask, work: Work, edit: Callable[..., None]
) -> None:
    author.scripts = [conflicting(edit)]
    turn = ask("shout")
    work()
    assert files_of(app)[APP] == bundler.apps[app.preview_key][APP] == "mine\n"
    assert files_of(app)[DAY] == "day\n"
    assert state_of(turn.id).conflicts == [{"path": APP, "checksum": checksum("the turn's\n")}]
    with transaction() as session:
        assert session.get_one(FileBlob, checksum("the turn's\n")).content == "the turn's\n"


def test_a_conflict_is_told_while_pages_follow_and_afterwards(
    author: FakeAuthor, services: Container, app: App, ask: Ask, work: Work, edit: Callable[..., None]
) -> None:
    author.scripts = [conflicting(edit)]
    turn = ask("shout")
    work()
    told = {"k": "conflicts", "files": [{"path": APP, "checksum": checksum("the turn's\n")}]}
    assert told in live(services, turn)
    with transaction() as session:
        assert told in turn_record(session, app.creator_id, turn.id)
    [step] = [step for step in state_of(turn.id).steps if step["name"] == "save"]
    assert step["note"] == "Version 3. Kept as changed by hand: App.tsx"


def test_a_turn_of_which_nothing_is_left_makes_no_version(
    author: FakeAuthor, app: App, ask: Ask, work: Work, edit: Callable[..., None]
) -> None:
    def script(_: Turn) -> Iterator[Event]:
        yield from writes(APP, "the turn's\n")
        edit(APP, "mine\n")

    author.scripts = [script]
    turn = ask("shout")
    work()
    done = state_of(turn.id)
    assert (done.status, done.version, len(done.conflicts)) == (GenerationStatus.SUCCEEDED, None, 1)


def test_a_file_that_the_turn_changes_and_a_person_removes_is_a_conflict(
    author: FakeAuthor, app: App, ask: Ask, work: Work, edit: Callable[..., None]
) -> None:
    edit(DAY, "day\n", None)

    def script(_: Turn) -> Iterator[Event]:
        yield from writes(DAY, "better day\n")
        edit(DAY, None, "day\n")

    author.scripts = [script]
    turn = ask("shout")
    work()
    assert DAY not in files_of(app)
    assert [one["path"] for one in state_of(turn.id).conflicts] == [DAY]


def judge(
    bundler: FakeBundler, monkeypatch: pytest.MonkeyPatch, is_wrong: Callable[[Mapping[str, str | None]], bool]
) -> None:
    """Have the bundler find an error wherever the files it holds are wrong."""
    opens, updates = bundler.open, bundler.update

    def judged_open(key: str, files: Mapping[str, str]) -> Applied:
        bundler.diagnostics = (BROKEN,) if is_wrong(files) else ()
        return opens(key, files)

    def judged_update(key: str, changes: Mapping[str, str | None], *, draft: bool = False) -> Applied:
        bundler.diagnostics = (BROKEN,) if is_wrong({**bundler.apps.get(key, {}), **changes}) else ()
        return updates(key, changes, draft=draft)

    monkeypatch.setattr(bundler, "open", judged_open)
    monkeypatch.setattr(bundler, "update", judged_update)


def test_what_is_wrong_with_what_a_person_types_is_not_the_models_to_repair(
    author: FakeAuthor,
    bundler: FakeBundler,
    app: App,
    ask: Ask,
    work: Work,
    edit: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def script(_: Turn) -> Iterator[Event]:
        yield from writes(DAY, "day\n")
        edit(APP, "half a\n")

    author.scripts = [script]
    turn = ask("a day")
    judge(bundler, monkeypatch, lambda files: files.get(APP) == "half a\n")
    work()
    assert len(author.turns) == 1
    assert state_of(turn.id).status is GenerationStatus.SUCCEEDED
    assert bundler.apps[app.preview_key][APP] == "half a\n"


def test_what_does_not_compile_together_is_said(
    author: FakeAuthor,
    bundler: FakeBundler,
    ask: Ask,
    work: Work,
    edit: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def script(_: Turn) -> Iterator[Event]:
        yield from writes(DAY, "day\n")
        edit(APP, "mine\n")

    author.scripts = [script]
    turn = ask("shout")
    judge(bundler, monkeypatch, lambda files: files.get(APP) == "mine\n" and DAY in files)
    work()
    assert state_of(turn.id).error == "With what was changed by hand it does not compile: src/App.tsx:1: Expected }"
    with transaction() as session:
        assert not version_of(session, turn).builds


async def test_who_follows_the_files_hears_of_a_turn(
    author: FakeAuthor, services: Container, app: App, ask: Ask, work: Work
) -> None:
    author.scripts = [writes(DAY, "day\n")]
    ask("a day")
    work()
    [(_, told)] = await services.progress.read(files_topic(app.id))
    assert told["files"] == [{"path": DAY, "checksum": checksum("day\n")}]
    assert (told["revision"], told["version"], told["by"]) == (2, 2, "OverSkill")


def test_a_turn_that_fails_leaves_what_people_saved_in_the_preview(
    author: FakeAuthor, bundler: FakeBundler, app: App, ask: Ask, work: Work, edit: Callable[..., None]
) -> None:
    def script(_: Turn) -> Iterator[Event]:
        edit(APP, "mine\n")
        raise NotFound("The model is gone.")
        yield

    author.scripts = [script]
    turn = ask("shout")
    work()
    assert state_of(turn.id).status is GenerationStatus.FAILED
    assert bundler.apps[app.preview_key][APP] == "mine\n"


def test_a_locked_file_is_refused_and_the_author_hears_why(author: FakeAuthor, app: App, ask: Ask, work: Work) -> None:
    with transaction() as session:
        lock(session, app, [APP])
    author.scripts = [[*writes(APP, "the turn's\n"), *writes(DAY, "day\n")]]
    ask("shout")
    work()
    assert files_of(app)[APP] == LINES
    assert files_of(app)[DAY] == "day\n"
    assert author.turns[0].locked == {APP}
    assert f"{APP} is locked" in author.refusals[0]


def test_a_file_that_is_locked_while_the_turn_writes_it_stays_as_it_is(
    author: FakeAuthor, app: App, ask: Ask, work: Work
) -> None:
    def script(_: Turn) -> Iterator[Event]:
        yield from writes(APP, "the turn's\n")
        with transaction() as session:
            lock(session, app, [APP])

    author.scripts = [script]
    turn = ask("shout")
    work()
    assert files_of(app)[APP] == LINES
    assert [one["path"] for one in state_of(turn.id).conflicts] == [APP]


def test_repairs_leave_locked_files_alone(
    author: FakeAuthor, bundler: FakeBundler, app: App, ask: Ask, work: Work
) -> None:
    with transaction() as session:
        lock(session, app, [APP])
    fixed = {APP: "repaired\n", DAY: "better day\n"}
    bundler.repaired = [Repaired(fixed, tuple(Repair(path, "import", "Imported x") for path in fixed))]
    author.scripts = [writes(DAY, "day\n")]
    turn = ask("a day")
    work()
    assert (files_of(app)[APP], files_of(app)[DAY]) == (LINES, "better day\n")
    assert state_of(turn.id).free_repairs == {"import": 1}


def test_what_a_person_changed_between_two_attempts_is_never_overwritten(
    author: FakeAuthor, services: Container, app: App, ask: Ask, work: Work, edit: Callable[..., None]
) -> None:
    class Died(BaseException):
        pass

    def dies(_: Turn) -> Iterator[Event]:
        yield from writes(APP, "the turn's\n")
        yield from writes(DAY, "day\n")
        raise Died

    author.scripts = [dies, []]
    turn = ask("shout")
    with pytest.raises(Died):
        work()
    edit(APP, "mine\n")
    with transaction() as session:
        row = session.get_one(Generation, turn.id)
        row.last_progress_at = row.created_at.replace(year=2020)
    services.queue.enqueue("overskill.jobs.generate.generate", str(turn.id), queue="generate")
    work()
    assert files_of(app)[APP] == "mine\n"
    assert files_of(app)[DAY] == "day\n"
    assert state_of(turn.id).conflicts == [{"path": APP, "checksum": checksum("the turn's\n")}]


def test_packages_that_both_add_are_installed_before_the_app_is_locked(
    services: Container, author: FakeAuthor, bundler: FakeBundler, app: App, ask: Ask, work: Work
) -> None:
    registry, store = services.shelf.registry, services.shelf.store
    assert isinstance(registry, FakeRegistry)
    assert isinstance(store, FakePackageStore)
    registry.add(release("globe-gl", "2.1.0"))
    registry.add(release("maps", "3.0.0"))
    begun = '{"dependencies": {\n"react": "^19.0.0",\n"zod": "^4.0.0"\n}}\n'
    with transaction() as session:
        write_files(session, app.id, {MANIFEST: begun})
        save_version(session, session.get_one(App, app.id), note="Named", cause=VersionCause.GENERATION)

    def look() -> None:
        with transaction() as session:
            session.get_one(App, app.id, with_for_update={"nowait": True})

    def script(_: Turn) -> Iterator[Event]:
        yield from writes(MANIFEST, begun.replace("{\n", '{\n"globe-gl": "2.1.0",\n'))
        theirs = FileChange(MANIFEST, begun.replace('"zod"', '"maps": "3.0.0",\n"zod"'), checksum(begun))
        with transaction() as session:
            save(session, app.creator_id, app.slug, [theirs], bundler=bundler, log=services.progress)

    store.meanwhile = look
    container.install(replace(services, bundler=WithPackages(bundler, services.shelf)))
    author.scripts = [script]
    turn = ask("a globe")
    work()
    assert {"globe-gl": "2.1.0", "maps": "3.0.0"} in [made.wanted for made in store.sets]
    with transaction() as session:
        assert version_of(session, turn).builds
