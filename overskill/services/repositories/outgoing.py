"""Our versions as commits: a project that runs with plain npm and Vite, as it is exported, and who made each step."""

from collections.abc import Mapping
from urllib.parse import urlsplit
from uuid import UUID

from sqlmodel import Session, col, select

from overskill.clients.github import Commit
from overskill.clients.github.host import blob_id
from overskill.config import Settings
from overskill.models import App, AppVersion, User
from overskill.services.apps.env_vars import variable_names
from overskill.services.apps.export import export_files
from overskill.services.apps.versions import version_files
from overskill.services.repositories.manifest import LOCK, MANIFEST, merged_manifest

# Made by us of what the app is; people may have added to them for GitHub alone, and that stays.
PROJECT_FILES = frozenset({"README.md", "package.json", "package-lock.json", "vite.config.ts", "tsconfig.json"})
MOST_COMMITS = 20  # older versions that are not there yet go into the first of them


def commits_since(
    session: Session, app: App, pushed: int, tree: Mapping[str, str], manifest: str | None, *, settings: Settings
) -> list[Commit]:
    """One for each version after `pushed` that changes what `tree` (path -> blob id) holds, oldest first. `manifest` is
    the package.json there."""
    versions = session.exec(
        select(AppVersion)
        .where(AppVersion.app_id == app.id, AppVersion.number > pushed)
        .order_by(col(AppVersion.number).desc())
        .limit(MOST_COMMITS)
    ).all()
    if not versions:
        return []
    names = _names(session, {version.author_id for version in versions if version.author_id})
    variables = variable_names(session, app.id)
    there = dict(tree)
    before = version_files(session, app.id, pushed) if pushed else {}
    commits = []
    for version in reversed(versions):
        files = version_files(session, app.id, version.number)
        changes = _changes(app, before, files, there, manifest, variables)
        before = files
        if not changes:
            continue
        commits.append(_commit(app, version, changes, names, settings))
        manifest = changes.get(MANIFEST, manifest)
        for path, text in changes.items():
            if text is None:
                del there[path]
            else:
                there[path] = blob_id(text)
    return commits


def _changes(
    app: App,
    before: Mapping[str, str],
    files: Mapping[str, str],
    there: Mapping[str, str],
    manifest: str | None,
    variables: list[str],
) -> dict[str, str | None]:
    """The app's own files become what they are here. What only the project has (its lock, its configuration) is
    written when it changes: people may have changed it there, too."""
    project = export_files(app.name, app.slug, files, description=app.description, variables=variables)
    project_before = (
        export_files(app.name, app.slug, before, description=app.description, variables=variables) if before else {}
    )
    wanted = {
        path: text
        for path, text in project.items()
        if (path in files and path not in PROJECT_FILES) or text != project_before.get(path)
    }
    if MANIFEST in wanted:
        wanted[MANIFEST] = merged_manifest(project_before.get(MANIFEST), project[MANIFEST], manifest)
        if wanted[MANIFEST] != project[MANIFEST]:
            wanted.pop(LOCK, None)  # of other packages than theirs
    written: dict[str, str | None] = {path: text for path, text in wanted.items() if there.get(path) != blob_id(text)}
    removed = {path: None for path in before if path not in project and path in there}
    return written | removed


def _names(session: Session, users: set[UUID]) -> dict[UUID, str]:
    return dict(session.exec(select(User.id, User.name).where(col(User.id).in_(users))).all())


def _commit(
    app: App, version: AppVersion, changes: Mapping[str, str | None], names: Mapping[UUID, str], settings: Settings
) -> Commit:
    author = version.author_id
    return Commit(
        message=f"{version.note or 'Changed'}\n\nVersion {version.number} of {app.name}, by OverSkill.",
        author=names.get(author, "OverSkill") if author else "OverSkill",
        # Nobody's own address: it would be public for ever.
        email=f"{author.hex[:12] if author else 'apps'}@users.noreply.{urlsplit(settings.site_url).hostname}",
        changes=changes,
    )
