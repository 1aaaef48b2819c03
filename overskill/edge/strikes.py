"""Apps whose own code failed or took the sandbox down: told to their owner, and paused when they don't stop."""

import asyncio
import collections
import contextlib
import json
import logging
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from redis import Redis

from overskill.clients.edge_incidents import Incident, record_incident
from overskill.clients.edge_store import Store, taking_writes
from overskill.edge.usage import Tally
from overskill.errors import Unavailable

STRIKES = 3
WITHIN_SECONDS = 60.0
PAUSE = timedelta(minutes=5)

TOLD_AGAIN = timedelta(minutes=1)
TELLING_SECONDS = 1.0

log = logging.getLogger(__name__)


class Strikes:
    """An app that was running in three ends of the sandbox within a minute gets no request for five."""

    def __init__(self, store: Store, redis: Redis | None) -> None:
        self._store = store
        self._redis = redis
        self._struck: collections.defaultdict[str, collections.deque[float]] = collections.defaultdict(
            lambda: collections.deque(maxlen=STRIKES)
        )

    async def report(self, reason: str, apps: Sequence[str]) -> None:
        """`apps` as the journal names them: namespace/script."""
        now = time.monotonic()
        for app in apps:
            struck = self._struck[app]
            struck.append(now)
            is_paused = len(struck) == STRIKES and now - struck[0] <= WITHIN_SECONDS
            if is_paused:
                struck.clear()
            await asyncio.to_thread(self._act, app, reason, is_paused=is_paused)

    def _act(self, app: str, reason: str, *, is_paused: bool) -> None:
        namespace, _, script = app.partition("/")
        at = datetime.now(UTC)
        until = at + PAUSE if is_paused else None
        if until is not None:
            log.warning("edge: %s is paused for %d minutes", app, PAUSE.total_seconds() // 60)
            try:
                with taking_writes(), self._store.writing():
                    self._store.put_route(f"paused/{app}", json.dumps({"until": until.timestamp()}))
            except Unavailable as error:
                log.warning("edge: it could not be paused: %s", error)
        if self._redis is None:
            return
        environment = namespace.rpartition("-")[2]
        try:
            incident = Incident(at=at, environment=environment, reason=reason, paused_until=until)
            record_incident(self._redis, script, incident)
        except Unavailable:
            log.warning("edge: %s could not be told that it %s", app, reason)


async def tell_failures(tally: Tally, redis: Redis) -> None:
    """Returns never. Owners read what their app's own code threw, of each app once a minute at most."""
    told: dict[str, datetime] = {}
    while True:
        await asyncio.sleep(TELLING_SECONDS)
        now = datetime.now(UTC)
        told = {app: at for app, at in told.items() if now - at < TOLD_AGAIN}
        for app, error in tally.take_failures().items():
            if app in told:
                continue
            told[app] = now
            namespace, _, script = app.partition("/")
            incident = Incident(at=now, environment=namespace.rpartition("-")[2], reason="failed", error=error)
            with contextlib.suppress(Unavailable):
                await asyncio.to_thread(record_incident, redis, script, incident)
