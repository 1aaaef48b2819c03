"""Secrets at rest: encrypted with a key that comes from OVERSKILL_SECRET_KEY, and bound to what they belong to."""

import base64
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from overskill.config import Settings
from overskill.errors import Unavailable

_VERSION = "1."
_NONCE_BYTES = 12


class Unreadable(Exception):
    """It was sealed with another OVERSKILL_SECRET_KEY, or for something else, or changed since."""


def seal(secret: str, *, settings: Settings, purpose: str, owner: str) -> str:
    """`owner` must be given again to unseal it: a copy in another row is worth nothing."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    sealed = AESGCM(_key(settings, purpose)).encrypt(nonce, secret.encode(), owner.encode())
    return _VERSION + base64.urlsafe_b64encode(nonce + sealed).decode()


def unseal(sealed: str, *, settings: Settings, purpose: str, owner: str) -> str:
    try:
        raw = base64.urlsafe_b64decode(sealed.removeprefix(_VERSION))
        cipher = AESGCM(_key(settings, purpose))
        return cipher.decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], owner.encode()).decode()
    except (InvalidTag, ValueError):
        raise Unreadable from None


def _key(settings: Settings, purpose: str) -> bytes:
    """One key for each purpose, so that what is sealed for one is no use for another."""
    secret = settings.secret_key.get_secret_value()
    if not secret:
        raise Unavailable(
            "Keys can't be kept: this process knows no OVERSKILL_SECRET_KEY. Start OverSkill with ./run up, "
            "or set it in .env."
        )
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=f"overskill {purpose}".encode()).derive(secret.encode())
