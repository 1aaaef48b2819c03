"""Mails that are worth a job: the visitor does not wait for the mail server."""

from overskill import container, db
from overskill.services.accounts import reset


def send_password_reset(email: str) -> None:
    services = container.get()
    with db.transaction() as session:
        reset.send_password_reset(session, email, site_url=services.settings.site_url, mail=services.mail)
