"""Secrets we hand out once and store only as hashes."""

import hashlib
import secrets


def make_token() -> str:
    return secrets.token_urlsafe(32)


def hash_token(token: str) -> str:
    """Tokens are long and random, so a fast hash is enough (and lets us look them up)."""
    return hashlib.sha256(token.encode()).hexdigest()
