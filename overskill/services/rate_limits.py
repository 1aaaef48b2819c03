"""How often somebody may do what costs something or could be guessed."""

from functools import cache
from ipaddress import ip_address, ip_network

from limits import parse
from limits.storage import RedisStorage
from limits.strategies import SlidingWindowCounterRateLimiter
from redis import ConnectionPool, Redis

from overskill.errors import LimitReached


def count_attempt(redis: Redis, action: str, *who: str, limit: str) -> None:
    """Count one attempt at `action` by each of `who` (an address, an email). `limit` is like "10/minute".

    Raises LimitReached once any of them did it too often.
    """
    limiter = _limiter(redis.connection_pool)
    allowed = parse(limit)
    hits = [limiter.hit(allowed, action, _one(key)) for key in who if key]  # each is counted, also after a refusal
    if not all(hits):
        raise LimitReached("That was tried too often. Wait a little, then try again.")


def _one(key: str) -> str:
    """Whoever has one address of the sixth version has some trillions: what is theirs for certain is a /64."""
    try:
        address = ip_address(key)
    except ValueError:
        return key
    if address.version == 4:
        return key
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return str(ip_network((int(address), 64), strict=False))


@cache
def _limiter(pool: ConnectionPool) -> SlidingWindowCounterRateLimiter:
    return SlidingWindowCounterRateLimiter(
        RedisStorage("redis://", connection_pool=pool, key_prefix="overskill:limits")
    )
