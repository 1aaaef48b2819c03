"""What the processes counted, and how apps' own code failed, on its way from their journals to Redis."""

import asyncio
import contextlib
import logging
from collections.abc import Mapping
from datetime import UTC, datetime

from overskill.clients.edge_embedded_usage import EmbeddedUsage
from overskill.clients.edge_usage import Counts, UsageTotals
from overskill.errors import Unavailable

WRITE_SECONDS = 1.0

log = logging.getLogger(__name__)


class Tally:
    """Counts that are not written yet. They grow by the app, not by the request: Redis may be away for long."""

    def __init__(self) -> None:
        self._counted: dict[tuple[str, str], UsageTotals] = {}
        self._failures: dict[str, str] = {}

    def fail(self, app: str, error: str) -> None:
        """`app` as the journal names it: namespace/script."""
        self._failures[app] = error

    def take_failures(self) -> dict[str, str]:
        """The latest of each app."""
        taken, self._failures = self._failures, {}
        return taken

    def add(self, environment: str, script: str, totals: UsageTotals) -> None:
        app = (environment, script)
        self._counted[app] = self._counted.get(app, UsageTotals()) + totals

    def add_all(self, counted: Mapping[tuple[str, str], UsageTotals]) -> None:
        for (environment, script), totals in counted.items():
            self.add(environment, script, totals)

    def take(self) -> dict[tuple[str, str], UsageTotals]:
        taken, self._counted = self._counted, {}
        return taken


def totals_of(numbers: list[int]) -> UsageTotals:
    """From a line of the journal: four counts of the app, four of its canary (workers/namespace/usage.js)."""
    return UsageTotals(_counts(numbers[:4]), _counts(numbers[4:]))


def _counts(numbers: list[int]) -> Counts:
    requests, errors, size, milliseconds = numbers
    return Counts(requests=requests, errors=errors, bytes=size, milliseconds=milliseconds)


async def write_counts(tally: Tally, usage: EmbeddedUsage) -> None:
    """Returns never. Cancelled, it writes what is left."""
    is_away = False
    try:
        while True:
            await asyncio.sleep(WRITE_SECONDS)
            counted = tally.take()
            if not counted:
                continue
            try:
                await asyncio.to_thread(usage.record, datetime.now(UTC), counted)
                is_away = False
            except Unavailable:
                tally.add_all(counted)
                if not is_away:
                    log.warning("edge: visits can't be written to Redis just now; they are kept until they can")
                is_away = True
    finally:
        if counted := tally.take():
            with contextlib.suppress(Unavailable):
                usage.record(datetime.now(UTC), counted)
