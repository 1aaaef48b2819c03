"""Icons of apps: a picture of one's own that stands wherever the logo we draw would stand."""

import hashlib
import io
import re
from functools import partial
from uuid import UUID

from PIL import Image, ImageOps, UnidentifiedImageError
from sqlmodel import Session, col, or_, select

from overskill.clients.objects import ObjectStore
from overskill.db import after_commit
from overskill.errors import InvalidInput, NotFound
from overskill.models import App, Deployment, Membership
from overskill.services.apps.gallery import is_in_gallery

LARGEST_ICON = 1024 * 1024
SIDE = 256
_SMALLEST = 16
_MOST_PIXELS = 4096 * 4096
_FORMATS = ("PNG", "WEBP", "JPEG")
_CHECKSUM = re.compile(r"[0-9a-f]{64}")
_BROKEN = (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError)


def save_icon(session: Session, app: App, image: bytes, objects: ObjectStore) -> str:
    """Keep a picture as the app's icon and return its checksum. It is drawn anew: nothing of the upload stays."""
    if len(image) > LARGEST_ICON:
        raise InvalidInput("An icon has at most 1 MB. Choose a smaller picture.")
    content = _redraw(image)
    checksum = hashlib.sha256(content).hexdigest()
    objects.put(_key(checksum), content)
    _replace(session, app, checksum, objects)
    return checksum


def remove_icon(session: Session, app: App, objects: ObjectStore) -> None:
    """The logo we draw stands there again."""
    _replace(session, app, "", objects)


def forget_icon(session: Session, checksum: str, objects: ObjectStore) -> None:
    """Once this is committed, delete a picture that no app has any more. A copied app has that of the first."""
    session.flush()
    if checksum and session.exec(select(App.id).where(App.icon == checksum)).first() is None:
        after_commit(session, partial(objects.delete, _key(checksum)))


def read_icon(session: Session, user_id: UUID | None, checksum: str, objects: ObjectStore) -> bytes:
    """For the team of an app that has this icon, and for everybody while such an app is in the gallery."""
    is_public = select(Deployment.id).where(Deployment.app_id == App.id, is_in_gallery()).correlate(App).exists()
    is_own = (
        select(Membership.id)
        .where(Membership.team_id == App.team_id, Membership.user_id == user_id)
        .correlate(App)
        .exists()
    )
    found = (
        _CHECKSUM.fullmatch(checksum)
        and session.exec(select(App.id).where(col(App.icon) == checksum, or_(is_own, is_public))).first()
    )
    if not found:
        raise NotFound("There is no such picture.")
    return objects.get(_key(checksum))


def _replace(session: Session, app: App, checksum: str, objects: ObjectStore) -> None:
    before, app.icon = app.icon, checksum
    session.add(app)
    if before != checksum:
        forget_icon(session, before, objects)


def _key(checksum: str) -> str:
    return f"icons/{checksum[:2]}/{checksum}.webp"


def _redraw(image: bytes) -> bytes:
    """Upright and square, with what is around it see-through."""
    try:
        with Image.open(io.BytesIO(image), formats=_FORMATS) as picture:
            if picture.width * picture.height > _MOST_PIXELS or min(picture.size) < _SMALLEST:
                raise InvalidInput("That picture is too large or too small for an icon. Use one of 64 to 4096 pixels.")
            drawn = ImageOps.exif_transpose(picture).convert("RGBA")
    except _BROKEN as error:
        raise InvalidInput("An icon is a PNG, WebP, JPEG or SVG. This is none of them, or it is broken.") from error
    drawn = ImageOps.pad(drawn, (SIDE, SIDE), Image.Resampling.LANCZOS, color=(0, 0, 0, 0))
    result = io.BytesIO()
    drawn.save(result, "WEBP", quality=90, method=4)
    return result.getvalue()
