"""A mail's link that ends mails of its kind: for whom it was sent to, without signing in, for good."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from overskill.config import Settings
from overskill.errors import NotAllowed
from overskill.services.signed_tokens import opened, sign

PATH = "/mails/end"
_PURPOSE = "end of mails"
_ID_BYTES = 16
_WRONG = "This link is not whole. Open it from the mail again, or switch the mails off under News."


class MailKind(StrEnum):
    NEWS = "news"
    UPDATES = "updates"


@dataclass(frozen=True, slots=True)
class Ending:
    user_id: UUID
    kind: MailKind


def ending_link(user_id: UUID, kind: MailKind, settings: Settings) -> str:
    """ "" where nothing can be signed."""
    token = sign(user_id.bytes + kind.encode(), _PURPOSE, settings)
    return f"{settings.site_url}{PATH}?token={token}" if token else ""


def read_ending(token: str, settings: Settings) -> Ending:
    """Raises NotAllowed for a link that is forged."""
    body = opened(token, _PURPOSE, settings)
    if body is None:
        raise NotAllowed(_WRONG)
    return Ending(UUID(bytes=body[:_ID_BYTES]), MailKind(body[_ID_BYTES:].decode()))
