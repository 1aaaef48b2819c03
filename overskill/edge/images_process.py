"""The process that makes pictures fit (images.py), kept running. Without it pictures are served as they are."""

import asyncio
import logging
import signal
import socket
import sys

from overskill.edge.configuration import EdgeOptions
from overskill.edge.leftovers import remember
from overskill.edge.process import STOP_SECONDS
from overskill.embedded.files import rotate
from overskill.embedded.process import ProcessIdentity, die_with_parent

NAME = "images"
SHORTEST_PAUSE = 0.2
LONGEST_PAUSE = 30.0

log = logging.getLogger(__name__)


async def keep_drawing(options: EdgeOptions, listening: socket.socket) -> None:
    """Returns never; ends the process when cancelled. Whatever goes wrong here is no reason for the edge to stop."""
    pause = SHORTEST_PAUSE
    while True:
        try:
            ended = await _run(options, listening)
        except OSError as error:
            ended = f"could not start ({error.strerror})"
        log.warning("edge: %s %s; pictures are served as they are until it runs again", NAME, ended)
        await asyncio.sleep(pause)
        pause = min(LONGEST_PAUSE, pause * 2)


async def _run(options: EdgeOptions, listening: socket.socket) -> str:
    """How it ended, in words. Raises OSError when it can't be started."""
    path = options.home / "logs" / f"edge-{NAME}.log"
    path.parent.mkdir(parents=True, exist_ok=True)
    rotate(path)
    with path.open("ab") as output:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "overskill.edge.images",
            str(listening.fileno()),
            str(options.home / "edge" / "images"),
            pass_fds=[listening.fileno()],
            stdin=asyncio.subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            process_group=0,
            preexec_fn=die_with_parent(signal.SIGKILL),
        )
    try:
        remember(options.run, NAME, ProcessIdentity.of(process.pid))
        return f"ended with {await process.wait()}"
    finally:
        await _end(process)


async def _end(process: asyncio.subprocess.Process) -> None:
    if process.returncode is not None:
        return
    process.terminate()
    try:
        async with asyncio.timeout(STOP_SECONDS):
            await process.wait()
    except TimeoutError:
        process.kill()
        await process.wait()
