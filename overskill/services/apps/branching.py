"""Another app that begins where a version of this one was."""

import secrets
from uuid import UUID

from sqlalchemy import insert, literal
from sqlmodel import Session, col, select

from overskill.models import App, AppFile, VersionCause
from overskill.services.apps.access import app_to_read, own_team
from overskill.services.apps.create import add_with_free_slug, check_room
from overskill.services.apps.my_apps import LONGEST_NAME
from overskill.services.apps.naming import logo_svg, slug_from_name
from overskill.services.apps.versions import find_version, held_files, save_version

_ENDING = " branch"


def branch_app(session: Session, user_id: UUID, slug: str, number: int) -> App:
    """The user's own app that begins with what a version of this one holds. No bytes are copied.

    Raises NotFound for a version that isn't there, LimitReached for an app too many.
    """
    app = app_to_read(session, user_id, slug)
    version = find_version(session, app.id, number)
    team_id = own_team(session, user_id)
    check_room(session, team_id)
    name = f"{app.name[: LONGEST_NAME - len(_ENDING)]}{_ENDING}"
    branch = App(
        team_id=team_id,
        creator_id=user_id,
        slug=slug_from_name(name),
        name=name,
        prompt=app.prompt,
        accent=app.accent,
        logo=logo_svg(name, app.accent),
        icon=app.icon,
        description=app.description,
        preview_key=secrets.token_hex(10),
        thumbnail=version.screenshot or (app.thumbnail if number == app.current_version else ""),
        in_gallery=app.in_gallery,
        origin_id=app.id,
        origin_version=number,
    )
    add_with_free_slug(session, branch)
    held = held_files(app.id, number).subquery()
    locked = select(AppFile.path).where(AppFile.app_id == app.id, col(AppFile.is_locked))
    rows = select(literal(branch.id), held.c.path, held.c.checksum, held.c.path.in_(locked))
    session.exec(insert(AppFile).from_select(["app_id", "path", "checksum", "is_locked"], rows))
    note = f"Branched from version {number} of {app.name}"
    save_version(session, branch, note=note, cause=VersionCause.DUPLICATE, author_id=user_id, builds=version.builds)
    return branch
