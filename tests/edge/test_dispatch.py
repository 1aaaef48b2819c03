import subprocess
from pathlib import Path

from overskill.embedded.node import environment, node


def test_the_dispatch_worker_keeps_its_promises_with_cloudflares_bindings() -> None:
    tests = Path(__file__).with_name("dispatch.test.js")
    command = [node(), "--test", "--test-reporter=spec", tests]
    result = subprocess.run(command, env=environment(), capture_output=True, text=True, timeout=30, check=False)
    assert result.returncode == 0, result.stdout
