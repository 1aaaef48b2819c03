"""Queue `default`: what Stripe told us, and what buyers are written after paying."""

import logging
import threading
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from uuid import UUID

from overskill import container
from overskill.clients.stripe.connect import double_of
from overskill.container import Container
from overskill.db import transaction
from overskill.errors import OverskillError
from overskill.models.base import utc_now
from overskill.services.billing import receipts_mail
from overskill.services.billing.event_tools import EventTools
from overskill.services.billing.purchase_sweep import sweep_purchases
from overskill.services.billing.webhooks import EVENT_JOB, catch_up, process_event, take_from_double, waiting_events

_LOOKED_BACK = timedelta(hours=2)  # Stripe itself delivers again for three days
_busy = threading.Lock()

log = logging.getLogger(__name__)


def process(event_id: str) -> None:
    process_event(UUID(event_id), event_tools(container.get()))


def send_receipt(purchase_id: str) -> None:
    services = container.get()
    with transaction() as session:
        receipts_mail.send_receipt(session, UUID(purchase_id), site_url=services.settings.site_url, mail=services.mail)


def event_tools(services: Container) -> EventTools:
    return EventTools(services.payments, services.queue, services.settings, services.progress)


# What the scheduler does


def hear_from_double(services: Container) -> None:
    """In test mode: what became due meanwhile, and what our double of Stripe tells of it."""
    double = double_of(services.payments)
    if double is not None:
        double.pass_time()
        take_from_double(double, services.payments, queue=services.queue)


def look_after_payments(services: Container) -> None:
    """What was told and never worked through, and purchases whose end nobody told."""
    with transaction() as session:
        waiting = waiting_events(session)
    for event_id in waiting:
        services.queue.enqueue(EVENT_JOB, str(event_id))
    _in_thread(partial(sweep_purchases, payments=services.payments, queue=services.queue))


def fetch_missed_events(services: Container) -> None:
    """What Stripe could not deliver. Our double needs none of it: it is asked for what it tells."""
    if double_of(services.payments) is None:
        _in_thread(partial(catch_up, services.payments, since=utc_now() - _LOOKED_BACK, queue=services.queue))


def _in_thread(task: Callable[[], object]) -> None:
    """Stripe may take its time, and nothing else waits for it. What is still under way is not begun again."""

    def run() -> None:
        if _busy.acquire(blocking=False):
            try:
                task()
            except OverskillError as error:
                log.warning("payments were not looked after: %s", error.message)
            finally:
                _busy.release()

    threading.Thread(target=run, name="payments", daemon=True).start()
