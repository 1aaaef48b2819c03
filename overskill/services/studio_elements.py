"""What the studio does with one element of an app that somebody selected in the preview: say what it is, change it.

Every function takes the user and the app's slug as they come from a browser, and checks both. A change is an ordinary
save of its file, so it costs nothing and can be undone like any other.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlmodel import Session, select

from overskill.clients.bundler import Bundler, Diagnostic
from overskill.clients.elements import Described, Description, ElementPlace, Elements
from overskill.errors import Conflict, NotFound
from overskill.models import App, AppFile, FileBlob
from overskill.services.apps.access import app_to_change, app_to_read
from overskill.services.apps.files import checksum
from overskill.services.apps.saving import FileChange
from overskill.services.progress import ProgressLog
from overskill.services.studio_files import save_in_app


@dataclass(frozen=True, slots=True)
class Spot:
    """Where the preview says that an element is. `checksum` begins that of the text it was drawn from."""

    file: str
    line: int
    column: int
    checksum: str


@dataclass(frozen=True, slots=True)
class PatchedFile:
    """A file before and after a change. `text` is what was saved, also where it was merged with others' changes."""

    element: Description
    checksum: str
    before: str
    text: str
    version: int
    diagnostics: tuple[Diagnostic, ...]


def describe(session: Session, user_id: UUID, slug: str, spot: Spot, *, elements: Elements) -> Described:
    """Raises InvalidInput where there is no element, Conflict where the file has changed since, Unavailable."""
    app = app_to_read(session, user_id, slug)
    try:
        place = _place(session, app, spot)
    except Conflict:  # a save is drawn a moment before it is committed; whoever saves holds the app's row until then
        session.refresh(app, with_for_update={"read": True})
        place = _place(session, app, spot)
    return elements.describe(app.preview_key, place)


def patch(
    session: Session,
    user_id: UUID,
    slug: str,
    spot: Spot,
    operation: Mapping[str, Any],
    *,
    elements: Elements,
    bundler: Bundler,
    log: ProgressLog,
) -> PatchedFile:
    """Change one element and show it. Raises as `describe` does, and InvalidInput with why it can't be done safely."""
    app = app_to_change(session, user_id, slug)
    place = _place(session, app, spot)
    patched = elements.patch(app.preview_key, place, operation)
    change = FileChange(spot.file, patched.text, checksum(place.text))
    saved = save_in_app(session, app, user_id, [change], bundler=bundler, log=log)
    return PatchedFile(
        patched.element, checksum(patched.text), place.text, patched.text, saved.version, saved.diagnostics
    )


def _place(session: Session, app: App, spot: Spot) -> ElementPlace:
    text = session.exec(
        select(FileBlob.content)
        .join(AppFile, AppFile.checksum == FileBlob.checksum)  # type: ignore[arg-type]
        .where(AppFile.app_id == app.id, AppFile.path == spot.file)
    ).one_or_none()
    if text is None:
        raise NotFound(f"{spot.file} is not in this app any more. Select the element again.")
    if not checksum(text).startswith(spot.checksum):
        raise Conflict("The code has changed since this was drawn. Select the element again.")
    return ElementPlace(spot.file, text, spot.line, spot.column)
