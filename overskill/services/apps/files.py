"""The files of an app: content-addressed, so that saving one writes one blob and one row."""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, col, select

from overskill.models import App, AppFile, FileBlob


def checksum(content: str) -> str:
    return hashlib.sha256(content.encode()).hexdigest()


def read_files(session: Session, app_id: UUID) -> dict[str, str]:
    """path -> content of the app as it is now."""
    rows = session.exec(
        select(AppFile.path, FileBlob.content)
        .join(FileBlob, col(FileBlob.checksum) == col(AppFile.checksum))
        .where(AppFile.app_id == app_id)
        .order_by(AppFile.path)
    )
    return dict(rows.all())


def files_beside() -> sa.ScalarSelect[Any]:
    """A column for a query of apps: as `read_files`, None for an app without files."""
    return (
        select(sa.func.json_object_agg(AppFile.path, FileBlob.content))
        .join(FileBlob, col(FileBlob.checksum) == col(AppFile.checksum))
        .where(AppFile.app_id == App.id)
        .scalar_subquery()
    )


def store_blobs(session: Session, contents: Iterable[str]) -> None:
    """Store what is not stored yet."""
    rows = {
        checksum(content): {"checksum": checksum(content), "content": content, "size": len(content.encode())}
        for content in contents
    }
    if rows:
        # In one order everywhere, so that two writers of the same blobs never wait for each other.
        session.exec(insert(FileBlob).values([rows[key] for key in sorted(rows)]).on_conflict_do_nothing())


def write_files(session: Session, app_id: UUID, changes: Mapping[str, str | None]) -> None:
    """Save some files of an app; None removes one."""
    saved = {path: content for path, content in changes.items() if content is not None}
    removed = [path for path, content in changes.items() if content is None]
    store_blobs(session, saved.values())
    if saved:
        rows = [{"app_id": app_id, "path": path, "checksum": checksum(saved[path])} for path in sorted(saved)]
        statement = insert(AppFile).values(rows)
        session.exec(
            statement.on_conflict_do_update(
                index_elements=["app_id", "path"], set_={"checksum": statement.excluded.checksum}
            )
        )
    if removed:
        session.exec(delete(AppFile).where(col(AppFile.app_id) == app_id, col(AppFile.path).in_(removed)))
