"""What happens to money outside of requests: refunds, transfers, evidence, and mails about them."""

from uuid import UUID

from overskill import container, db
from overskill.services.billing import disputes, money_mails, refunds, subscriptions, transfers


def refund(refund_id: str) -> None:
    services = container.get()
    refunds.carry_out(UUID(refund_id), payments=services.payments, queue=services.queue)


def settle_transfer(transfer_id: str) -> None:
    transfers.settle(UUID(transfer_id), payments=container.get().payments)


def end_subscription(purchase_id: str) -> None:
    subscriptions.end_what_was_given_back(UUID(purchase_id), payments=container.get().payments)


def submit_evidence(dispute_id: str) -> None:
    services = container.get()
    disputes.submit(UUID(dispute_id), payments=services.payments, queue=services.queue)


def send_refund_mail(refund_id: str) -> None:
    services = container.get()
    with db.transaction() as session:
        money_mails.send_refund_mail(session, UUID(refund_id), site_url=services.settings.site_url, mail=services.mail)


def send_decision_mail(dispute_id: str) -> None:
    services = container.get()
    with db.transaction() as session:
        money_mails.send_decision_mail(
            session, UUID(dispute_id), site_url=services.settings.site_url, mail=services.mail
        )


def send_dispute_mail(dispute_id: str) -> None:
    services = container.get()
    with db.transaction() as session:
        money_mails.send_dispute_mail(
            session, UUID(dispute_id), site_url=services.settings.site_url, mail=services.mail
        )
