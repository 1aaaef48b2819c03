"""What Stripe tells us: proved to be Stripe's, stored once however often it is delivered, worked through by a job.

Events come late, twice and in any order. None of that matters: a handler only learns from an event what to look at,
and looks at Stripe itself (event_tools.Handler).
"""

import logging
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, col, select

from overskill.clients.jobs import JobQueue
from overskill.clients.stripe import Payments, StripeEvent
from overskill.clients.stripe.double import StripeDouble
from overskill.db import after_commit, transaction
from overskill.errors import OverskillError
from overskill.models import WebhookEvent
from overskill.models.base import utc_now
from overskill.services.billing import checkout_events, money_events
from overskill.services.billing.event_tools import EventTools, Handler

SOURCE = "stripe"
EVENT_JOB = "overskill.jobs.payments.process"
MOST_AT_ONCE = 50
HANDLERS: Mapping[str, Handler] = {**checkout_events.HANDLERS, **money_events.HANDLERS}
_PRIVATE = frozenset(
    "billing_details customer_address customer_details customer_email customer_name customer_phone "
    "customer_shipping evidence individual person receipt_email shipping shipping_details".split()
)
_TRIED_AGAIN_AFTER = timedelta(seconds=30)
_GIVEN_UP_AFTER = timedelta(days=3)

log = logging.getLogger(__name__)


def keep_event(session: Session, event: StripeEvent, *, queue: JobQueue) -> bool:
    """Once, if it is of a kind that we listen to; without what it says of people. Returns whether it is kept now."""
    if event.kind not in HANDLERS:
        return False
    row = WebhookEvent(source=SOURCE, external_id=event.id[:120], kind=event.kind)
    facts = {
        "id": row.id,
        "created_at": row.created_at,
        "updated_at": row.updated_at,
        "source": SOURCE,
        "external_id": row.external_id,
        "kind": row.kind,
        "payload": {
            "object": {name: value for name, value in event.object.items() if name not in _PRIVATE},
            "created": event.created.isoformat(),
            "account": event.account_id,
        },
        "error": "",
    }
    kept = session.execute(
        insert(WebhookEvent)
        .values(facts)
        .on_conflict_do_nothing(constraint="webhook_events_source_external_id_key")
        .returning(col(WebhookEvent.id))
    ).scalar()
    if kept is None:
        return False
    after_commit(session, partial(queue.enqueue, EVENT_JOB, str(kept)))
    return True


def process_event(event_id: UUID, tools: EventTools) -> None:
    """Safe to call twice, and at the same time. Raises what its handler raised: it is tried again."""
    try:
        with transaction() as session:
            event = session.get(WebhookEvent, event_id, with_for_update=True)
            if event is None or event.processed_at is not None:
                return
            _handle(session, event, tools)
            event.processed_at, event.error = utc_now(), ""
            session.add(event)
    except Exception as error:
        _note_failure(event_id, error)
        raise


def _handle(session: Session, event: WebhookEvent, tools: EventTools) -> None:
    payload: Mapping[str, Any] = event.payload
    handler = HANDLERS.get(event.kind)
    if handler is not None:
        there = EventTools(tools.payments, tools.queue, tools.settings, tools.log, payload["account"])
        handler(session, payload["object"], datetime.fromisoformat(payload["created"]), there)


def _note_failure(event_id: UUID, error: Exception) -> None:
    said = error.message if isinstance(error, OverskillError) else type(error).__name__
    with transaction() as session:
        event = session.get(WebhookEvent, event_id, with_for_update=True)
        if event is not None:
            event.error = said[:500]
            session.add(event)


def waiting_events(session: Session) -> Sequence[UUID]:
    """Those whose job was lost, or failed; after three days somebody has to look."""
    now = utc_now()
    rows = select(WebhookEvent.id).where(
        WebhookEvent.source == SOURCE,
        col(WebhookEvent.processed_at).is_(None),
        col(WebhookEvent.updated_at) < now - _TRIED_AGAIN_AFTER,
        col(WebhookEvent.created_at) > now - _GIVEN_UP_AFTER,
    )
    return session.exec(rows.order_by(col(WebhookEvent.created_at)).limit(MOST_AT_ONCE)).all()


def catch_up(payments: Payments, *, since: datetime, queue: JobQueue) -> int:
    """Keep what was not delivered to us. Returns how many that were."""
    missed = payments.events(sorted(HANDLERS), since=since)
    with transaction() as session:
        return sum(keep_event(session, event, queue=queue) for event in reversed(missed))


def take_from_double(double: StripeDouble, payments: Payments, *, queue: JobQueue) -> int:
    """In test mode nobody calls: what our double of Stripe tells is fetched, signed and proved as if it had."""
    told = 0
    for event in double.untold():
        read = payments.read_event(*double.signed(event))
        with transaction() as session:
            keep_event(session, read, queue=queue)
        double.told(event["id"])
        told += 1
    return told
