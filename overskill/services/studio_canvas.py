"""What the studio does with one page of an app on the canvas: list the pages, read one, save one.

Every function takes the user and the app's slug as they come from a browser, and checks both. Saving a page is an
ordinary save of its file: merged with what others changed, shown at once, one version for one sitting.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from overskill.clients.bundler import Bundler, Diagnostic
from overskill.clients.canvas import BlockKind, Canvas, CanvasPage, Document, PageRow
from overskill.errors import Conflict, NotFound
from overskill.models import AppFile, FileBlob
from overskill.services.apps.access import app_to_change, app_to_read
from overskill.services.apps.files import checksum, read_files
from overskill.services.apps.saving import FileChange
from overskill.services.progress import ProgressLog
from overskill.services.studio_files import save_in_app

_THEME_FILE = "src/lib/theme.ts"  # the starter's
_THEME = re.compile(r'\bDEFAULT_THEME(?:: Theme)? = "(light|dark)"')


@dataclass(frozen=True, slots=True)
class OpenPage:
    """A page and what can be added to it. `checksum` is that of the text it was read from."""

    path: str
    checksum: str
    revision: int
    page: CanvasPage
    blocks: Sequence[BlockKind]


@dataclass(frozen=True, slots=True)
class SavedPage:
    """`document` is the page as it is now: its blocks have other names than in the one that was sent."""

    checksum: str
    revision: int
    version: int
    document: Document
    is_merged: bool  # others changed it meanwhile: there is more in it than was sent
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class PageStyles:
    """The app's styles as its preview has them. `theme` is "light" or "dark" where it begins with one of these."""

    css: str
    theme: str


def list_pages(session: Session, user_id: UUID, slug: str, *, canvas: Canvas) -> tuple[PageRow, ...]:
    app = app_to_read(session, user_id, slug)
    return canvas.pages(read_files(session, app.id))


def read_page(session: Session, user_id: UUID, slug: str, path: str, *, canvas: Canvas) -> OpenPage:
    """Raises InvalidInput with the reason where the page can only be edited as code, Unavailable."""
    app = app_to_read(session, user_id, slug)
    files = read_files(session, app.id)
    if path not in files:
        raise NotFound(f"{path[:200]} is not in this app any more.")
    page = canvas.read(files, path)
    return OpenPage(path, checksum(files[path]), app.revision, page, canvas.blocks(files, path))


def read_styles(session: Session, user_id: UUID, slug: str, *, canvas: Canvas) -> PageStyles:
    app = app_to_read(session, user_id, slug)
    theme = session.exec(
        select(FileBlob.content)
        .join(AppFile, col(AppFile.checksum) == col(FileBlob.checksum))
        .where(AppFile.app_id == app.id, AppFile.path == _THEME_FILE)
    ).one_or_none()
    chosen = _THEME.search(theme or "")
    return PageStyles(canvas.stylesheet(app.preview_key), chosen[1] if chosen else "")


def save_page(
    session: Session,
    user_id: UUID,
    slug: str,
    path: str,
    document: Document,
    base: str,
    imports: Mapping[str, Any],
    *,
    canvas: Canvas,
    bundler: Bundler,
    log: ProgressLog,
) -> SavedPage:
    """Write the document into the text it was read from, whose checksum is `base`, and save that.

    Raises ChangedMeanwhile where others changed the same lines, InvalidInput where it would not compile, Unavailable.
    """
    app = app_to_change(session, user_id, slug)
    files = read_files(session, app.id)
    text = canvas.write(files | {path: _text_before(session, files.get(path), base)}, path, document, imports)
    saved = save_in_app(session, app, user_id, [FileChange(path, text, base)], bundler=bundler, log=log)
    now = next((file.text for file in saved.files if file.path == path and file.text is not None), text)
    page = canvas.read(files | {path: now}, path)
    return SavedPage(checksum(now), saved.revision, saved.version, page.document, now != text, saved.diagnostics)


def _text_before(session: Session, current: str | None, base: str) -> str:
    """What the canvas had read: who can name its checksum has seen it. Texts without a version are kept for a while."""
    if current is not None and checksum(current) == base:
        return current
    kept = session.get(FileBlob, base)
    if kept is None:
        raise Conflict("The page was changed by somebody else. It is shown anew; your last change was not saved.")
    return kept.content
