"""What pages show of attachments: a chip before they are sent, and under the message afterwards."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ScalarSelect, func
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlmodel import col, select

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
    return _view(str(row.id), row.kind, row.name, row.size, row.text)


def _view(key: str, kind: str, name: str, size: int, text: str) -> AttachmentView:
    note, _, rest = text.partition("\n")
    lines = rest.splitlines() if kind == AttachmentKind.CODE else []
    return AttachmentView(
        id=key,
        kind=kind,
        name=name,
        size_words=size_words(size),
        note=note,
        details=tuple(line.removeprefix("- ") for line in lines if line.startswith("- ")),
        thumbnail=f"/api/attachments/{key}/thumbnail" if kind == AttachmentKind.IMAGE else "",
    )


def attachments_beside(generation_id: UUID) -> ScalarSelect[Any]:
    """A column for a query of turns: what each was sent with, for `attachments_in`. It is given that query's column."""
    names = ("id", "kind", "name", "size", "text")
    one = func.json_build_object(*(part for name in names for part in (name, getattr(Attachment, name))))
    in_order = aggregate_order_by(one, col(Attachment.created_at), col(Attachment.id))
    return select(func.json_agg(in_order)).where(col(Attachment.generation_id) == generation_id).scalar_subquery()


def attachments_in(column: Sequence[Mapping[str, Any]] | None) -> tuple[AttachmentView, ...]:
    return tuple(_view(row["id"], row["kind"], row["name"], row["size"], row["text"]) for row in column or ())
