"""Jobs of the admin's desk."""

from uuid import UUID

from overskill import container
from overskill.db import transaction
from overskill.services.admin import alerts


def tell_of_alert(alert_id: str) -> None:
    services = container.get()
    with transaction() as session:
        alerts.tell_of_alert(session, UUID(alert_id), site_url=services.settings.site_url, mail=services.mail)
