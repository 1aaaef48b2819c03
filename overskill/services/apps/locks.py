"""Files that models may read but not change. People may: a lock is what they ask of models."""

from collections.abc import Collection

from sqlalchemy import update
from sqlmodel import Session, col, select

from overskill.models import App, AppFile


def locked_paths(session: Session, app: App) -> frozenset[str]:
    rows = select(AppFile.path).where(AppFile.app_id == app.id, col(AppFile.is_locked))
    return frozenset(session.exec(rows))


def lock(session: Session, app: App, paths: Collection[str], *, is_locked: bool = True) -> None:
    chosen = (col(AppFile.app_id) == app.id, col(AppFile.path).in_(paths))
    session.exec(update(AppFile).where(*chosen).values(is_locked=is_locked))
