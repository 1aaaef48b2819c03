"""A mail's link to one decision: it shows it and takes the appeal, and opens nothing else.

Who is suspended can't sign in, so the link is signed.
"""

import struct
from datetime import datetime, timedelta
from uuid import UUID

from overskill.config import Settings
from overskill.errors import NotAllowed
from overskill.services.signed_tokens import opened, sign

LIFETIME = timedelta(days=60)
LONGEST_TOKEN = 100
_TOO_OLD = "This link is too old. Sign in and appeal under Notices, or answer the mail that it came with."
_WRONG = "This link is not whole. Open it from the mail again, or copy all of it."
_BODY = struct.Struct(">16sI")  # the decision, and the second the link ends
_PURPOSE = "appeal"


def appeal_link(act_id: UUID, settings: Settings, now: datetime) -> str:
    """Where whom it concerns reads this decision and appeals."""
    token = sign(_BODY.pack(act_id.bytes, int((now + LIFETIME).timestamp())), _PURPOSE, settings)
    return f"{settings.site_url}/appeal?token={token}" if token else f"{settings.site_url}/sell/notices"


def act_in(token: str, settings: Settings, now: datetime) -> UUID:
    """Raises NotAllowed for a link that is forged or too old."""
    body = opened(token, _PURPOSE, settings)
    if body is None:
        raise NotAllowed(_WRONG)
    act_id, ends_at = _BODY.unpack(body)
    if ends_at < now.timestamp():
        raise NotAllowed(_TOO_OLD)
    return UUID(bytes=act_id)
