"""Attachments go along with a turn: only their owner's, only once, and not too many."""

from collections.abc import Collection, Sequence
from pathlib import PurePosixPath
from uuid import UUID

from sqlmodel import Session, col, select

from overskill.errors import LimitReached, NotFound
from overskill.models import Attachment, AttachmentKind, Generation

MOST_A_MESSAGE = 10
_LONGEST_CHAIN = 10  # of a turn that answers questions about a turn that builds a plan ...


def send_along(session: Session, generation: Generation, attachments: Sequence[UUID]) -> None:
    """Give the turn what its author attached. Raises LimitReached, and NotFound when something isn't theirs to send:
    somebody else's, sent already, or forgotten because it waited too long."""
    wanted = list(dict.fromkeys(attachments))
    if len(wanted) > MOST_A_MESSAGE:
        raise LimitReached(f"At most {MOST_A_MESSAGE} things go along with one message. Send the rest with the next.")
    if not wanted:
        return
    rows = session.exec(
        select(Attachment)
        .where(
            col(Attachment.id).in_(wanted),
            Attachment.user_id == generation.user_id,
            col(Attachment.generation_id).is_(None),
        )
        .with_for_update()
    ).all()
    if len(rows) < len(wanted):
        raise NotFound("Something you attached is no longer there. Take it off the message and attach it again.")
    taken: set[str] = set()
    for row in sorted(rows, key=lambda row: wanted.index(row.id)):
        row.generation_id = generation.id
        if row.kind is not AttachmentKind.CODE:
            row.files = [_free_path(path, taken) for path in row.files]
        taken.update(row.files)
        session.add(row)


def _free_path(path: str, taken: Collection[str]) -> str:
    """Two pictures of one message may have the same name; in the app they are two."""
    place = PurePosixPath(path)
    number = 2
    while path in taken:
        path = str(place.with_name(f"{place.stem}-{number}{place.suffix}"))
        number += 1
    return path


def attachments_for(session: Session, generation: Generation) -> list[Attachment]:
    """What was sent with the turn and, oldest first, with the turns it follows: a plan's pictures are there when it
    is built."""
    return [
        row
        for turn_id in _chain(session, generation)
        for row in session.exec(
            select(Attachment)
            .where(Attachment.generation_id == turn_id)
            .order_by(col(Attachment.created_at), col(Attachment.id))
        )
    ]


def _chain(session: Session, generation: Generation) -> list[UUID]:
    chain = [generation.id]
    before = generation.follows_id or generation.replaces_id
    while before is not None and before not in chain and len(chain) < _LONGEST_CHAIN:
        turn = session.get(Generation, before)
        if turn is None or turn.app_id != generation.app_id:
            break
        chain.append(before)
        before = turn.follows_id or turn.replaces_id
    return chain[::-1]
