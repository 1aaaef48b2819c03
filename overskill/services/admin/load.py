"""How busy the machine is, over some minutes: a short peak is nobody's business."""

from typing import cast

from redis import Redis

_KEY = "admin:cpu"
_SAMPLES = 10


def note_cpu(redis: Redis, percent: float) -> float | None:
    """Keep one more sample. The mean of the last ones; None before there are enough."""
    with redis.pipeline() as pipe:
        pipe.lpush(_KEY, percent)
        pipe.ltrim(_KEY, 0, _SAMPLES - 1)
        pipe.expire(_KEY, 600)
        pipe.lrange(_KEY, 0, -1)
        samples = [float(each) for each in cast(list[bytes], pipe.execute()[-1])]
    return sum(samples) / len(samples) if len(samples) == _SAMPLES else None
