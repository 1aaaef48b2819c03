"""Asking for installs: one of each item bought, made by a job that runs once the payment is committed."""

from functools import partial
from uuid import UUID

from sqlmodel import Session, col, select

from overskill.clients.jobs import JobQueue
from overskill.db import after_commit
from overskill.errors import Conflict
from overskill.models import Install, Purchase, PurchaseItem
from overskill.services.market.licenses import issue

INSTALL_JOB = "overskill.jobs.market.install"
MAIL_JOB = "overskill.jobs.market.send_library_mail"
QUEUE = "deploy"


def install_topic(install_id: UUID) -> str:
    return f"install:{install_id}"


def library_topic(user_id: UUID) -> str:
    """Rings when something in somebody's library changed."""
    return f"library:{user_id}"


def request_installs(session: Session, purchase: Purchase, queue: JobQueue) -> list[Install]:
    """A licence and an install for each item of a paid purchase; those that are there already stay as they are.

    The caller holds the purchase's row lock, and the buyer's account is known.
    """
    if purchase.buyer_id is None:
        raise Conflict("Nobody is known to have bought this yet. Open the link in the receipt's mail first.")
    items = session.exec(
        select(PurchaseItem).where(PurchaseItem.purchase_id == purchase.id).order_by(col(PurchaseItem.id))
    ).all()
    known = {
        install.item_id: install
        for install in session.exec(select(Install).where(col(Install.item_id).in_([item.id for item in items])))
    }
    return [known.get(item.id) or _request(session, item, purchase.buyer_id, queue) for item in items]


def _request(session: Session, item: PurchaseItem, buyer_id: UUID, queue: JobQueue) -> Install:
    license_ = issue(session, item, buyer_id)
    install = Install(
        item_id=item.id,
        license_id=license_.id,
        listing_id=item.listing_id,
        user_id=buyer_id,
        release_id=item.release_id,
    )
    session.add(install)
    session.flush()
    enqueue_install(session, install, queue)
    return install


def enqueue_install(session: Session, install: Install, queue: JobQueue) -> None:
    after_commit(session, partial(queue.enqueue, INSTALL_JOB, str(install.id), queue=QUEUE))
