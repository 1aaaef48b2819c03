"""Files that models may read but not change. People may: a lock is what they ask of models."""

from sqlalchemy import update
from sqlmodel import Session, col, select

from overskill.errors import NotFound
from overskill.models import App, AppFile


def locked_paths(session: Session, app: App) -> frozenset[str]:
    rows = select(AppFile.path).where(AppFile.app_id == app.id, col(AppFile.is_locked))
    return frozenset(session.exec(rows))


def lock(session: Session, app: App, path: str, *, is_locked: bool) -> tuple[str, ...]:
    """A file, or all files of a folder. Returns which those are. Raises NotFound when there are none."""
    inside = col(AppFile.path).startswith(f"{path}/", autoescape=True)
    chosen = (col(AppFile.app_id) == app.id, (col(AppFile.path) == path) | inside)
    paths = tuple(session.exec(select(AppFile.path).where(*chosen).order_by(AppFile.path)))
    if not paths:
        raise NotFound(f"{path} is not in this app any more.")
    session.exec(update(AppFile).where(*chosen).values(is_locked=is_locked))
    return paths
