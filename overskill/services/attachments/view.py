"""What pages show of attachments: a chip before they are sent, and under the message afterwards."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session, col, select

from overskill.models import Attachment, AttachmentKind
from overskill.services.figures import size_words


@dataclass(frozen=True)
class AttachmentView:
    id: str
    kind: str  # AttachmentKind
    name: str
    size_words: str
    note: str  # a sentence about what was found in it
    details: tuple[str, ...]  # of an imported project: file by file, what was not taken and why
    thumbnail: str  # address, "" where there is none


def view_attachment(row: Attachment) -> AttachmentView:
    note, _, rest = row.text.partition("\n")
    return AttachmentView(
        id=str(row.id),
        kind=row.kind,
        name=row.name,
        size_words=size_words(row.size),
        note=note,
        details=tuple(line.removeprefix("- ") for line in rest.splitlines() if line.startswith("- "))
        if row.kind is AttachmentKind.CODE
        else (),
        thumbnail=f"/api/attachments/{row.id}/thumbnail" if row.kind is AttachmentKind.IMAGE else "",
    )


def attachments_of(session: Session, generation_ids: Collection[UUID]) -> dict[UUID, tuple[AttachmentView, ...]]:
    """What each of these turns was sent with, by turn; one query."""
    if not generation_ids:
        return {}
    found: dict[UUID, tuple[AttachmentView, ...]] = {}
    for row in session.exec(
        select(Attachment)
        .where(col(Attachment.generation_id).in_(generation_ids))
        .order_by(col(Attachment.created_at), col(Attachment.id))
    ):
        if row.generation_id is not None:
            found[row.generation_id] = (*found.get(row.generation_id, ()), view_attachment(row))
    return found
