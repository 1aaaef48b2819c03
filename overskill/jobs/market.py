"""Jobs of the marketplace."""

from uuid import UUID

from overskill import container
from overskill.db import transaction
from overskill.services.market import updates


def prepare_update(update_id: str) -> None:
    services = container.get()
    updates.prepare_update(UUID(update_id), updates.UpdateTools(services.publisher, services.checker))


def tell_of_update(update_id: str) -> None:
    services = container.get()
    with transaction() as session:
        updates.tell_of_update(session, UUID(update_id), site_url=services.settings.site_url, mail=services.mail)


def take_down_update(update_id: str) -> None:
    updates.take_down_preview(UUID(update_id), container.get().publisher)
