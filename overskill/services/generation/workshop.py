"""What turns are made with."""

from dataclasses import dataclass

from overskill.clients.bundler import Bundler
from overskill.clients.checker import Checker
from overskill.clients.jobs import JobQueue
from overskill.clients.objects import ObjectStore
from overskill.config import Settings
from overskill.services.billing.credits import Tariff
from overskill.services.generation.events import Authors
from overskill.services.packages.shelf import Shelf
from overskill.services.progress import ProgressLog


@dataclass(frozen=True)
class Workshop:
    authors: Authors
    bundler: Bundler
    checker: Checker
    objects: ObjectStore
    log: ProgressLog
    queue: JobQueue
    tariff: Tariff
    settings: Settings
    shelf: Shelf
    keep_recordings_days: int = 0
