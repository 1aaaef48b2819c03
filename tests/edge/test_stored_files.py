import subprocess
from pathlib import Path

from overskill.embedded.node import environment, node


def test_files_that_are_no_static_assets_are_served_as_if_they_were() -> None:
    tests = Path(__file__).with_name("stored-files.test.js")
    command = [node(), "--test", "--test-reporter=spec", tests]
    result = subprocess.run(command, env=environment(), capture_output=True, text=True, timeout=60, check=False)
    assert result.returncode == 0, result.stdout
