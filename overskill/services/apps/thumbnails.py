"""Pictures of apps: taken in the preview and shown on cards, or of a version as it was checked in a browser."""

import hashlib
import io
import re
from functools import partial
from uuid import UUID

from PIL import Image, UnidentifiedImageError
from sqlmodel import Session, col, or_, select

from overskill.clients.objects import ObjectStore
from overskill.db import after_commit
from overskill.errors import InvalidInput, NotFound
from overskill.models import App, AppVersion, Deployment, Membership
from overskill.services.apps.gallery import is_in_gallery

LARGEST_UPLOAD = 400 * 1024
LARGEST_SCREENSHOT = 8 * 1024 * 1024  # of our own browser
WIDTH = 640
TALLEST = 3  # times its width; a picture of a long page is cut
_MOST_PIXELS = 4096 * 4096
_FORMATS = ("PNG", "WEBP")
_CHECKSUM = re.compile(r"[0-9a-f]{64}")
_NO_PICTURE = "There is no such picture."


def save_thumbnail(
    session: Session, app: App, image: bytes, objects: ObjectStore, *, largest: int = LARGEST_UPLOAD
) -> str:
    """Keep a picture of the app and return its checksum. What is stored is drawn anew: nothing of the upload stays.

    Raises InvalidInput for anything but a PNG or WebP of a sensible size.
    """
    if len(image) > largest:
        raise InvalidInput(f"A picture of an app has at most {largest // 1024} KB.")
    content = _redraw(image)
    checksum = hashlib.sha256(content).hexdigest()
    objects.put(_key(checksum), content)
    before, app.thumbnail = app.thumbnail, checksum
    session.add(app)
    forget_thumbnail(session, before, objects)
    return checksum


def show_in_timeline(session: Session, app: App, checksum: str) -> None:
    """Also as the picture of the version that is shown, unless that has one of its own."""
    version = session.exec(
        select(AppVersion).where(AppVersion.app_id == app.id, AppVersion.number == app.current_version)
    ).one_or_none()
    if version is not None and not version.screenshot:
        version.screenshot = checksum
        session.add(version)


def forget_thumbnail(session: Session, checksum: str, objects: ObjectStore) -> None:
    """Once this is committed, delete a picture that nothing has any more. A copied app has that of the first."""
    session.flush()
    if checksum and not _is_kept(session, checksum):
        after_commit(session, partial(objects.delete, _key(checksum)))


def _is_kept(session: Session, checksum: str) -> bool:
    of_apps = select(App.id).where(App.thumbnail == checksum)
    of_versions = select(AppVersion.id).where(AppVersion.screenshot == checksum)
    return any(session.exec(query).first() is not None for query in (of_apps, of_versions))


def read_thumbnail(session: Session, user_id: UUID | None, checksum: str, objects: ObjectStore) -> bytes:
    """For those who may see it: the team of an app that has this picture or a version with it, and everybody while it
    is the picture of an app in the gallery."""
    if not _CHECKSUM.fullmatch(checksum):
        raise NotFound(_NO_PICTURE)
    is_public = select(Deployment.id).where(Deployment.app_id == App.id, is_in_gallery()).correlate(App).exists()
    is_own = (
        select(Membership.id)
        .where(Membership.team_id == App.team_id, Membership.user_id == user_id)
        .correlate(App)
        .exists()
    )
    of_app = select(App.id).where(App.thumbnail == checksum, or_(is_own, is_public))
    of_version = (
        select(App.id)
        .join(AppVersion, col(AppVersion.app_id) == col(App.id))
        .where(AppVersion.screenshot == checksum, is_own)
    )
    if all(session.exec(query).first() is None for query in (of_app, of_version)):
        raise NotFound(_NO_PICTURE)
    return objects.get(_key(checksum))


def _key(checksum: str) -> str:
    return f"thumbnails/{checksum[:2]}/{checksum}.webp"


def _redraw(image: bytes) -> bytes:
    try:
        with Image.open(io.BytesIO(image), formats=_FORMATS) as picture:
            if picture.width * picture.height > _MOST_PIXELS or picture.width < 16 or picture.height < 16:
                raise InvalidInput("That picture is too large or too small to show.")
            drawn = picture.convert("RGB")
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError) as error:
        raise InvalidInput("A picture of an app is a PNG or a WebP. This is neither, or it is broken.") from error
    drawn = drawn.crop((0, 0, drawn.width, min(drawn.height, drawn.width * TALLEST)))
    if drawn.width > WIDTH:
        drawn = drawn.resize((WIDTH, round(drawn.height * WIDTH / drawn.width)), Image.Resampling.LANCZOS)
    result = io.BytesIO()
    drawn.save(result, "WEBP", quality=82, method=4)
    return result.getvalue()
