"""How far a purchase is, for who made it: paid or not, and each of its apps on its way to the buyer."""

import hmac
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session, col, select

from overskill.errors import NotFound
from overskill.models import (
    App,
    Install,
    InstallStatus,
    LicenseKind,
    Listing,
    Purchase,
    PurchaseItem,
    PurchaseStatus,
    User,
)
from overskill.services.accounts.tokens import hash_token

NO_PURCHASE = "There is no such purchase, or it isn't yours. What you bought is in your library."


@dataclass(frozen=True, slots=True)
class InstallProgress:
    title: str
    listing: str  # its slug
    kind: LicenseKind
    status: InstallStatus
    url: str
    error: str
    app: str  # the slug of the buyer's own copy, "" where there is none


@dataclass(frozen=True, slots=True)
class PurchaseProgress:
    status: PurchaseStatus
    error: str
    email: str
    total: int
    currency: str
    is_test: bool
    is_payable: bool  # Stripe's page may still be open
    needs_password: bool  # a guest's account, made by paying
    installs: tuple[InstallProgress, ...]

    @property
    def is_final(self) -> bool:
        if self.status is PurchaseStatus.PENDING:
            return False
        return not self.status.is_paid or all(each.status.is_final for each in self.installs)


def view_progress(session: Session, purchase_id: UUID, *, user_id: UUID | None, claim: str) -> PurchaseProgress:
    """For its buyer, or for who has the link that they were sent back with. Raises NotFound to anybody else."""
    purchase = session.get(Purchase, purchase_id)
    if purchase is None or not _may_see(purchase, user_id, claim):
        raise NotFound(NO_PURCHASE)
    buyer = session.get(User, purchase.buyer_id) if purchase.buyer_id else None
    return PurchaseProgress(
        status=purchase.status,
        error=purchase.error,
        email=purchase.email,
        total=purchase.total_amount or purchase.amount,
        currency=purchase.currency,
        is_test=purchase.is_test,
        is_payable=purchase.status is PurchaseStatus.PENDING and bool(purchase.session_id),
        needs_password=buyer is not None and buyer.password_hash is None and user_id is None,
        installs=_installs(session, purchase_id),
    )


def _may_see(purchase: Purchase, user_id: UUID | None, claim: str) -> bool:
    if user_id is not None and purchase.buyer_id == user_id:
        return True
    return bool(claim) and hmac.compare_digest(purchase.claim_hash, hash_token(claim))


def _installs(session: Session, purchase_id: UUID) -> tuple[InstallProgress, ...]:
    rows = session.exec(
        select(PurchaseItem, Listing, Install, App.slug)
        .join(Listing, col(Listing.id) == PurchaseItem.listing_id)
        .outerjoin(Install, col(Install.item_id) == PurchaseItem.id)
        .outerjoin(App, col(App.id) == Install.app_id)
        .where(PurchaseItem.purchase_id == purchase_id)
        .order_by(col(Listing.title))
        .execution_options(populate_existing=True)
    )
    return tuple(_progress(item, listing, install, app) for item, listing, install, app in rows)


def _progress(item: PurchaseItem, listing: Listing, install: Install | None, app: str | None) -> InstallProgress:
    return InstallProgress(
        title=listing.title,
        listing=listing.slug,
        kind=item.license,
        status=install.status if install else InstallStatus.QUEUED,
        url=install.url if install else "",
        error=install.error if install else "",
        app=app or "",
    )
