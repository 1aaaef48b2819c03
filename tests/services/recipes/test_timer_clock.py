"""The clock of a timer: what is over is told by the time of day, however long nobody looked."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from overskill.embedded import node
from overskill.services.generation.recipes import views

_RUN = Path(views.__file__).parents[1] / "templates/timer/run.ts"
_STEPS = [
    {"name": "Focus", "seconds": 60, "kind": "work", "round": 1},
    {"name": "Break", "seconds": 10, "kind": "rest", "round": 1},
    {"name": "Focus", "seconds": 60, "kind": "work", "round": 2},
]


def evaluated(expression: str) -> Any:
    script = f"""
      import * as run from {json.dumps(_RUN.as_uri())};
      const steps = {json.dumps(_STEPS)};
      const begun = run.started(run.atStart, 1_000_000);
      console.log(JSON.stringify({expression}));
    """
    command = [str(node.node()), "--no-warnings", "--input-type=module", "--eval", script]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=20)
    return json.loads(done.stdout)


def test_time_that_passed_in_the_background_counts() -> None:
    assert evaluated("run.placeIn(steps, run.elapsedAt(begun, 1_000_000 + 65_000))") == {"index": 1, "left": 5000}


def test_every_step_that_went_by_is_finished_once() -> None:
    found = evaluated(
        "(() => { const first = run.settled(begun, steps, 1_000_000 + 75_000, true);"
        " return [first.finished.length, run.settled(first.run, steps, 1_000_000 + 76_000, true).finished.length]; })()"
    )
    assert found == [2, 0]


def test_it_waits_at_the_end_of_a_step_when_it_is_told_to() -> None:
    settled = evaluated("run.settled(begun, steps, 1_000_000 + 500_000, false)")
    assert settled["run"] == {"elapsed": 60_000, "startedAt": 0, "counted": 1}
    assert [step["name"] for step in settled["finished"]] == ["Focus"]


def test_after_the_last_step_it_stands_still_at_the_end() -> None:
    settled = evaluated("run.settled(begun, steps, 1_000_000 + 500_000, true)")
    assert settled["run"] == {"elapsed": 130_000, "startedAt": 0, "counted": 3}


@pytest.mark.parametrize(("passed", "elapsed"), [(5_000, 60_000), (61_000, 70_000), (129_000, 130_000)])
def test_a_step_that_is_skipped_is_over_but_not_finished(passed: int, elapsed: int) -> None:
    found = evaluated(
        f"(() => {{ const next = run.skipped(begun, steps, 1_000_000 + {passed});"
        " return [next.elapsed, run.settled(next, steps, 1_000_000, true).finished.length]; })()"
    )
    assert found == [elapsed, 0]


def test_a_pause_keeps_what_has_passed() -> None:
    assert evaluated("run.elapsedAt(run.paused(begun, 1_004_000), 9_000_000)") == 4000
