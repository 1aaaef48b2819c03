"""Builds that were made before. The same files, built by the same bundler, need no builder.

Bytes are in the object store, under the hash of what they were made from. When each was last used, and how large it is,
is in Redis: without it a build is made once more, and its object is written over.
"""

import logging
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import cast
from uuid import UUID

from redis import Redis

from overskill.clients.builders.archive import pack_bundle, unpack_bundle
from overskill.clients.bundler import Build, Bundle
from overskill.clients.objects import ObjectStore
from overskill.clients.variables import without_values
from overskill.errors import NotFound, Unavailable
from overskill.services.builds.inputs import build_key

log = logging.getLogger(__name__)

KEPT_FOR = timedelta(days=30)
MOST_BYTES = 2 * 1024 * 1024 * 1024
_USED = "builds:used"  # sorted set: key -> when it was last used
_SIZES = "builds:sizes"  # hash: key -> bytes


@dataclass(frozen=True)
class BuildCache:
    objects: ObjectStore
    redis: Redis

    def find(self, key: str) -> Bundle | None:
        if self.redis.zscore(_USED, key) is None:
            return None
        try:
            bundle = unpack_bundle(self.objects.get(_object(key)), milliseconds=0.0)
        except (NotFound, Unavailable):
            self._forget(key)
            return None
        self.redis.zadd(_USED, {key: time.time()}, xx=True)
        return bundle

    def keep(self, key: str, bundle: Bundle) -> None:
        """Where the store does not take it, the next build of the same is made again, and this one goes on."""
        if self.redis.zscore(_USED, key) is not None:
            return
        content = pack_bundle(bundle)
        try:
            self._note(key, len(content))
            self.objects.put(_object(key), content)
        except (Unavailable, OSError):
            log.warning("a build could not be kept", exc_info=True)

    def prune(self, *, most_bytes: int = MOST_BYTES) -> int:
        """Forget what nobody used for long, and beyond the limit what was used longest ago. Returns how many."""
        oldest_kept = time.time() - KEPT_FOR.total_seconds()
        used = cast(list[tuple[bytes, float]], self.redis.zrange(_USED, 0, -1, withscores=True))
        sizes = {key: int(size) for key, size in cast(dict[bytes, bytes], self.redis.hgetall(_SIZES)).items()}
        total = sum(sizes.values())
        forgotten = 0
        for key, last_used in used:
            if last_used >= oldest_kept and total <= most_bytes:
                break
            self._forget(key.decode())
            total -= sizes.get(key, 0)
            forgotten += 1
        return forgotten

    def _note(self, key: str, size: int) -> None:
        with self.redis.pipeline() as pipe:
            pipe.zadd(_USED, {key: time.time()})
            pipe.hset(_SIZES, key, str(size))
            pipe.execute()

    def _forget(self, key: str) -> None:
        with suppress(Unavailable, OSError):  # what stays is written over, or found by nobody
            self.objects.delete(_object(key))
        with self.redis.pipeline() as pipe:
            pipe.zrem(_USED, key)
            pipe.hdel(_SIZES, key)
            pipe.execute()


def keeping(build: Build, cache: BuildCache) -> Build:
    """The same way to build, and what comes out is kept: a turn tries its app by building it, so a publish after it
    finds that done."""

    def build_and_keep(files: Mapping[str, str], *, app_id: UUID | None = None) -> Bundle:
        bundle = build(without_values(files), app_id=app_id)
        cache.keep(build_key(files), bundle)
        return bundle

    return build_and_keep


def _object(key: str) -> str:
    return f"builds/{key[:2]}/{key}.zip"
