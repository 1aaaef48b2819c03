"""How apps' own code failed at the edge on this machine, for their owners to see. Nothing at Cloudflare's.

edge:incidents:<script>   a stream, the last 50; forgotten after a month without another
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, cast

from redis import Redis
from redis.exceptions import RedisError

from overskill.clients.edge_names import CANARY
from overskill.errors import Unavailable

KEPT = 50
KEPT_FOR = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """An app's own code threw, or the process that ran it was ended while the app had a request open."""

    at: datetime
    environment: str
    reason: str  # "failed", "hung", "took more than 1500 MB", "ended with -11"
    error: str = ""  # what it threw: "TypeError: …"
    paused_until: datetime | None = None  # it is answered with a page that says so until then
    is_canary: bool = False


def record_incident(redis: Redis, script: str, incident: Incident) -> None:
    """`script` as the edge names it; a canary's are kept with its app's."""
    key = _key(script)
    fields: dict[Any, Any] = {
        "at": incident.at.timestamp(),
        "environment": incident.environment,
        "reason": incident.reason,
        "error": incident.error,
        "paused_until": incident.paused_until.timestamp() if incident.paused_until else "",
        "is_canary": int(script.endswith(CANARY)),
    }
    try:
        redis.xadd(key, fields, maxlen=KEPT)
        redis.expire(key, KEPT_FOR)
    except RedisError as error:
        raise _unreachable() from error


def incidents(redis: Redis, script: str, *, limit: int = 10) -> list[Incident]:
    """The newest first."""
    try:
        found = cast("list[tuple[bytes, dict[bytes, bytes]]]", redis.xrevrange(_key(script), count=limit))
    except RedisError as error:
        raise _unreachable() from error
    return [_incident({name.decode(): value.decode() for name, value in fields.items()}) for _, fields in found]


def _incident(fields: dict[str, str]) -> Incident:
    return Incident(
        at=_time(fields["at"]),
        environment=fields["environment"],
        reason=fields["reason"],
        error=fields.get("error", ""),
        paused_until=_time(fields["paused_until"]) if fields["paused_until"] else None,
        is_canary=fields["is_canary"] == "1",
    )


def _time(seconds: str) -> datetime:
    return datetime.fromtimestamp(float(seconds), UTC)


def _key(script: str) -> str:
    return f"edge:incidents:{script.removesuffix(CANARY)}"


def _unreachable() -> Unavailable:
    return Unavailable("What happened at the edge can't be read or written just now. Try again in a moment.")
