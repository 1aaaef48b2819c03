from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import pytest
from sqlmodel import select, update

from overskill import db
from overskill.clients.bundler import FakeBundler
from overskill.clients.github import CodeRepository, FakeCodeHost
from overskill.container import Container
from overskill.errors import Unavailable
from overskill.models import App, AppVersion, Repository, VersionCause, utc_now
from overskill.services.apps import read_files, save_version, write_files
from overskill.services.apps.files import checksum
from overskill.services.apps.saving import SITTING, FileChange, save_changes
from overskill.services.repositories import Side, due_repositories, sync_repository
from tests.services.repositories.connected import connected, host_of

NAME = "ada/habits"


@dataclass
class World:
    services: Container
    host: FakeCodeHost
    app_id: UUID
    repository_id: UUID

    def sync(self, keep: Side | None = None) -> Repository:
        sync_repository(
            self.repository_id,
            host=self.host,
            redis=self.services.redis,
            bundler=FakeBundler(),
            log=self.services.progress,
            settings=self.services.settings,
            keep=keep,
        )
        return self.row()

    def row(self) -> Repository:
        with db.transaction() as session:
            return session.get_one(Repository, self.repository_id)

    def write(self, files: dict[str, str | None], note: str = "Changed here") -> None:
        with db.transaction() as session:
            app = session.get_one(App, self.app_id, with_for_update=True)
            write_files(session, app.id, files)
            save_version(session, app, note=note, cause=VersionCause.RESTORE, author_id=app.creator_id)

    def files(self) -> dict[str, str]:
        with db.transaction() as session:
            return dict(read_files(session, self.app_id))

    def versions(self) -> list[AppVersion]:
        with db.transaction() as session:
            return list(session.exec(select(AppVersion).order_by(AppVersion.number)).all())


@pytest.fixture
def world(services: Container) -> World:
    app, row = connected(services)
    return World(services, host_of(services), app.id, row.id)


def test_the_first_push_is_a_project_that_runs_anywhere(world: World) -> None:
    row = world.sync()
    files = world.host.files(NAME)
    assert files["src/App.tsx"] == world.files()["src/App.tsx"]
    assert {"package.json", "package-lock.json", "README.md", ".gitignore", "vite.config.ts"} <= files.keys()
    assert (row.pushed_version, row.commit, row.error) == (1, world.host.heads[NAME], "")


def test_each_version_is_a_commit_with_its_note_and_its_author(world: World) -> None:
    world.sync()
    world.write({"src/App.tsx": "export default 1;\n"}, note="Make it one")
    world.write({"src/App.tsx": "export default 2;\n"}, note="Make it two")
    world.sync()
    assert [message.split("\n")[0] for message in world.host.messages(NAME)[:2]] == ["Make it two", "Make it one"]
    newest = world.host.commits[world.host.heads[NAME]]
    assert newest.author == "Ada Lovelace"
    assert world.host.files(NAME)["src/App.tsx"] == "export default 2;\n"


def test_a_file_that_is_gone_here_is_gone_there(world: World) -> None:
    world.write({"src/old.ts": "old"})
    world.sync()
    world.write({"src/old.ts": None})
    world.sync()
    assert "src/old.ts" not in world.host.files(NAME)


def test_what_people_keep_there_for_themselves_stays(world: World) -> None:
    world.sync()
    own: dict[str, str | bytes | None] = {
        ".github/workflows/ci.yml": "on: push",
        "logo.png": b"\x89PNG",
        "README.md": "# Ours",
    }
    world.host.write(NAME, own, "Add a workflow", author="Grace")
    world.write({"src/App.tsx": "export default 3;\n"})
    world.sync()
    assert own.items() <= world.host.files(NAME).items()
    assert world.host.files(NAME)["src/App.tsx"] == "export default 3;\n"


def test_a_push_becomes_a_version_that_says_who_pushed(world: World) -> None:
    world.sync()
    world.host.write(NAME, {"src/extra.ts": "export const n = 1;\n"}, "Add a number\n\nLong.", author="Grace")
    row = world.sync()
    assert world.files()["src/extra.ts"] == "export const n = 1;\n"
    newest = world.versions()[-1]
    assert (newest.cause, newest.note) == (VersionCause.PUSH, "Grace pushed: Add a number")
    assert (row.pushed_version, row.commit) == (newest.number, world.host.heads[NAME])


def test_changes_on_both_sides_in_different_places_are_merged(world: World) -> None:
    text = "".join(f"line {number}\n" for number in range(20))
    world.write({"src/list.ts": text})
    world.sync()
    world.host.write(NAME, {"src/list.ts": text.replace("line 2\n", "theirs\n")}, "Two", author="Grace")
    world.write({"src/list.ts": text.replace("line 17\n", "ours\n")})
    world.sync()
    both = text.replace("line 2\n", "theirs\n").replace("line 17\n", "ours\n")
    assert world.files()["src/list.ts"] == both
    assert world.host.files(NAME)["src/list.ts"] == both


def clash(world: World) -> Repository:
    world.write({"src/a.ts": "both\n"})
    world.sync()
    world.host.write(NAME, {"src/a.ts": "theirs\n", "src/b.ts": "new\n"}, "Theirs", author="Grace")
    world.write({"src/a.ts": "ours\n"})
    return world.sync()


def test_changes_in_the_same_lines_ask_and_nothing_is_overwritten(world: World) -> None:
    row = clash(world)
    assert row.conflicts == ["src/a.ts"]
    assert world.files()["src/a.ts"] == "ours\n"
    assert world.host.files(NAME)["src/a.ts"] == "theirs\n"


@pytest.mark.parametrize(("keep", "text"), [("theirs", "theirs\n"), ("ours", "ours\n")])
def test_a_choice_settles_it_on_both_sides(world: World, keep: Side, text: str) -> None:
    clash(world)
    row = world.sync(keep)
    assert (row.conflicts, row.error) == ([], "")
    assert world.files()["src/a.ts"] == world.host.files(NAME)["src/a.ts"] == text
    assert world.files()["src/b.ts"] == "new\n"


def test_an_outage_is_told_and_tried_again(world: World) -> None:
    world.host.is_down = True
    with pytest.raises(Unavailable):
        world.sync()
    assert "does not answer" in world.row().error
    world.host.is_down = False
    assert world.sync().error == ""


def test_a_repository_that_is_gone_is_asked_no_more(world: World) -> None:
    world.host.heads.clear()
    row = world.sync()
    assert row.is_paused
    assert "deleted" in row.error


def test_a_push_at_the_same_moment_overwrites_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.sync()
    world.write({"src/App.tsx": "export default 4;\n"})
    tree = world.host.tree

    def push_first(place: CodeRepository, commit: str) -> dict[str, str]:
        found = tree(place, commit)
        monkeypatch.undo()
        world.host.write(NAME, {"src/late.ts": "late\n"}, "Late", author="Grace")
        return found

    monkeypatch.setattr(world.host, "tree", push_first)
    with pytest.raises(Unavailable):
        world.sync()
    world.sync()
    assert world.files()["src/late.ts"] == world.host.files(NAME)["src/late.ts"] == "late\n"
    assert world.host.files(NAME)["src/App.tsx"] == "export default 4;\n"


def test_what_somebody_is_still_at_waits_and_what_was_pushed_grows_no_more(world: World) -> None:
    world.sync()
    world.write({"src/a.ts": "1\n"})
    world.sync()

    def edit(text: str, base: str) -> int:
        with db.transaction() as session:
            app = session.get_one(App, world.app_id, with_for_update=True)
            change = FileChange("src/a.ts", text, checksum(base))
            return save_changes(session, app, app.creator_id, [change]).version

    number = edit("2\n", "1\n")
    assert edit("3\n", "2\n") == number
    with db.transaction() as session:
        assert due_repositories(session) == []
        session.exec(update(AppVersion).values(updated_at=utc_now() - SITTING - timedelta(seconds=1)))
        assert due_repositories(session) == [world.repository_id]
    world.sync()
    with db.transaction() as session:
        session.exec(update(AppVersion).values(updated_at=utc_now()))
    assert edit("4\n", "3\n") == number + 1


def test_nothing_is_due_while_it_is_paused_waits_for_a_choice_or_failed_just_now(world: World) -> None:
    world.write({"src/a.ts": "1\n"})
    with db.transaction() as session:
        assert due_repositories(session) == [world.repository_id]
    for facts in ({"is_paused": True}, {"conflicts": ["a.ts"]}, {"error": "It failed."}):
        with db.transaction() as session:
            row = session.get_one(Repository, world.repository_id)
            session.exec(update(Repository).values(**facts))
            assert due_repositories(session) == []
            session.exec(update(Repository).values(is_paused=row.is_paused, conflicts=row.conflicts, error=row.error))


def test_who_pauses_it_while_it_is_at_work_has_it_paused(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    head = world.host.head

    def pause_meanwhile(place: CodeRepository) -> str:
        with db.transaction() as session:
            session.exec(update(Repository).values(is_paused=True))
        return head(place)

    monkeypatch.setattr(world.host, "head", pause_meanwhile)
    assert world.sync().is_paused
