"""Passwords: hashed with argon2, checked in the same time whether or not anybody is there."""

from functools import cache

from pwdlib import PasswordHash

from overskill.errors import InvalidInput

SHORTEST_PASSWORD = 10
LONGEST_PASSWORD = 200


@cache
def _argon2() -> PasswordHash:
    return PasswordHash.recommended()


def hash_password(password: str) -> str:
    """Raises InvalidInput for a password that is too short, too long, or one character over and over."""
    if len(password) < SHORTEST_PASSWORD:
        raise InvalidInput(f"Use a password of {SHORTEST_PASSWORD} characters or more.", field="password")
    if len(password) > LONGEST_PASSWORD:
        raise InvalidInput(f"Use a password of at most {LONGEST_PASSWORD} characters.", field="password")
    if len(set(password)) < 4:
        raise InvalidInput("That password is too easy to guess. Use more different characters.", field="password")
    return _argon2().hash(password)


def is_password(password: str, password_hash: str | None) -> bool:
    """Costs the same without a hash, so that the time of an answer does not tell who has an account."""
    if len(password) > LONGEST_PASSWORD:
        return False
    matches = _argon2().verify(password, password_hash or _decoy())
    return matches and password_hash is not None


@cache
def _decoy() -> str:
    return _argon2().hash("nobody has this password")
