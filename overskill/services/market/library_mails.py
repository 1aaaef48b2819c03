"""Mails about what somebody bought: installed, failed, ending, and on its way to somebody else."""

from functools import partial
from uuid import UUID

from sqlmodel import Session

from overskill.clients.mail import Mail, Message
from overskill.db import after_commit
from overskill.models import (
    CreatorProfile,
    Install,
    InstallStatus,
    License,
    LicenseKind,
    LicenseStatus,
    LicenseTransfer,
    Listing,
    ListingStatus,
    Purchase,
    PurchaseItem,
    PurchaseStatus,
    User,
)
from overskill.services.addresses_in_names import unlinked

_HELLO = "Hello,"
_TRY_AGAIN = "You can try it again in your library."
_ON_ITS_WAY = "What you paid for it is on its way back to you. Banks take a few days to show it."
_MONEY = {
    PurchaseStatus.DISPUTED: "Your bank has what you paid for it until it has decided. Should it leave it with us, "
    "we give it back to you by ourselves.",
    PurchaseStatus.LOST: "Your bank has given you back already what you paid for it.",
}


def send_library_mail(session: Session, kind: str, row_id: UUID, *, site_url: str, mail: Mail) -> None:
    """Unless it is not so any more."""
    match kind:
        case "installed":
            message = _installed(session, row_id, site_url)
        case "failed":
            message = _failed(session, row_id, site_url)
        case LicenseStatus.GRACE | LicenseStatus.EXPIRED:
            message = _ending(session, row_id, site_url)
        case "transferred":
            message = _transferred(session, row_id, site_url)
        case "off_sale":
            message = _off_sale(session, row_id, site_url)
        case _:
            raise ValueError(f"There is no mail “{kind}”.")
    if message is not None:
        after_commit(session, partial(mail.send, message))


def send_transfer(session: Session, transfer_id: UUID, token: str, *, site_url: str, mail: Mail) -> None:
    """The link by which somebody takes a licence over, unless that was taken back meanwhile."""
    row = session.get(LicenseTransfer, transfer_id)
    if row is None or row.revoked_at or row.accepted_at:
        return
    license_ = session.get_one(License, row.license_id)
    giver = unlinked(session.get_one(User, row.from_id).name)
    title = unlinked(session.get_one(Listing, license_.listing_id).title)  # to whoever the giver wants to hear of it
    what = "the right to use it" if license_.kind is LicenseKind.USE else "their own copy of it, and its licence"
    message = Message(
        to=row.email,
        subject=f"{giver} wants to give you {title}",
        paragraphs=(_HELLO, f"{giver} bought {title} on OverSkill and hands you {what}. It costs you nothing."),
        button="Take it over",
        link=f"{site_url}/library/accept?token={token}",
        closing="If you don't know who that is, do nothing.",
    )
    after_commit(session, partial(mail.send, message))


def _installed(session: Session, install_id: UUID, site_url: str) -> Message | None:
    install = session.get(Install, install_id)
    if install is None or install.status is not InstallStatus.LIVE:
        return None
    title = session.get_one(Listing, install.listing_id).title
    if install.app_id is None:
        words = f"You can use {title} now. Open it from your library whenever you like."
    else:
        words = f"Your own copy of {title} is live at {install.url}. It is yours to change in the studio."
    return Message(
        to=session.get_one(User, install.user_id).email,
        subject=f"{title} is ready",
        paragraphs=(_HELLO, words),
        button="Open your library",
        link=f"{site_url}/library",
        closing="The licence key, receipts and updates are in your library, too.",
    )


def _failed(session: Session, install_id: UUID, site_url: str) -> Message | None:
    install = session.get(Install, install_id)
    if install is None or install.status is not InstallStatus.FAILED:
        return None
    title = session.get_one(Listing, install.listing_id).title
    license_ = session.get_one(License, install.license_id)
    item = session.get_one(PurchaseItem, install.item_id)
    is_paid = license_.status is LicenseStatus.REVOKED
    then = _MONEY.get(session.get_one(Purchase, item.purchase_id).status, _ON_ITS_WAY) if is_paid else _TRY_AGAIN
    return Message(
        to=session.get_one(User, install.user_id).email,
        subject=f"{title} could not be installed",
        paragraphs=(_HELLO, f"We tried to install {title} several times and could not. {install.error}", then),
        button="Open your library",
        link=f"{site_url}/library",
    )


def _ending(session: Session, license_id: UUID, site_url: str) -> Message | None:
    license_ = session.get(License, license_id)
    if license_ is None or license_.status not in (LicenseStatus.GRACE, LicenseStatus.EXPIRED):
        return None
    title = session.get_one(Listing, license_.listing_id).title
    if license_.status is LicenseStatus.GRACE:
        subject = f"A payment for {title} is late"
        words = f"What was paid for {title} has ended. It goes on for a few days, so that you can pay in peace."
    else:
        subject = f"Your licence for {title} has ended"
        words = f"{title} is not served any more. Nothing of it was deleted: once it is paid again, it is back."
    return Message(
        to=session.get_one(User, license_.holder_id).email,
        subject=subject,
        paragraphs=(_HELLO, words),
        button="Open your library",
        link=f"{site_url}/library",
    )


def _off_sale(session: Session, listing_id: UUID, site_url: str) -> Message | None:
    """To who sells it: of an app that began as a bought copy."""
    listing = session.get(Listing, listing_id)
    if listing is None or listing.status not in (ListingStatus.WITHDRAWN, ListingStatus.DRAFT):
        return None
    creator = session.get_one(CreatorProfile, listing.creator_id)
    return Message(
        to=session.get_one(User, creator.user_id).email,
        subject=f"{listing.title} is not sold any more",
        paragraphs=(_HELLO, f"“{listing.title}” was taken off sale.", listing.status_reason),
        button="Open the listing",
        link=f"{site_url}/sell/{listing.slug}",
    )


def _transferred(session: Session, transfer_id: UUID, site_url: str) -> Message | None:
    row = session.get(LicenseTransfer, transfer_id)
    if row is None or row.accepted_by_id is None:
        return None
    license_ = session.get_one(License, row.license_id)
    title = session.get_one(Listing, license_.listing_id).title
    taker = unlinked(session.get_one(User, row.accepted_by_id).name)
    return Message(
        to=session.get_one(User, row.from_id).email,
        subject=f"{taker} has taken over {title}",
        paragraphs=(_HELLO, f"{title} and its licence are {taker}'s now. Your receipt stays in your library."),
        button="Open your library",
        link=f"{site_url}/library",
    )
