"""Secrets of apps' own server code, as they lie in the store of the edge on one machine: encrypted.

The key comes from OVERSKILL_SECRET_KEY. Two know it: who publishes, to seal, and the sandbox process of the edge, to
unseal (edge/workers/namespace/secrets.js); the front processes and the apps do not. A sealed secret is bound to its
script and its name: copied to another app's version it can't be read.
"""

import base64
import hashlib
import hmac

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from overskill.config import Settings
from overskill.errors import Unavailable

_KEY_BYTES = 32
_NONCE_BYTES = 12


def secrets_key(settings: Settings) -> bytes:
    secret = settings.secret_key.get_secret_value()
    if not secret:
        raise Unavailable(
            "Secrets can't be published: this process knows no OVERSKILL_SECRET_KEY. Start OverSkill with ./run up, "
            "or set it in .env."
        )
    return HKDF(algorithm=SHA256(), length=_KEY_BYTES, salt=None, info=b"overskill edge secrets").derive(
        secret.encode()
    )


def seal_secret(key: bytes, place: str, name: str, text: str) -> str:
    """`place` is namespace/script. The same secret gives the same text: an unchanged version keeps its id.

    The nonce is a keyed hash of what is sealed, so none is used for two texts.
    """
    bound = f"{place}/{name}".encode()
    nonce_key = hmac.digest(key, b"nonce", hashlib.sha256)
    nonce = hmac.digest(nonce_key, bound + b"\0" + text.encode(), hashlib.sha256)[:_NONCE_BYTES]
    return base64.b64encode(nonce + AESGCM(key).encrypt(nonce, text.encode(), bound)).decode()


def unseal_secret(key: bytes, place: str, name: str, sealed: str) -> str:
    raw = base64.b64decode(sealed)
    try:
        text = AESGCM(key).decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], f"{place}/{name}".encode())
    except InvalidTag:
        raise Unavailable(
            f"The secret {name} can't be read: OVERSKILL_SECRET_KEY is not what it was. Set it again and publish."
        ) from None
    return text.decode()
