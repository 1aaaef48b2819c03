"""Queue `default`: what Stripe told us, and what buyers are written after paying."""

from uuid import UUID

from overskill import container
from overskill.clients.stripe.connect import double_of
from overskill.container import Container
from overskill.db import transaction
from overskill.services.billing import receipts_mail
from overskill.services.billing.event_tools import EventTools
from overskill.services.billing.webhooks import process_event, take_from_double


def process(event_id: str) -> None:
    process_event(UUID(event_id), event_tools(container.get()))


def send_receipt(purchase_id: str) -> None:
    services = container.get()
    with transaction() as session:
        receipts_mail.send_receipt(session, UUID(purchase_id), site_url=services.settings.site_url, mail=services.mail)


def take_test_events() -> None:
    """In test mode."""
    services = container.get()
    double = double_of(services.payments)
    if double is not None:
        take_from_double(double, services.payments, queue=services.queue)


def event_tools(services: Container) -> EventTools:
    return EventTools(services.payments, services.queue, services.settings, services.progress)
