"""The npm packages that a person adds to an app, or takes from it. Every function checks both the user and the app."""

from collections.abc import Mapping
from uuid import UUID

from sqlmodel import Session

from overskill.errors import InvalidInput
from overskill.services.apps.access import app_to_change
from overskill.services.apps.files import read_files
from overskill.services.apps.packages import with_package
from overskill.services.apps.saving import FileChange
from overskill.services.packages.named import added_packages, imported_packages, vendor_packages
from overskill.services.packages.rules import split_spec


def packages_beside(session: Session, user_id: UUID, slug: str, spec: str) -> Mapping[str, str]:
    """What the app has, when another one is to be added. Raises InvalidInput where every app has that anyway."""
    app = app_to_change(session, user_id, slug)
    name, _ = split_spec(spec)
    if name in vendor_packages():
        raise InvalidInput(f"Every app has {name}: import it in the code.", field="package")
    return added_packages(read_files(session, app.id))


def naming(session: Session, user_id: UUID, slug: str, name: str, version: str) -> FileChange:
    """The change that has package.json name it."""
    app = app_to_change(session, user_id, slug)
    return with_package(read_files(session, app.id), name, version)


def removing(session: Session, user_id: UUID, slug: str, name: str) -> FileChange:
    """The change that takes it from package.json. Raises InvalidInput while code imports it."""
    app = app_to_change(session, user_id, slug)
    files = read_files(session, app.id)
    if importers := imported_packages(files).get(name):
        raise InvalidInput(f"{importers[0]} imports {name}. Take it out of the code first.", field="package")
    return with_package(files, name, None)
