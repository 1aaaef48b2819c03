"""What a mail's link carries: signed with a key made from the server's secret, so nothing of it is kept.

sign(body, purpose, settings)      for an address; "" without a secret: nobody could tell a forged one from a true one
opened(token, purpose, settings)   what was signed for that purpose; None for anything else
"""

import base64
import binascii
import hmac

from overskill.config import Settings

_MAC_BYTES = 32


def sign(body: bytes, purpose: str, settings: Settings) -> str:
    if not settings.secret_key.get_secret_value():
        return ""
    return base64.urlsafe_b64encode(body + _mac(body, purpose, settings)).rstrip(b"=").decode()


def opened(token: str, purpose: str, settings: Settings) -> bytes | None:
    try:
        given = base64.b64decode(token + "=" * (-len(token) % 4), b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    body, mac = given[:-_MAC_BYTES], given[-_MAC_BYTES:]
    if not settings.secret_key.get_secret_value() or not hmac.compare_digest(mac, _mac(body, purpose, settings)):
        return None
    return body


def _mac(body: bytes, purpose: str, settings: Settings) -> bytes:
    key = hmac.digest(settings.secret_key.get_secret_value().encode(), f"overskill {purpose}".encode(), "sha256")
    return hmac.digest(key, body, "sha256")
