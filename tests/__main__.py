"""`./run test`: what a change must pass. Arguments go to pytest: `./run test tests/cli -k doctor`."""

import os
import subprocess
import sys
import time
from pathlib import Path

from tests.support_browser import ensure_browser, ensure_sandbox

ROOT = Path(__file__).resolve().parent.parent
_MOST_WORKERS = 4  # each may drive a browser, a bundler and an edge of its own


def main(arguments: list[str]) -> int:
    """Run the checks in order, the quick ones first; the number of those that failed."""
    if arguments in (["--help"], ["-h"]):
        print(__doc__)  # noqa: T201 - this is a command
        return 0
    ensure_browser(say)
    ensure_sandbox(say)
    workers = str(min(os.cpu_count() or 1, _MOST_WORKERS))
    checks = {
        "ruff check": ["ruff", "check", "."],
        "ruff format": ["ruff", "format", "--check", "."],
        "mypy": ["mypy"],
        "pytest": ["pytest", "-q", "-n", workers, "--dist", "loadfile", "--no-loadscope-reorder", *arguments],
    }
    return sum(not passes(name, command) for name, command in checks.items())


def passes(name: str, command: list[str]) -> bool:
    say(f"── {name}")
    started = time.monotonic()
    status = subprocess.run([sys.executable, "-m", *command], cwd=ROOT, check=False).returncode
    say(f"── {name}: {'passed' if status == 0 else 'failed'} in {time.monotonic() - started:.0f} s")
    return status == 0


def say(line: str) -> None:
    print(line, flush=True)  # noqa: T201


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
