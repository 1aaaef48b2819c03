"""Importing a zip, as one user asks for it: into an app of their own, or as the next version of one that is there."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from sqlmodel import Session

from overskill.clients.bundler import Bundler, Diagnostic
from overskill.config import Settings
from overskill.db import after_commit
from overskill.errors import OverskillError
from overskill.models import App, DeploymentEnvironment
from overskill.services.apps.access import app_to_change
from overskill.services.apps.bells import tell_files_once_committed
from overskill.services.apps.env_vars import public_variables, variables_file
from overskill.services.apps.importing import Imported, create_imported, import_into
from overskill.services.apps.versions import find_version
from overskill.services.generation import app_topic
from overskill.services.progress import ProgressLog


@dataclass(frozen=True, slots=True)
class ImportedApp:
    """`diagnostics` is what is wrong with the app now; nothing is said while the bundler is away."""

    slug: str
    version: int
    diagnostics: tuple[Diagnostic, ...]


def import_new(session: Session, user_id: UUID, imported: Imported, *, bundler: Bundler) -> ImportedApp:
    """Raises LimitReached for an app too many."""
    app, version = create_imported(session, user_id, imported)
    diagnostics = _show(app, imported.files, bundler)
    version.builds = not _has_errors(diagnostics)
    return ImportedApp(app.slug, app.current_version, diagnostics)


def import_as_version(
    session: Session,
    user_id: UUID,
    slug: str,
    imported: Imported,
    *,
    bundler: Bundler,
    settings: Settings,
    log: ProgressLog,
) -> ImportedApp:
    """Raises Conflict while a turn is under way."""
    app = app_to_change(session, user_id, slug)
    changes = import_into(session, app, user_id, imported)
    variables = public_variables(session, app.id, DeploymentEnvironment.PREVIEW, settings=settings)
    diagnostics = _show(app, {**imported.files, **variables_file(variables)}, bundler)
    find_version(session, app.id, app.current_version).builds = not _has_errors(diagnostics)
    tell_files_once_committed(session, app, changes, by=user_id, log=log)
    after_commit(session, partial(log.ring, app_topic(app.id)))
    return ImportedApp(app.slug, app.current_version, diagnostics)


def _show(app: App, files: Mapping[str, str], bundler: Bundler) -> tuple[Diagnostic, ...]:
    try:
        return bundler.open(app.preview_key, files).diagnostics
    except OverskillError:
        return ()


def _has_errors(diagnostics: tuple[Diagnostic, ...]) -> bool:
    return any(one.severity == "error" for one in diagnostics)
