"""`overskill worker`: runs jobs from the queues it is given, each in a child of its own."""

import ctypes
import signal
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from types import FrameType

from rq import Queue, Worker
from rq.job import Job

from overskill import container, db
from overskill.config import Settings

PUBLISHES = "deploy"
PAYS = "default"
_PR_SET_PDEATHSIG = 1  # prctl(2)


class JobWorker(Worker):
    """RQ's worker, with three differences. A job's process dies with its worker, so that a killed worker
    leaves nobody writing; a stop does not wait for a turn that may take minutes: rows remember how far
    it came, and the next worker goes on; and one that publishes has a build waiting for the next app."""

    get_ready: Callable[[], None] = staticmethod(lambda: None)  # after each job, for the next one

    def main_work_horse(self, job: Job, queue: Queue) -> None:
        if sys.platform == "linux":
            ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        db.engine().dispose(close=False)  # the parent's connections are not ours
        super().main_work_horse(job, queue)

    def execute_job(self, job: Job, queue: Queue) -> None:
        super().execute_job(job, queue)
        self.get_ready()

    def request_stop(self, signum: int, frame: FrameType | None) -> None:
        if self.horse_pid:
            self.kill_horse()
        super().request_stop(signum, frame)  # type: ignore[no-untyped-call]


def run(settings: Settings, queues: Sequence[str]) -> None:
    """Work until stopped."""
    services = container.boot(settings)
    worker = JobWorker(
        [Queue(name, connection=services.redis) for name in queues],
        connection=services.redis,
        job_monitoring_interval=5,
        maintenance_interval=15,
    )
    with db.engine().connect():
        pass  # what is asked of a database once is asked here, and not in every job
    if PAYS in queues:
        import_module("overskill.clients.stripe.calls")  # half a second, here instead of in every job
    if PUBLISHES in queues:
        worker.get_ready = services.get_ready_to_build
        worker.get_ready()
    worker.work(logging_level="WARNING")
