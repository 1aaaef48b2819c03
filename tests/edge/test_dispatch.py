import subprocess
from pathlib import Path

import pytest

from overskill.embedded.node import environment, node


@pytest.mark.parametrize("worker", ["dispatch", "entitlements", "outbound", "rules", "store"])
def test_a_worker_of_ours_keeps_its_promises_with_cloudflares_bindings(worker: str) -> None:
    tests = Path(__file__).with_name(f"{worker}.test.js")
    command = [node(), "--test", "--test-reporter=spec", tests]
    result = subprocess.run(command, env=environment(), capture_output=True, text=True, timeout=30, check=False)
    assert result.returncode == 0, result.stdout
