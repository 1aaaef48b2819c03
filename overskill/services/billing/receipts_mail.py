"""The mail after a purchase: what was bought, what it cost, and the way to the library."""

from functools import partial
from uuid import UUID

from sqlmodel import Session

from overskill.clients.mail import Mail, Message
from overskill.db import after_commit
from overskill.models import Purchase, User
from overskill.services.addresses_in_names import unlinked
from overskill.services.billing.purchase_receipts import PurchaseReceipt, read_receipt

_FREE = "It cost nothing."


def send_receipt(session: Session, purchase_id: UUID, *, site_url: str, mail: Mail) -> None:
    purchase = session.get(Purchase, purchase_id)
    if purchase is None or purchase.paid_at is None or purchase.buyer_id is None:
        return
    buyer = session.get_one(User, purchase.buyer_id)
    receipt = read_receipt(session, purchase, locale=purchase.locale)
    after_commit(session, partial(mail.send, _message(receipt, purchase, buyer, site_url)))


def _message(receipt: PurchaseReceipt, purchase: Purchase, buyer: User, site_url: str) -> Message:
    titles = _titles(receipt)
    has_way_in = buyer.password_hash is not None
    closing = f"Receipt {receipt.number}, to print: {site_url}/receipts/{receipt.purchase_id}"
    if receipt.is_test:
        closing = f"This was a test: no money moved. {closing}"
    bought = f"thank you. You bought {titles} from {unlinked(receipt.creator)}."
    return Message(
        to=purchase.email or buyer.email,
        subject=f"Your receipt for {titles}"[:120],
        paragraphs=(
            f"Hello {unlinked(buyer.name)},",
            f"{bought} It is being installed, and is in your library.",
            *(f"{line.title}: {line.license}, {line.amount}" for line in receipt.lines),
            _sum(receipt) if purchase.total_amount else _FREE,
            *(() if has_way_in else (_new_account(buyer),)),
        ),
        button="Open your library" if has_way_in else "Set your password",
        link=f"{site_url}/library" if has_way_in else f"{site_url}/reset",
        closing=closing,
    )


def _titles(receipt: PurchaseReceipt) -> str:
    *others, last = [line.title for line in receipt.lines]
    return f"{', '.join(others)} and {last}" if others else last


def _sum(receipt: PurchaseReceipt) -> str:
    parts = [f"Together {receipt.total}"]
    if receipt.tax:
        parts.append(f", of which {receipt.tax} is tax")
    if receipt.discount:
        parts.append(f"; you saved {receipt.discount}")
    if receipt.interval:
        parts.append(f". It is paid again each {receipt.interval}, until you end it in your library")
    return "".join(parts) + "."


def _new_account(buyer: User) -> str:
    return (
        f"Your account is {buyer.email}. It has no password yet: ask for a link below, and choose one. "
        "Then your library opens."
    )
