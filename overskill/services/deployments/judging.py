"""Whether a version that some visitors try is good enough for all. Pure: counts in, a verdict out."""

from datetime import timedelta
from enum import StrEnum

from overskill.clients.edge_usage import Counts

ENOUGH_TO_PROMOTE = 50  # requests that the tried version has answered
ENOUGH_TO_REVERT = 20
FEWEST_ERRORS = 3  # fewer may be chance
TOLERANCE = 0.01  # of the error rate, above that of what everybody else gets
QUIET = timedelta(minutes=10)


class Verdict(StrEnum):
    KEEP = "keep"
    PROMOTE = "promote"
    REVERT = "revert"


def judge(stable: Counts, canary: Counts, *, elapsed: timedelta) -> Verdict:
    """Go back as soon as it is clearly worse; go on for all after ten minutes in which it was not."""
    allowed = max(stable.error_rate * 2, stable.error_rate + TOLERANCE)
    is_worse = canary.error_rate > allowed
    if is_worse and canary.requests >= ENOUGH_TO_REVERT and canary.errors >= FEWEST_ERRORS:
        return Verdict.REVERT
    if not is_worse and canary.requests >= ENOUGH_TO_PROMOTE and elapsed >= QUIET:
        return Verdict.PROMOTE
    return Verdict.KEEP
