"""A mail's link to one decision: it shows it and takes the appeal, and opens nothing else.

Who is suspended can't sign in, so the link is signed, with a key made from the server's secret. Nothing of it is kept.
"""

import base64
import binascii
import hmac
import struct
from datetime import datetime, timedelta
from uuid import UUID

from overskill.config import Settings
from overskill.errors import NotAllowed

LIFETIME = timedelta(days=60)
LONGEST_TOKEN = 100
_TOO_OLD = "This link is too old. Sign in and appeal under Notices, or answer the mail that it came with."
_WRONG = "This link is not whole. Open it from the mail again, or copy all of it."
_BODY = struct.Struct(">16sI")  # the decision, and the second the link ends
_MAC_BYTES = 32


def appeal_link(act_id: UUID, settings: Settings, now: datetime) -> str:
    """Where whom it concerns reads this decision and appeals."""
    if not settings.secret_key.get_secret_value():  # nobody could tell a forged link from a true one
        return f"{settings.site_url}/sell/notices"
    body = _BODY.pack(act_id.bytes, int((now + LIFETIME).timestamp()))
    token = base64.urlsafe_b64encode(body + _mac(body, settings)).rstrip(b"=").decode()
    return f"{settings.site_url}/appeal?token={token}"


def act_in(token: str, settings: Settings, now: datetime) -> UUID:
    """Raises NotAllowed for a link that is forged or too old."""
    try:
        given = base64.b64decode(token + "=" * (-len(token) % 4), b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise NotAllowed(_WRONG) from None
    if len(given) != _BODY.size + _MAC_BYTES or not settings.secret_key.get_secret_value():
        raise NotAllowed(_WRONG)
    body, mac = given[: _BODY.size], given[_BODY.size :]
    if not hmac.compare_digest(mac, _mac(body, settings)):
        raise NotAllowed(_WRONG)
    act_id, ends_at = _BODY.unpack(body)
    if ends_at < now.timestamp():
        raise NotAllowed(_TOO_OLD)
    return UUID(bytes=act_id)


def _mac(body: bytes, settings: Settings) -> bytes:
    key = hmac.digest(settings.secret_key.get_secret_value().encode(), b"overskill appeal", "sha256")
    return hmac.digest(key, body, "sha256")
