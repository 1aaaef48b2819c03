"""The buyer's own copy of what was sold: the release's files, in the buyer's team. No bytes are copied."""

from uuid import UUID

from sqlalchemy import insert, literal
from sqlmodel import Session, col, select

from overskill.errors import NotFound
from overskill.models import App, AppFile, AppVersion, EnvVar, Listing, Release, VersionCause
from overskill.services.apps.create import add_app_like
from overskill.services.apps.my_apps import LONGEST_NAME
from overskill.services.apps.versions import find_version, held_files, save_version


def make_copy(session: Session, release: Release, buyer_id: UUID) -> App:
    """An app of the buyer's own team whose first version is exactly the release.

    Nothing else of the seller's comes along: no chat, no prompt, no value of a variable. Raises NotFound where the app
    is kept no more, LimitReached for an app too many.
    """
    listing = session.get_one(Listing, release.listing_id)
    origin = session.get(App, listing.app_id) if listing.app_id else None
    if origin is None:
        raise NotFound(f"The files of {listing.title} are not kept any more, so it can't be installed.")
    version = find_version(session, origin.id, release.version)
    copy = add_app_like(
        session, origin, buyer_id, name=listing.title[:LONGEST_NAME], thumbnail=version.screenshot or origin.thumbnail
    )
    copy.prompt = f"{listing.title}, from the marketplace"  # the seller's own words stay the seller's
    copy.origin_id, copy.origin_version, copy.in_gallery = origin.id, release.version, False
    held = held_files(origin.id, release.version).subquery()
    locked = select(AppFile.path).where(AppFile.app_id == origin.id, col(AppFile.is_locked))
    rows = select(literal(copy.id), held.c.path, held.c.checksum, held.c.path.in_(locked))
    session.exec(insert(AppFile).from_select(["app_id", "path", "checksum", "is_locked"], rows))
    _save_first(session, copy, version, f"Release {release.number} of {listing.title}")
    return copy


def missing_variables(session: Session, app: App) -> list[str]:
    """Names that the app has variables for where it comes from, and the copy has none for yet."""
    if app.origin_id is None:
        return []
    own = select(EnvVar.name).where(EnvVar.app_id == app.id)
    wanted = select(EnvVar.name).where(EnvVar.app_id == app.origin_id, col(EnvVar.name).not_in(own))
    return sorted(set(session.exec(wanted)))


def _save_first(session: Session, copy: App, source: AppVersion, note: str) -> None:
    saved = save_version(
        session, copy, note=note, cause=VersionCause.DUPLICATE, author_id=copy.creator_id, builds=source.builds
    )
    saved.findings, saved.screenshot = source.findings, source.screenshot  # the same files were looked at already
    session.add(saved)
