import json
from dataclasses import replace

import httpx
import pytest
from sqlmodel import select

from overskill import db
from overskill.clients.bundler import FakeBundler
from overskill.clients.github import CodeRepository, FakeCodeHost, OfferedRepository
from overskill.container import Container
from overskill.errors import InvalidInput, NotAllowed, NotFound
from overskill.models import App, AppVersion, Repository, User, VersionCause
from overskill.services.apps import save_version, write_files
from overskill.services.apps.files import read_files
from overskill.services.repositories import end_visit, sync_repository
from overskill.services.repositories.importing import (
    ReadRepository,
    begin_import,
    chosen_of,
    finish_import,
    import_repository,
    offered_to,
    read_repository,
    why_unconnectable,
)
from tests.factories import make_user

NAME = "ada/shop"
PROJECT: dict[str, str | bytes] = {
    "package.json": '{"name": "shop", "scripts": {"lint": "eslint ."}}',
    "index.html": "<title>The shop</title>",
    "vite.config.ts": "export default { base: '/shop/' };\n",
    "src/App.tsx": "export default function App() { return <h1>Hi</h1>; }\n",
    "src/photo.ts": "version https://git-lfs.github.com/spec/v1\noid sha256:1\nsize 1\n",
    ".gitmodules": '[submodule "shared"]\n\tpath = shared\n\turl = https://github.com/ada/shared\n',
}


def arrange(services: Container, files: dict[str, str | bytes] | None = None) -> tuple[FakeCodeHost, User]:
    assert isinstance(services.code_host, FakeCodeHost)
    host = services.code_host
    host.write(NAME, PROJECT if files is None else files, "Everything", author="Ada")
    host.offers.append(OfferedRepository(CodeRepository(7, 5, NAME, "main"), is_private=True, may_push=True))
    with db.transaction() as session:
        return host, make_user(session)


def read(host: FakeCodeHost, offer: OfferedRepository | None = None) -> ReadRepository:
    return read_repository(offer or host.offers[0], "", host=host, bundler=FakeBundler())


def take(user: User, found: ReadRepository, *, stays_connected: bool = True) -> str:
    with db.transaction() as session:
        return import_repository(session, user.id, found, stays_connected=stays_connected, bundler=FakeBundler()).slug


def visit(services: Container, user: User) -> str:
    address = begin_import(user.id, redis=services.redis, host=services.code_host)
    state = str(httpx.URL(address).params["state"])
    ended = end_visit(user.id, state, "ada", redis=services.redis, host=services.code_host)
    return finish_import(ended, redis=services.redis, host=services.code_host)


def test_a_visit_to_github_offers_what_its_visitor_can_reach(services: Container) -> None:
    host, user = arrange(services)
    name = httpx.URL(visit(services, user)).params["github"]
    assert offered_to(user.id, name, redis=services.redis) == host.offers
    with db.transaction() as session:
        other = make_user(session)
    with pytest.raises(NotFound):
        offered_to(other.id, name, redis=services.redis)


def test_without_an_installation_the_visit_goes_on_there_and_comes_back_to_choose(services: Container) -> None:
    host, user = arrange(services)
    accounts, host.installed = host.installed, []
    address = visit(services, user)
    assert "installations/new" in address
    host.installed = accounts
    state = str(httpx.URL(address).params["state"])
    again = end_visit(user.id, state, "ada", redis=services.redis, host=host)
    assert finish_import(again, redis=services.redis, host=host).startswith("/studio?github=")
    with pytest.raises(NotAllowed):
        end_visit(user.id, state, "ada", redis=services.redis, host=host)


def test_only_what_was_offered_can_be_chosen(services: Container) -> None:
    host, _ = arrange(services)
    assert chosen_of(host.offers, 5, "next").place.branch == "next"
    with pytest.raises(NotFound):
        chosen_of(host.offers, 6, "")


def test_it_is_told_file_by_file_what_is_taken_and_what_an_app_can_not_hold(services: Container) -> None:
    host, _ = arrange(services)
    found = read(host)
    told = {line.path: (line.verdict, line.words) for line in found.imported.lines}
    assert told["src/App.tsx"] == ("taken", "")
    assert told["shared/"] == ("left_out", "it is a submodule: a repository of its own")
    assert "Git LFS" in told["src/photo.ts"][1]
    assert (found.imported.name, found.imported.note) == ("The shop", "Imported from ada/shop")
    assert (found.commit, found.unconnectable) == (host.heads[NAME], "")


def test_an_import_stays_connected_without_a_second_commit_of_the_same(services: Container) -> None:
    host, user = arrange(services)
    commit = host.heads[NAME]
    slug = take(user, read(host))
    with db.transaction() as session:
        app = session.exec(select(App).where(App.slug == slug)).one()
        row = session.exec(select(Repository)).one()
        assert session.exec(select(AppVersion.cause)).all() == [VersionCause.IMPORT]
    assert (row.app_id, row.commit, row.pushed_version, row.branch) == (app.id, commit, 1, "main")
    sync(services, row)
    assert host.heads[NAME] == commit


def sync(services: Container, row: Repository) -> None:
    sync_repository(
        row.id,
        host=services.code_host,
        redis=services.redis,
        bundler=FakeBundler(),
        log=services.progress,
        settings=services.settings,
    )


def test_what_is_pushed_after_an_import_comes_in_and_the_projects_own_setup_stays(services: Container) -> None:
    host, user = arrange(services)
    take(user, read(host))
    with db.transaction() as session:
        row = session.exec(select(Repository)).one()
    host.write(NAME, {"src/App.tsx": "export default 2;\n", "vite.config.ts": "mine\n"}, "Two", author="Grace")
    sync(services, row)
    with db.transaction() as session:
        files = read_files(session, row.app_id)
        newest = session.exec(select(AppVersion).order_by(AppVersion.number.desc())).first()  # type: ignore[attr-defined]
    assert files["src/App.tsx"] == "export default 2;\n"
    assert newest is not None
    assert newest.cause is VersionCause.PUSH
    assert host.files(NAME)["vite.config.ts"] == "mine\n"
    assert json.loads(str(host.files(NAME)["package.json"]))["scripts"] == {"lint": "eslint ."}


def test_a_package_that_the_app_needs_now_joins_those_of_the_project(services: Container) -> None:
    host, user = arrange(services)
    take(user, read(host))
    with db.transaction() as session:
        row = session.exec(select(Repository)).one()
        app = session.get_one(App, row.app_id, with_for_update=True)
        write_files(session, app.id, {"src/dates.ts": 'import { format } from "date-fns";\nexport { format };\n'})
        save_version(session, app, note="Dates", cause=VersionCause.RESTORE, author_id=user.id)
    sync(services, row)
    written = json.loads(str(host.files(NAME)["package.json"]))
    assert "date-fns" in written["dependencies"]
    assert written["scripts"] == {"lint": "eslint ."}
    assert "package-lock.json" not in host.files(NAME)


def test_an_import_need_not_stay_connected(services: Container) -> None:
    host, user = arrange(services)
    take(user, read(host), stays_connected=False)
    with db.transaction() as session:
        assert session.exec(select(Repository)).all() == []


def test_what_can_not_stay_connected_says_why(services: Container) -> None:
    host, user = arrange(services)
    found = read(host)
    take(user, found)
    with db.transaction() as session:
        assert "Another app" in why_unconnectable(session, found)
    with pytest.raises(InvalidInput, match="Another app"):
        take(user, found)
    assert "may not push" in read(host, replace(host.offers[0], may_push=False)).unconnectable


def test_what_is_no_project_is_refused_by_name(services: Container) -> None:
    host, _ = arrange(services, {"README.md": "# Notes"})
    with pytest.raises(InvalidInput, match="ada/shop has no Vite and React project"):
        read(host)


def test_a_project_in_a_folder_is_imported_once(services: Container) -> None:
    host, _ = arrange(services, {f"web/{path}": text for path, text in PROJECT.items() if path != ".gitmodules"})
    assert "in a folder" in read(host).unconnectable
