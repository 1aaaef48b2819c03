"""Whether a version that some visitors try is good enough."""

from datetime import timedelta

import pytest

from overskill.clients.edge_usage import Counts
from overskill.services.deployments.judging import QUIET, Verdict, judge

SOON, LATER = timedelta(minutes=1), QUIET
KEEP, PROMOTE, REVERT = Verdict.KEEP, Verdict.PROMOTE, Verdict.REVERT


@pytest.mark.parametrize(
    ("stable", "canary", "elapsed", "verdict"),
    [
        ((0, 0), (0, 0), LATER, KEEP),  # nobody came
        ((900, 0), (49, 0), LATER, KEEP),  # too few to tell
        ((900, 0), (50, 0), SOON, KEEP),  # too soon
        ((900, 0), (50, 0), LATER, PROMOTE),
        ((0, 0), (50, 0), LATER, PROMOTE),  # all visitors happened to get it
        ((900, 9), (100, 2), LATER, PROMOTE),  # a little worse may be chance
        ((900, 90), (100, 12), LATER, PROMOTE),  # the version before fails as often
        ((900, 0), (19, 19), SOON, KEEP),  # too few to tell
        ((900, 0), (20, 2), LATER, KEEP),  # two errors may be chance, and it is not good either
        ((900, 0), (20, 3), SOON, REVERT),
        ((900, 9), (200, 5), SOON, REVERT),
        ((900, 90), (100, 21), SOON, REVERT),
        ((900, 900), (100, 100), LATER, PROMOTE),  # both are broken: it is not the new version
    ],
)
def test_a_verdict_follows_from_the_counts(
    stable: tuple[int, int], canary: tuple[int, int], elapsed: timedelta, verdict: Verdict
) -> None:
    before, tried = (Counts(requests=requests, errors=errors) for requests, errors in (stable, canary))
    assert judge(before, tried, elapsed=elapsed) is verdict
