"""`overskill edge`: the workerd processes that serve published apps, kept running behind one listening socket.

    front-0 … front-N   dispatch, files, and the stock script; share the TCP socket
    sandbox             apps with code of their own; hung or dead, it is replaced while the others go on
    images              makes pictures fit; without it they are served as they are

The launcher holds the sockets, so that a replaced process loses no waiting connection.
"""

import asyncio
import contextlib
import errno
import fcntl
import logging
import secrets
import signal
import socket
import time
from collections.abc import Coroutine, Iterable, Iterator
from pathlib import Path

from redis import Redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from overskill.clients.edge_embedded_usage import EmbeddedUsage
from overskill.clients.edge_store import Store
from overskill.config import Settings
from overskill.edge.configuration import EdgeOptions, Pool, render
from overskill.edge.images_process import keep_drawing
from overskill.edge.journal import Journal
from overskill.edge.leftovers import end_leftovers, remember
from overskill.edge.process import STOP_SECONDS, WorkerdProcess
from overskill.edge.setup import prepare
from overskill.edge.strikes import Strikes, tell_failures
from overskill.edge.usage import Tally, write_counts
from overskill.embedded.files import private_folder, write_private
from overskill.errors import Conflict, OverskillError, Unavailable

BACKLOG = 1024
STEADY_SECONDS = 5.0  # a process that ran this long may be restarted at once
LONGEST_PAUSE = 0.5
REDIS_SECONDS = 2.0
FIRST_STARTS = 3  # a process that never served is given up after as many; those that an app's code ended don't count

log = logging.getLogger(__name__)


def run(settings: Settings) -> None:
    """Serve until SIGTERM or SIGINT."""
    asyncio.run(serve(EdgeOptions.from_settings(settings)))


async def serve(options: EdgeOptions) -> None:
    binary = await asyncio.to_thread(prepare, options.home, log.info)
    store = Store(options.store)
    store.prepare()
    private_folder(options.run)
    redis = _redis(options.redis_url) if options.redis_url else None
    tally = Tally()
    with _alone(options.run):
        end_leftovers(options.run)
        with (
            _listen(options) as visitors,
            _listen_privately(options.run / "sandbox.sock") as handovers,
            _listen_privately(options.images_socket) as pictures,
        ):
            processes = _processes(options, binary, tally, visitors=visitors, handovers=handovers)
            others = [_counting(tally, redis), keep_drawing(options, pictures)]
            if redis is not None:
                others.append(tell_failures(tally, redis))
            await _supervise(processes, options, Strikes(store, redis), others)


def _redis(url: str) -> Redis:
    """Without retries of its own: what can't be written waits for the next second."""
    return Redis.from_url(url, socket_timeout=REDIS_SECONDS, retry=Retry(NoBackoff(), 0))


async def _counting(tally: Tally, redis: Redis | None) -> None:
    if redis is None:
        log.warning("edge: visits are not counted: set REDIS_URL, or start it with ./run up")
    else:
        await write_counts(tally, EmbeddedUsage(redis))


@contextlib.contextmanager
def _alone(run: Path) -> Iterator[None]:
    with (run / "lock").open("ab") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            message = (
                "An edge already runs on this data folder. Stop it first, or set OVERSKILL_HOME to another folder."
            )
            raise Conflict(message) from None
        yield


@contextlib.contextmanager
def _listen(options: EdgeOptions) -> Iterator[socket.socket]:
    family = socket.AF_INET6 if ":" in options.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((options.host, options.port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                message = f"Port {options.port} is taken. Stop what uses it, or set OVERSKILL_EDGE_PORT to a free one."
            else:
                message = f"The edge can't listen on {options.host}:{options.port} ({error.strerror}). "
                message += "Check OVERSKILL_HOST and OVERSKILL_EDGE_PORT."
            raise OverskillError(message) from error
        listening.listen(BACKLOG)
        listening.setblocking(False)
        yield listening


@contextlib.contextmanager
def _listen_privately(path: Path) -> Iterator[socket.socket]:
    path.unlink(missing_ok=True)
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listening:
        listening.bind(str(path))
        listening.listen(BACKLOG)
        listening.setblocking(False)
        yield listening
    path.unlink(missing_ok=True)


def _processes(
    options: EdgeOptions, binary: Path, tally: Tally, *, visitors: socket.socket, handovers: socket.socket
) -> list[WorkerdProcess]:
    # Apps print to the same stream as the sandbox, and must not be able to write its entries, nor those of the front.
    keys: dict[Pool, str] = {"front": secrets.token_hex(8), "sandbox": secrets.token_hex(8)}
    sandbox_socket = Path(handovers.getsockname())

    def configured(pool: Pool) -> Path:
        path = options.run / f"{pool}.capnp"
        write_private(path, render(options, pool, sandbox_socket=sandbox_socket, journal_key=keys[pool]))
        return path

    def process(name: str, pool: Pool, listening: socket.socket) -> WorkerdProcess:
        journal = Journal(options.home / "logs" / f"edge-{name}.log", keys[pool], tally)
        return WorkerdProcess(
            name,
            binary,
            configurations[pool],
            listening,
            health=options.run / f"{name}.health.sock",
            journal=journal,
            max_memory=options.max_memory,
        )

    configurations = {pool: configured(pool) for pool in keys}
    fronts = [process(f"front-{number}", "front", visitors) for number in range(options.processes)]
    return [*fronts, process("sandbox", "sandbox", handovers)]


async def _supervise(
    processes: list[WorkerdProcess],
    options: EdgeOptions,
    strikes: Strikes,
    others: Iterable[Coroutine[None, None, None]],
) -> None:
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopping.set)
    try:
        async with asyncio.TaskGroup() as group:
            watches = [group.create_task(_keep_running(process, options, strikes)) for process in processes]
            watches += [group.create_task(other) for other in others]
            await stopping.wait()
            for watch in watches:
                watch.cancel()
    except* OverskillError as failures:
        raise failures.exceptions[0] from None


async def _keep_running(process: WorkerdProcess, options: EdgeOptions, strikes: Strikes) -> None:
    """Returns never; ends the process when cancelled."""
    pause = 0.0
    failed_starts = 0
    has_served = False

    def note_ready() -> None:
        nonlocal has_served
        has_served = True
        log.info("edge: %s serves after %.0f ms", process.name, (time.monotonic() - started) * 1000)

    try:
        while True:
            started = time.monotonic()
            await process.start()
            remember(options.run, process.name, process.identity)
            reason = await process.until_unusable(note_ready)
            suspects = process.journal.suspects
            await process.end()
            failed_starts += not suspects  # visitors wait in the socket: an app may hang it before its first answer
            if not has_served and failed_starts >= FIRST_STARTS:
                raise Unavailable(f"The edge's {process.name} {reason}. workerd said:\n{process.journal.last_lines}")
            running = f" while running {', '.join(suspects)}" if suspects else ""
            log.warning("edge: %s %s%s", process.name, reason, running)
            await strikes.report(reason, suspects)
            pause = 0.0 if time.monotonic() - started > STEADY_SECONDS else min(LONGEST_PAUSE, pause * 2 + 0.05)
            await asyncio.sleep(pause)
    finally:
        process.ask_to_stop()
        await process.end(patience=STOP_SECONDS)
