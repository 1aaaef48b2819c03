"""Taking in what people attach: files and links. It is theirs alone until they send it, and forgotten after a day."""

from datetime import timedelta
from functools import partial
from uuid import UUID

from sqlalchemy import delete
from sqlmodel import Session, col, func, select

from overskill.clients.objects import ObjectStore
from overskill.clients.web_pages import WebPage
from overskill.db import after_commit
from overskill.errors import LimitReached, NotFound
from overskill.models import App, Attachment, AttachmentKind, Generation, Membership
from overskill.models.base import utc_now
from overskill.services.attachments.page_text import page_text
from overskill.services.attachments.pictures import redraw, thumbnail
from overskill.services.attachments.projects import read_project
from overskill.services.attachments.reading import Reading, check_size, kind_of, plain_name, shown_name
from overskill.services.attachments.stored import fresh_key
from overskill.services.attachments.tables import read_data
from overskill.services.attachments.texts import read_text
from overskill.services.attachments.view import AttachmentView, view_attachment
from overskill.services.figures import size_words

MOST_A_DAY = 200
LARGEST_DAY = 300 * 1024 * 1024
MOST_WAITING = 40
KEPT_UNSENT = timedelta(days=1)
_MISSING = "That attachment is no longer there."


def read_upload(name: str, content: bytes) -> Reading:
    """What an upload turns out to be. Raises InvalidInput or LimitReached, with a sentence for its sender."""
    name = shown_name(name)
    kind = kind_of(name, content)
    check_size(kind, len(content))
    match kind:
        case AttachmentKind.IMAGE:
            return _read_picture(name, content)
        case AttachmentKind.CODE:
            return read_project(content)
        case AttachmentKind.DATA:
            return read_data(name, content)
        case _:
            return read_text(name, content)


def _read_picture(name: str, content: bytes) -> Reading:
    drawn, media_type, (width, height) = redraw(content)
    note = f"A picture, {width} × {height} pixels."
    return Reading(AttachmentKind.IMAGE, media_type, drawn, note, files=[f"src/assets/{plain_name(name)}.ts"])


def attach_file(
    session: Session, user_id: UUID, name: str, size: int, reading: Reading, *, objects: ObjectStore
) -> AttachmentView:
    """What `read_upload` made of it, which takes a while, so no transaction waits for it. Raises LimitReached for too
    much of it."""
    check_room(session, user_id, size)
    return _keep(session, user_id, shown_name(name), size, reading, objects)


def attach_page(session: Session, user_id: UUID, page: WebPage, *, objects: ObjectStore) -> AttachmentView:
    """What a web page says. Raises InvalidInput when it says nothing."""
    check_room(session, user_id, len(page.content))
    reading = page_text(page)
    return _keep(session, user_id, page.url[:200], len(page.content), reading, objects)


def check_room(session: Session, user_id: UUID, size: int) -> None:
    """Raises LimitReached when the user attached too much today, or leaves too much unsent."""
    recent = (Attachment.user_id == user_id, Attachment.created_at > utc_now() - timedelta(days=1))
    count, total, waiting = session.exec(
        select(
            func.count(),
            func.coalesce(func.sum(Attachment.size), 0),
            func.count().filter(col(Attachment.generation_id).is_(None)),
        ).where(*recent)
    ).one()
    if count >= MOST_A_DAY or total + size > LARGEST_DAY:
        raise LimitReached(
            f"You attached {count} things ({size_words(total)}) within a day, which is as much as can be kept. "
            "Go on without, or tomorrow."
        )
    if waiting >= MOST_WAITING:
        raise LimitReached(f"{waiting} things you attached wait to be sent. Send or remove some of them first.")


def _keep(
    session: Session, user_id: UUID, name: str, size: int, reading: Reading, objects: ObjectStore
) -> AttachmentView:
    row = Attachment(
        user_id=user_id,
        kind=reading.kind,
        name=name,
        media_type=reading.media_type,
        size=size,
        object_key=fresh_key(user_id),
        text=f"{reading.note}\n{reading.text}".strip(),
        files=list(reading.files),
    )
    objects.put(row.object_key, reading.content)
    session.add(row)
    session.flush()
    return view_attachment(row)


def remove_attachment(session: Session, user_id: UUID, attachment_id: UUID, *, objects: ObjectStore) -> None:
    """Take back what was not sent yet. Removing what is gone is no error."""
    row = session.exec(
        select(Attachment)
        .where(Attachment.id == attachment_id, Attachment.user_id == user_id, col(Attachment.generation_id).is_(None))
        .with_for_update()
    ).one_or_none()
    if row is not None:
        session.delete(row)
        after_commit(session, partial(objects.delete, row.object_key))


def read_thumbnail(session: Session, user_id: UUID, attachment_id: UUID, *, objects: ObjectStore) -> bytes:
    """Of a picture, for its owner and, once it is sent, for the team of the app. Raises NotFound."""
    row = session.get(Attachment, attachment_id)
    if row is None or row.kind is not AttachmentKind.IMAGE or not _may_see(session, user_id, row):
        raise NotFound(_MISSING)
    return thumbnail(objects.get(row.object_key))


def _may_see(session: Session, user_id: UUID, row: Attachment) -> bool:
    if row.user_id == user_id:
        return True
    return (
        session.exec(
            select(Membership.id)
            .join(App, col(App.team_id) == col(Membership.team_id))
            .join(Generation, col(Generation.app_id) == col(App.id))
            .where(Generation.id == row.generation_id, Membership.user_id == user_id)
        ).first()
        is not None
    )


def forget_unsent(session: Session, *, objects: ObjectStore) -> int:
    """Delete what waited for more than a day, and say how much that was."""
    stale = session.exec(
        select(Attachment.id, Attachment.object_key)
        .where(col(Attachment.generation_id).is_(None), Attachment.created_at < utc_now() - KEPT_UNSENT)
        .with_for_update(skip_locked=True)
    ).all()
    if stale:
        session.exec(delete(Attachment).where(col(Attachment.id).in_([found for found, _ in stale])))
    for _, key in stale:
        after_commit(session, partial(objects.delete, key))
    return len(stale)
