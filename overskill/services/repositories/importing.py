"""A repository that is there already becomes an app, file by file as a zip does, and stays connected with it.

Which ones are offered is asked in the person's own name, once; from then on a note of ours says what they may choose.
"""

import configparser
import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from redis import Redis
from sqlmodel import Session, select

from overskill.clients.bundler import Bundler
from overskill.clients.github import CodeHost, CodeRepository, OfferedRepository
from overskill.errors import InvalidInput, NotFound
from overskill.models import Repository
from overskill.services.accounts.audit import record
from overskill.services.apps.access import app_to_change
from overskill.services.apps.importing import LARGEST_ZIP, Imported, ImportLine, read_import
from overskill.services.attachments.projects import root_of
from overskill.services.notes import keep_note, read_note
from overskill.services.repositories.visits import Visit, begin_installing, begin_visit
from overskill.services.studio_imports import ImportedApp, import_new

_LARGEST_GITMODULES = 64 * 1024
_AGAIN = "That choice is too old. Choose “Import from GitHub” again."
_NOT_AT_TOP = "The project is in a folder of the repository, so it is imported once and not connected."
_NO_PUSH = "You may not push to it on GitHub, so it is imported once and not connected."
_TAKEN = "Another app is connected with this branch, so it is imported once and not connected."


@dataclass(frozen=True, slots=True)
class ReadRepository:
    """One commit, read. `unconnectable`: why the app can't stay connected; "" where it can."""

    imported: Imported
    place: CodeRepository
    commit: str
    unconnectable: str


def begin_import(user_id: UUID, *, is_to_install: bool = False, redis: Redis, host: CodeHost) -> str:
    """Where the browser goes now: to say who one is, or to choose first what our App may reach."""
    if is_to_install:
        return begin_installing(user_id, "import", {}, redis=redis, host=host)
    return begin_visit(user_id, "import", {}, redis=redis, host=host)


def finish_import(visit: Visit, *, redis: Redis, host: CodeHost) -> str:
    """Where the browser goes next: back to choose, or to where our App is to be let in first."""
    if not host.accounts(visit.person):
        return begin_installing(visit.user_id, visit.purpose, visit.facts, redis=redis, host=host)
    offers = [
        {
            "installation": offer.place.installation_id,
            "id": offer.place.external_id,
            "name": offer.place.full_name,
            "branch": offer.place.branch,
            "private": offer.is_private,
            "push": offer.may_push,
        }
        for offer in host.offered(visit.person)
    ]
    name = keep_note(redis, "offer", {"user": str(visit.user_id), "repositories": json.dumps(offers)})
    return f"/studio?github={name}"


def offered_to(user_id: UUID, name: str, *, redis: Redis) -> list[OfferedRepository]:
    """What this person may choose of. Raises NotFound for another person's choice, and for one that is too old."""
    note = read_note(redis, "offer", name)
    if note.get("user") != str(user_id):
        raise NotFound(_AGAIN)
    return [
        OfferedRepository(
            CodeRepository(each["installation"], each["id"], each["name"], each["branch"]),
            is_private=each["private"],
            may_push=each["push"],
        )
        for each in json.loads(note["repositories"])
    ]


def chosen_of(offers: list[OfferedRepository], external_id: int, branch: str) -> OfferedRepository:
    """`branch` "": its default one."""
    for offer in offers:
        if offer.place.external_id == external_id:
            return replace(offer, place=replace(offer.place, branch=branch or offer.place.branch))
    raise NotFound(_AGAIN)


def read_repository(offer: OfferedRepository, commit: str, *, host: CodeHost, bundler: Bundler) -> ReadRepository:
    """`commit` "": the newest. Raises as `read_import`. It belongs outside of a transaction."""
    place = offer.place
    commit = commit or host.head(place)
    content = host.archive(place, commit, largest=LARGEST_ZIP)
    imported = _imported(place, content, bundler)
    paths, modules = _listed(content)
    lines = imported.lines + tuple(
        ImportLine(f"{path}/", "left_out", "it is a submodule: a repository of its own") for path in modules
    )
    unconnectable = _NOT_AT_TOP if root_of(paths).count("/") > 1 else "" if offer.may_push else _NO_PUSH
    return ReadRepository(replace(imported, lines=lines), place, commit, unconnectable)


def read_commit(place: CodeRepository, commit: str, *, host: CodeHost, bundler: Bundler) -> Mapping[str, str]:
    """The files that an app made of this commit would have. Raises as `read_repository`."""
    return _imported(place, host.archive(place, commit, largest=LARGEST_ZIP), bundler).files


def _imported(place: CodeRepository, content: bytes, bundler: Bundler) -> Imported:
    try:
        imported = read_import(place.full_name.partition("/")[2], content, bundler=bundler)
    except InvalidInput as error:
        raise InvalidInput(
            f"{place.full_name} has no Vite and React project that could be taken: there is nothing under src/."
        ) from error
    return replace(imported, file_name=place.full_name)


def why_unconnectable(session: Session, read: ReadRepository) -> str:
    """Of two apps on one branch each would undo what the other does."""
    same = (Repository.external_id == read.place.external_id, Repository.branch == read.place.branch)
    is_taken = session.exec(select(Repository.id).where(*same)).first() is not None
    return read.unconnectable or (_TAKEN if is_taken else "")


def import_repository(
    session: Session, user_id: UUID, read: ReadRepository, *, stays_connected: bool, bundler: Bundler
) -> ImportedApp:
    """An app of one's own. What the repository has is not committed there again. Raises LimitReached for an app too
    many, and InvalidInput where it can't stay connected."""
    why = why_unconnectable(session, read)
    if stays_connected and why:
        raise InvalidInput(why)
    made = import_new(session, user_id, read.imported, bundler=bundler)
    if stays_connected:
        app = app_to_change(session, user_id, made.slug)
        place = read.place
        row = Repository(
            app_id=app.id,
            user_id=user_id,
            installation_id=place.installation_id,
            external_id=place.external_id,
            full_name=place.full_name,
            branch=place.branch,
            commit=read.commit,
            pushed_version=made.version,
        )
        session.add(row)
        record(session, "repository.imported", user_id, subject=f"app:{app.id} {place.full_name}")
    return made


def _listed(content: bytes) -> tuple[list[str], list[str]]:
    """All paths of the archive, and of them its submodules, which are empty folders there."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        paths = [entry.filename for entry in archive.infolist() if not entry.is_dir()]
        named = next((path for path in paths if path.count("/") == 1 and path.endswith("/.gitmodules")), "")
        if not named or archive.getinfo(named).file_size > _LARGEST_GITMODULES:
            return paths, []
        text = archive.read(named).decode(errors="replace")
    parser = configparser.RawConfigParser(strict=False)
    try:
        parser.read_string("\n".join(line.strip() for line in text.splitlines()))
    except configparser.Error:
        return paths, []
    return paths, sorted(parser[section]["path"][:200] for section in parser.sections() if "path" in parser[section])
