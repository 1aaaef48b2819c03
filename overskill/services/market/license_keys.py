"""What a licence key looks like: OVSK-7K2M-9QXA-4T0D-HW3E."""

import re
import secrets

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: nothing that is taken for something else
_SEEN_AS = str.maketrans("OIL", "011")
_KEY = re.compile(rf"OVSK(-[{_ALPHABET}]{{4}}){{4}}")
_LONGEST = 60
ENDING = 4


def make_key() -> str:
    groups = ["".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(4)]
    return "-".join(("OVSK", *groups))


def read_key(typed: str) -> str:
    """The key as it was given out, however it was typed; "" for what can't be one."""
    if len(typed) > _LONGEST:
        return ""
    letters = re.sub(r"[\s-]", "", typed.upper())
    body = letters.removeprefix("OVSK").translate(_SEEN_AS)
    key = "-".join(("OVSK", *(body[place : place + 4] for place in range(0, len(body), 4))))
    return key if letters.startswith("OVSK") and _KEY.fullmatch(key) else ""
