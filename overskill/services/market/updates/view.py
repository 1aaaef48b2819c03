"""What the library shows of updates."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Select
from sqlalchemy import select as sa_select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from overskill.errors import NotFound
from overskill.models import App, CopyUpdate, Install, Listing, Release, UpdateStatus
from overskill.services.market.updates.decide import update_to_read
from overskill.services.market.updates.merge import find_conflict, read_sources

_SHOWN = 50
_FINAL = (UpdateStatus.ACCEPTED, UpdateStatus.DECLINED)


@dataclass(frozen=True, slots=True)
class UpdateView:
    """`files`: path -> added, changed, removed. `conflicts`: path, choice ("" while nobody chose)."""

    id: UUID
    install_id: UUID
    title: str
    app_name: str
    app_slug: str
    release: int
    current_release: int
    notes: str
    status: UpdateStatus
    error: str
    files: dict[str, Any]
    conflicts: list[dict[str, Any]]
    checks: dict[str, Any]
    preview_url: str

    @property
    def is_final(self) -> bool:
        return self.status in _FINAL


@dataclass(frozen=True, slots=True)
class ConflictText:
    """One file on each side, as it is now. None: there is no such file."""

    path: str
    base: str | None
    yours: str | None
    theirs: str | None
    choice: str
    written: str


def list_updates(session: Session, user_id: UUID) -> Sequence[UpdateView]:
    """Those that wait for the user, the newest first."""
    rows = session.execute(
        _query()
        .where(col(Install.user_id) == user_id, col(CopyUpdate.status).not_in(_FINAL))
        .order_by(col(CopyUpdate.created_at).desc())
        .limit(_SHOWN)
    )
    return [_view(*row) for row in rows]


def view_update(session: Session, user_id: UUID, update_id: UUID) -> UpdateView:
    update_to_read(session, user_id, update_id)
    found = session.execute(_query().where(col(CopyUpdate.id) == update_id)).one_or_none()
    if found is None:
        raise NotFound("The app that this update is for was removed.")
    return _view(*found)


def view_conflict(session: Session, user_id: UUID, update_id: UUID, path: str) -> ConflictText:
    """Raises NotFound for a file that is in no conflict, and Unavailable when the release is gone."""
    update = update_to_read(session, user_id, update_id)
    conflict = find_conflict(update, path)
    sides = read_sources(session, update).sides(path)
    return ConflictText(
        path,
        sides.base,
        sides.yours,
        sides.theirs,
        choice=str(conflict.get("choice", "")),
        written=str(conflict.get("text", "")),
    )


def _query() -> Select[CopyUpdate, Release, Listing, App, int]:
    before = aliased(Release)
    return (
        sa_select(CopyUpdate, Release, Listing, App, col(before.number))
        .join(Release, col(Release.id) == CopyUpdate.release_id)
        .join(Install, col(Install.id) == CopyUpdate.install_id)
        .join(before, col(before.id) == Install.release_id)
        .join(Listing, col(Listing.id) == Install.listing_id)
        .join(App, col(App.id) == Install.app_id)
    )


def _view(update: CopyUpdate, release: Release, listing: Listing, app: App, before: int) -> UpdateView:
    return UpdateView(
        id=update.id,
        install_id=update.install_id,
        title=listing.title,
        app_name=app.name,
        app_slug=app.slug,
        release=release.number,
        current_release=before,
        notes=release.notes,
        status=update.status,
        error=update.error,
        files=update.files,
        conflicts=[{"path": one["path"], "choice": one.get("choice", "")} for one in update.conflicts],
        checks=update.checks,
        preview_url=update.preview_url,
    )
