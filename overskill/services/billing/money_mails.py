"""What is written to people about their money: to buyers of refunds, to creators of refunds asked and of disputes."""

from functools import partial
from uuid import UUID

from sqlmodel import Session, col, select

from overskill.clients.mail import Mail, Message
from overskill.db import after_commit
from overskill.models import (
    CreatorProfile,
    Dispute,
    Listing,
    Purchase,
    PurchaseItem,
    Refund,
    RefundStatus,
    User,
)
from overskill.services.billing import standing
from overskill.services.billing.disputes import OUTCOMES
from overskill.services.billing.money import say


def send_refund_mail(session: Session, refund_id: UUID, *, site_url: str, mail: Mail) -> None:
    """How it came out, to the buyer; that something is asked, to the creator."""
    refund = session.get(Refund, refund_id)
    if refund is None:
        return
    purchase = session.get_one(Purchase, refund.purchase_id)
    title = _title(session, purchase)
    if refund.status is RefundStatus.ASKED:
        amount = say(refund.amount, refund.currency)
        message = Message(
            to=_creators_address(session, purchase),
            subject=f"A buyer asks for {amount} back for {title}",
            paragraphs=(
                f"Somebody who bought {title} asks for {amount} back. The refund window is over: you decide.",
                f"They wrote: {refund.reason}",
            ),
            button="Answer it",
            link=f"{site_url}/sell/refunds",
        )
    else:
        message = _answer(refund, purchase, title, say(refund.amount, refund.currency, purchase.locale), site_url)
    if message.to:
        after_commit(session, partial(mail.send, message))


def _answer(refund: Refund, purchase: Purchase, title: str, amount: str, site_url: str) -> Message:
    match refund.status:
        case RefundStatus.DECLINED:
            subject = f"Your request for a refund of {title} was declined"
            paragraphs = (f"You asked for {amount} back for {title}.", f"The answer is no: {refund.decision}")
        case RefundStatus.FAILED:
            subject = f"Your refund of {title} did not arrive"
            paragraphs = (
                f"We could not give back {amount} for {title}: {refund.error}",
                "Answer this mail, and we find another way.",
            )
        case _:
            subject = f"{amount} is on its way back to you"
            why = f"{refund.reason} So we gave the money back by ourselves. " if refund.is_automatic else ""
            paragraphs = (
                f"{why}You get {amount} back for {title}.",
                "It goes to the card or account that you paid with, and is there in five to ten days.",
            )
    return Message(
        to=purchase.email,
        subject=subject,
        paragraphs=paragraphs,
        button="Open your library",
        link=f"{site_url}/library",
    )


def send_dispute_mail(session: Session, dispute_id: UUID, *, site_url: str, mail: Mail) -> None:
    dispute = session.get(Dispute, dispute_id)
    if dispute is None or dispute.closed_at is not None:
        return
    purchase = session.get_one(Purchase, dispute.purchase_id)
    title, amount = _title(session, purchase), say(dispute.amount, dispute.currency)
    until = f" until {dispute.due_at:%-d %B}" if dispute.due_at else " soon"
    message = Message(
        to=_creators_address(session, purchase),
        subject=f"A bank disputes {amount} for {title}",
        paragraphs=(
            f"The bank of somebody who bought {title} takes back {amount}, until it has decided.",
            f"You can tell it your side{until}. We add the receipt and what the buyer did with your app.",
        ),
        button="Answer the bank",
        link=f"{site_url}/sell/refunds",
    )
    after_commit(session, partial(mail.send, message))


def send_decision_mail(session: Session, dispute_id: UUID, *, site_url: str, mail: Mail) -> None:
    """How a bank decided, to whom it concerns most: the creator who answered it."""
    dispute = session.get(Dispute, dispute_id)
    if dispute is None or dispute.status not in OUTCOMES:
        return
    purchase = session.get_one(Purchase, dispute.purchase_id)
    title, amount = _title(session, purchase), say(dispute.amount, dispute.currency)
    is_won = dispute.status == standing.WON
    message = Message(
        to=_creators_address(session, purchase),
        subject=f"The bank decided for {'you' if is_won else 'the buyer'}: {amount} for {title}",
        paragraphs=(
            f"The bank of somebody who bought {title} disputed {amount}, and has decided.",
            OUTCOMES[dispute.status],
        ),
        button="Look at it",
        link=f"{site_url}/sell/refunds",
    )
    after_commit(session, partial(mail.send, message))


def _title(session: Session, purchase: Purchase) -> str:
    titles = session.exec(
        select(Listing.title)
        .join(PurchaseItem, col(PurchaseItem.listing_id) == Listing.id)
        .where(PurchaseItem.purchase_id == purchase.id)
        .order_by(Listing.title)
    ).all()
    return titles[0] if len(titles) == 1 else f"{titles[0]} and {len(titles) - 1} more" if titles else "an app"


def _creators_address(session: Session, purchase: Purchase) -> str:
    creator = session.get_one(CreatorProfile, purchase.creator_id)
    return session.get_one(User, creator.user_id).email
