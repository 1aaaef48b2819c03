"""Production builds: each in a child process of its own, locked in, limited, and one per core at a time."""

import base64
import contextlib
import json
import os
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

from overskill.bundler.kept_packages import KeptPackages
from overskill.bundler.setup import SOURCES, Installation
from overskill.bundler.waiting import WaitingChild, kill, start
from overskill.clients.bundler import Asset, BuildFailed, Bundle, Diagnostic
from overskill.embedded import node
from overskill.embedded.isolation import can_isolate, isolation, limited, place
from overskill.errors import InvalidInput, Unavailable

_BUILD_SECONDS = 60.0
_QUEUE_SECONDS = 120.0
_HEAP_MEGABYTES = 768
_LARGEST_OUTPUT = 64 * 1024 * 1024
# Seconds of processor time, KB of writable memory, 512-byte blocks of files written, no core dumps.
_LIMITS = "ulimit -t 120; ulimit -d 6291456 2>/dev/null; ulimit -f 0; ulimit -c 0"


class SandboxedBuilds:
    """Call it with an app's files. Raises BuildFailed, InvalidInput, or Unavailable on a time-out."""

    def __init__(
        self,
        installed: Installation,
        run: Path,
        *,
        seconds: float = _BUILD_SECONDS,
        at_once: int | None = None,
        rehearsal: Path | None = None,
        kept: KeptPackages | None = None,
    ) -> None:
        self._installed = installed
        self._run_folder = run  # holds the places' locks
        self._seconds = seconds
        self._at_once = at_once or os.cpu_count() or 1
        self._rehearsal = rehearsal  # the folder of an app of ours
        self._kept = kept
        self._environment = {"PATH": os.defpath, **installed.environment}
        self._waiting: WaitingChild | None = None

    def __call__(self, files: Mapping[str, str], *, app_id: UUID | None = None) -> Bundle:
        started = time.monotonic()
        with self._slot():
            kept = self._kept.find(app_id) if self._kept and app_id else None
            answer = self._run(json.dumps({"files": dict(files), "packages": kept}).encode() + b"\n")
        if "refused" in answer:
            raise InvalidInput(answer["refused"])
        if "diagnostics" in answer:
            raise BuildFailed.of(tuple(Diagnostic(**found) for found in answer["diagnostics"]))
        if self._kept and app_id and answer["packages"] is not None:
            self._kept.keep(app_id, answer["packages"])
        assets = {path: Asset(_content(made), made["type"]) for path, made in answer["assets"].items()}
        size = sum(len(asset.content) for asset in assets.values())
        modules = {name: text.encode() for name, text in answer["modules"].items()}
        return Bundle(assets, size=size, milliseconds=(time.monotonic() - started) * 1000, modules=modules)

    def get_ready(self) -> None:
        """Have a child wait for the next build. Whoever forks off what builds calls this before, and after each one."""
        if self._waiting is not None and self._waiting.waits:
            return
        if self._waiting is not None:
            self._waiting.end()
        self._waiting = None
        if self._installed.is_complete:
            with contextlib.suppress(OSError):  # no process, no memory: the build will say so
                self._waiting = WaitingChild(self._waiting_command(), self._environment)

    def _run(self, request: bytes) -> dict[str, Any]:
        if not self._installed.is_complete:
            raise Unavailable("The bundler is not installed yet. Run ./run up, and try again.")
        waiting = self._waiting.take(self._waiting_command()) if self._waiting is not None else None
        if waiting is not None:
            output, errors = self._ask(waiting, request)
            if output.endswith(b"\n"):  # else it was gone, or ended: the next one tells why
                return _answer(0, output, errors)
        with start(build_command(self._installed), self._environment) as child:
            output, errors = self._ask(child, request)
        return _answer(child.returncode, output, errors)

    def _ask(self, child: subprocess.Popen[bytes], request: bytes) -> tuple[bytes, bytes]:
        try:
            return child.communicate(request, timeout=self._seconds)
        except subprocess.TimeoutExpired:
            kill(child)
            message = f"The build took longer than {self._seconds:.0f} s and was stopped."
            raise Unavailable(f"{message} Try again, or make the app smaller.") from None

    def _waiting_command(self) -> list[str]:
        return build_command(self._installed, self._rehearsal)

    def _slot(self) -> contextlib.AbstractContextManager[None]:
        refusal = "Too many builds are waiting. Try again in a minute."
        return place(self._run_folder, "build", at_once=self._at_once, patience=_QUEUE_SECONDS, refusal=refusal)


def build_command(installed: Installation, rehearsal: Path | None = None) -> list[str]:
    """With an app to rehearse on, the child builds that first, and then waits."""
    rehearsed = [rehearsal] if rehearsal else []
    program, *script = installed.command("build.mjs", *map(str, (installed.vendor, installed.added, *rehearsed)))
    command = [program, f"--max-old-space-size={_HEAP_MEGABYTES}", *script]
    if can_isolate():
        command = [*build_isolation(installed, *rehearsed), *command]
    return limited(command, _LIMITS)


def build_isolation(installed: Installation, *more: Path) -> list[str]:
    readable = [node.node(), SOURCES, installed.tools, installed.vendor, *more]
    if installed.added.is_dir():
        readable.append(installed.added)
    return isolation(readable, installed.environment)


def _content(made: Mapping[str, str]) -> bytes:
    content = made["content"]
    return base64.b64decode(content) if "encoding" in made else content.encode()


def _answer(status: int, output: bytes, errors: bytes) -> dict[str, Any]:
    if status == 0 and 0 < len(output) <= _LARGEST_OUTPUT:
        answer: dict[str, Any] = json.loads(output)
        return answer
    if len(output) > _LARGEST_OUTPUT:
        raise InvalidInput("The built app is larger than 64 MB. Remove some files.")
    said = errors.decode("utf-8", "replace").strip().splitlines()
    detail = next((line for line in said if "Error" in line), said[-1] if said else f"status {status}")
    raise Unavailable(f"The build stopped unexpectedly ({detail[:200]}). Try again, or undo the last change.")
