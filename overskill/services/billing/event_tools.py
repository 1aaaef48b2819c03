"""What the handlers of Stripe's events are handed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from overskill.clients.jobs import JobQueue
from overskill.clients.stripe import Payments
from overskill.config import Settings
from overskill.services.progress import ProgressLog


@dataclass(frozen=True)
class EventTools:
    payments: Payments
    queue: JobQueue
    settings: Settings
    log: ProgressLog | None = None  # None: nobody waits for a bell
    account_id: str = ""  # the connected account that the event happened on; "": the platform


Handler = Callable[[Session, Mapping[str, Any], datetime, EventTools], None]
"""Of a session, the event's object as it was then, when that was, and the tools.

Events come late, twice and in any order: a handler asks Stripe how the object is now, before it locks rows, and may run
any number of times.
"""
