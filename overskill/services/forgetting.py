"""What is left of an app that was deleted for good, removed from everywhere it was kept."""

from collections.abc import Collection
from functools import partial
from uuid import UUID

from sqlalchemy import ColumnElement, delete, exists, text, union
from sqlmodel import Session, col, func, select

from overskill.clients.custom_hosts import CustomHosts
from overskill.clients.edge import Edge
from overskill.clients.objects import ObjectStore
from overskill.db import after_commit, transaction
from overskill.models import (
    App,
    AppFile,
    AppVersion,
    Attachment,
    DeploymentEnvironment,
    FileBlob,
    Generation,
    GenerationEvent,
    VersionFile,
)
from overskill.services.apps.icons import forget_icon
from overskill.services.apps.my_apps import is_past_recovery
from overskill.services.apps.thumbnails import forget_thumbnail
from overskill.services.deployments import Publisher
from overskill.services.deployments.offline import take_off
from overskill.services.domains import take_domains_down
from overskill.services.generation.events import Kind
from overskill.services.generation.recording import forget_recordings_of

MOST_AT_ONCE = 10_000
_WRITTEN = GenerationEvent.data["checksum"].astext
_KEPT_BESIDE = func.jsonb_array_elements(Generation.conflicts).op("->>")("checksum")  # what a turn wrote in vain


def forget_app(app_id: UUID, publisher: Publisher, *, hosts: CustomHosts, objects: ObjectStore) -> None:
    """The rows, the files and pictures nobody else holds, the preview and all that was published.

    In transactions of its own: nothing is locked while others are asked. Raises Unavailable, and forgets none of the
    rows, when one of these can't be reached: the next time does the rest.
    """
    with transaction() as session:
        app = session.get(App, app_id, with_for_update=True)  # from here on nobody brings it back
        if app is None or not is_past_recovery(app):
            return
    for environment in DeploymentEnvironment:
        take_off(app_id, environment, publisher)
    _clear(app, publisher.edge)
    take_domains_down(app_id, routes=publisher.routes, hosts=hosts)
    publisher.bundler.close(app.preview_key)
    with transaction() as session:
        _forget_rows(session, session.get_one(App, app_id, with_for_update=True), objects)


def _clear(app: App, edge: Edge) -> None:
    """All versions that the edge has of it, also what an earlier name or a broken-off trial left."""
    places = {(environment.value, app.slug) for environment in DeploymentEnvironment}
    for place, script in edge.places_of(str(app.id)):
        edge.remove(place, script)
        places.add((place, script))
    for place, script in sorted(places):
        edge.prune(place, script, keep=[])


def _forget_rows(session: Session, app: App, objects: ObjectStore) -> None:
    app_id = app.id
    held, pictures, icon = _held_files(session, app_id), _pictures(session, app), app.icon
    _forget_attached(session, app_id, objects)
    session.delete(app)
    session.flush()
    for picture in pictures:
        forget_thumbnail(session, picture, objects)
    forget_icon(session, icon, objects)
    _forget_files(session, held)


def _pictures(session: Session, app: App) -> set[str]:
    """Checksums: of the app, and of its versions as they were checked."""
    return {app.thumbnail, *session.exec(select(AppVersion.screenshot).where(AppVersion.app_id == app.id))}


def _forget_attached(session: Session, app_id: UUID, objects: ObjectStore) -> None:
    """The bytes of what was sent along with its turns, and of their recordings; the rows go with the app."""
    turns = select(Generation.id).where(Generation.app_id == app_id)
    forget_recordings_of(session, session.exec(turns), objects)
    for key in session.exec(select(Attachment.object_key).where(col(Attachment.generation_id).in_(turns))):
        after_commit(session, partial(objects.delete, key))


def _held_files(session: Session, app_id: UUID) -> list[str]:
    now = select(AppFile.checksum).where(AppFile.app_id == app_id)
    versions = select(VersionFile.checksum).where(VersionFile.app_id == app_id, col(VersionFile.checksum).is_not(None))
    written = (
        select(_WRITTEN)
        .join(Generation, col(Generation.id) == col(GenerationEvent.generation_id))
        .where(Generation.app_id == app_id, GenerationEvent.kind == Kind.CLOSE)
    )
    beside = select(_KEPT_BESIDE).where(Generation.app_id == app_id)
    return [held for held in session.scalars(union(now, versions, written, beside)) if held]


def forget_what_was_typed_over(session: Session) -> int:
    """Each save while somebody types keeps a text; only the last of a sitting is in its version. Returns how many.

    An editor that began with one of them is not in the way: its next save can't be merged, so it is asked.
    """
    found = session.exec(select(FileBlob.checksum).where(*_is_unheld()).limit(MOST_AT_ONCE)).all()
    if found:
        _forget_files(session, found)
    return len(found)


def _forget_files(session: Session, checksums: Collection[str]) -> None:
    """Delete the contents that no app, version or turn holds any more."""
    session.connection().execute(text("LOCK TABLE file_blobs IN SHARE ROW EXCLUSIVE MODE"))  # nobody is storing one
    session.exec(delete(FileBlob).where(col(FileBlob.checksum).in_(checksums), *_is_unheld()))


def _is_unheld() -> tuple[ColumnElement[bool], ...]:
    checksum = col(FileBlob.checksum)
    beside = select(_KEPT_BESIDE.label("checksum")).where(Generation.conflicts != []).subquery()
    return (
        ~exists().where(col(AppFile.checksum) == checksum),
        ~exists().where(col(VersionFile.checksum) == checksum),
        ~exists().where(col(GenerationEvent.kind) == Kind.CLOSE, checksum == _WRITTEN),
        ~exists().where(beside.c.checksum == checksum),
    )
