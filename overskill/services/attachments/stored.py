"""How an attachment lies in the object store: under a key of its own, never under a name of its sender."""

import secrets
from collections.abc import Mapping
from uuid import UUID

import orjson

from overskill.clients.objects import ObjectStore
from overskill.models import Attachment, AttachmentKind
from overskill.services.attachments.pictures import picture_module


def fresh_key(user_id: UUID) -> str:
    return f"attachments/{user_id.hex[:2]}/{user_id.hex}/{secrets.token_hex(16)}"


def pack_files(files: Mapping[str, str]) -> bytes:
    """The files of an imported project, as one object."""
    return orjson.dumps(dict(files))


def files_in(attachment: Attachment, objects: ObjectStore) -> dict[str, str]:
    """What it becomes in the app: path -> content. Raises NotFound when its bytes are gone."""
    if not attachment.files:
        return {}
    content = objects.get(attachment.object_key)
    match attachment.kind:
        case AttachmentKind.IMAGE:
            return {attachment.files[0]: picture_module(content, attachment.name)}
        case AttachmentKind.CODE:
            files: dict[str, str] = orjson.loads(content)
            return files
        case _:
            return {attachment.files[0]: content.decode()}
