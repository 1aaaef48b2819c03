"""Notes that outlive one page load: what was typed into a form and why it was refused, a prompt kept over a sign-up.

They are kept in Redis under a random name, so that nothing personal stands in an address or a log.
"""

from collections.abc import Mapping
from typing import Literal

import orjson
from redis import Redis

from overskill.services.accounts.tokens import hash_token, make_token

Kind = Literal["form", "draft", "connect", "offer"]
DRAFT_COOKIE = "overskill_draft"  # called so on plain http: see Settings.cookie_name
SECONDS: dict[Kind, int] = {"form": 600, "draft": 3600, "connect": 1800, "offer": 1800}


def keep_note(redis: Redis, kind: Kind, content: Mapping[str, str]) -> str:
    """Returns the name to read it by."""
    name = make_token()
    redis.set(_key(kind, name), orjson.dumps(dict(content)), ex=SECONDS[kind])
    return name


def read_note(redis: Redis, kind: Kind, name: str) -> dict[str, str]:
    """Empty when there is none (any more)."""
    found = redis.get(_key(kind, name)) if name else None
    return _content(found)


def take_note(redis: Redis, kind: Kind, name: str) -> dict[str, str]:
    """Read it once: of two requests with the same name only one gets it."""
    found = redis.getdel(_key(kind, name)) if name else None
    return _content(found)


def _content(found: object) -> dict[str, str]:
    return orjson.loads(found) if isinstance(found, bytes) else {}


def _key(kind: Kind, name: str) -> str:
    return f"overskill:note:{kind}:{hash_token(name)}"
