"""Who is looking at an app right now, and at what of it. Kept in Redis only: it is nobody's history."""

import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import cast
from uuid import UUID

import orjson
from redis import Redis

STALE_SECONDS = 45.0  # a tab that said nothing for so long is gone, whatever became of it
_KEEP_SECONDS = 3600


@dataclass(frozen=True, slots=True)
class Place:
    """One open tab of the editor, and where in the app its user is."""

    connection: str
    user_id: str
    name: str
    tab: str = ""  # "code"
    path: str = ""  # of the file that is open


def people_topic(app_id: UUID) -> str:
    """The bell that rings when somebody comes, goes or moves."""
    return f"people:{app_id}"


def be_at(redis: Redis, app_id: UUID, place: Place, *, now: Callable[[], float] = time.time) -> None:
    """Come, move, or say that one is still there."""
    key = people_topic(app_id)
    with redis.pipeline(transaction=False) as pipe:
        pipe.hset(key, place.connection, orjson.dumps({**asdict(place), "at": now()}).decode())
        pipe.expire(key, _KEEP_SECONDS)
        pipe.execute()


def leave(redis: Redis, app_id: UUID, connection: str) -> None:
    redis.hdel(people_topic(app_id), connection)


def places(redis: Redis, app_id: UUID, *, now: Callable[[], float] = time.time) -> Sequence[Place]:
    """Every tab that is open, in one order for everybody. Those that went silent are forgotten."""
    key, oldest = people_topic(app_id), now() - STALE_SECONDS
    kept = cast(dict[bytes, bytes], redis.hgetall(key))
    rows = {field: orjson.loads(value) for field, value in kept.items()}
    silent = [field for field, row in rows.items() if row.pop("at") < oldest]
    if silent:
        redis.hdel(key, *(field.decode() for field in silent))
    here = [Place(**row) for field, row in rows.items() if field not in silent]
    return sorted(here, key=lambda place: (place.name, place.user_id, place.connection))
