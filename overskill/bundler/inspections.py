"""Types and lint of an app: in a child process of its own, locked in, limited, and one per core at a time."""

import json
import os
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from overskill.bundler.builds import build_isolation
from overskill.bundler.setup import Installation
from overskill.clients.bundler import Diagnostic
from overskill.embedded.isolation import can_isolate, limited, place
from overskill.embedded.watched import Bounds, WatchedChild
from overskill.errors import InvalidInput, Unavailable

_SECONDS = 15.0
_MEGABYTES = 900
_QUEUE_SECONDS = 30.0
_LARGEST_OUTPUT = 4 * 1024 * 1024
# Seconds of processor time, KB of writable memory, 512-byte blocks of each file, no core dumps.
_LIMITS = "ulimit -t 60; ulimit -d 6291456 2>/dev/null; ulimit -f 16384; ulimit -c 0"


class SandboxedInspection:
    """Call it with an app's files. Raises InvalidInput, or Unavailable where it takes too long or too much."""

    def __init__(
        self,
        installed: Installation,
        run: Path,
        *,
        seconds: float = _SECONDS,
        megabytes: int = _MEGABYTES,
        at_once: int | None = None,
    ) -> None:
        self._installed = installed
        self._run_folder = run  # holds the places' locks
        self._bounds = Bounds(seconds, megabytes)
        self._at_once = at_once or os.cpu_count() or 1
        self.peak_megabytes = 0.0  # of the last one

    def __call__(
        self, files: Mapping[str, str], should_stop: Callable[[], bool] = lambda: False
    ) -> tuple[Diagnostic, ...]:
        if not self._installed.is_complete:
            raise Unavailable("The type checker is not installed yet. Run ./run up, and try again.")
        request = json.dumps({"files": dict(files)}).encode()
        refusal = "Too many apps are being checked. Try again in a minute."
        with place(self._run_folder, "inspect", at_once=self._at_once, patience=_QUEUE_SECONDS, refusal=refusal):
            output = self._run(request, should_stop)
        answer = json.loads(output)
        if "refused" in answer:
            raise InvalidInput(answer["refused"])
        return tuple(Diagnostic(**found) for found in answer["diagnostics"])

    def _run(self, request: bytes, should_stop: Callable[[], bool]) -> bytes:
        output = bytearray()
        with tempfile.TemporaryDirectory(prefix="overskill-inspect-", ignore_cleanup_errors=True) as folder:
            environment = {"PATH": os.defpath, "TMPDIR": folder, **self._installed.environment}
            child = WatchedChild(_command(self._installed), request, environment)
            end = child.run(self._bounds, lambda: len(output) > _LARGEST_OUTPUT or should_stop(), output.extend)
        self.peak_megabytes = child.peak_megabytes
        if end == "ended" and output.endswith(b"\n"):
            return bytes(output)
        why = {
            "too slow": f"it took longer than {self._bounds.seconds:.0f} s",
            "too large": f"it needed more than {self._bounds.megabytes} MB",
            "stopped": "it was stopped",
            "ended": next((line for line in child.said.splitlines() if "Error" in line), "it ended unexpectedly")[:200],
        }
        raise Unavailable(f"Types and lint were not checked: {why[end]}.")


def _command(installed: Installation) -> list[str]:
    command = installed.command("inspect.mjs", *map(str, (installed.tools, installed.vendor, installed.added)))
    return limited([*build_isolation(installed), *command] if can_isolate() else command, _LIMITS)
