"""Mails that are worth a job: the visitor does not wait for the mail server."""

from uuid import UUID

from overskill import container, db
from overskill.services.accounts import email_change, invitations, reset


def send_password_reset(email: str) -> None:
    services = container.get()
    with db.transaction() as session:
        reset.send_password_reset(session, email, site_url=services.settings.site_url, mail=services.mail)


def send_email_notice(user_id: str, before: str) -> None:
    services = container.get()
    with db.transaction() as session:
        email_change.send_email_notice(
            session, UUID(user_id), before, site_url=services.settings.site_url, mail=services.mail
        )


def send_invitation(invitation_id: str, token: str) -> None:
    services = container.get()
    with db.transaction() as session:
        invitations.send_invitation(
            session, UUID(invitation_id), token, site_url=services.settings.site_url, mail=services.mail
        )
