"""What somebody bought, as the library shows it. Four queries, however much it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Row, and_, or_
from sqlalchemy import select as sa_select
from sqlmodel import Session, col, select

from overskill.config import Settings
from overskill.models import (
    App,
    AppStatus,
    CopyUpdate,
    EnvVar,
    Install,
    InstallStatus,
    License,
    LicenseActivation,
    LicenseKind,
    LicenseStatus,
    LicenseTransfer,
    Listing,
    Offer,
    Purchase,
    PurchaseItem,
    PurchaseStatus,
    Refund,
    RefundStatus,
    Release,
    UpdateStatus,
    utc_now,
)
from overskill.services.billing.refundable import is_in_window
from overskill.services.market.cards import is_kept
from overskill.services.market.licenses import GRACE, is_valid, own_license, show_key

MOST_SHOWN = 300


@dataclass(frozen=True, slots=True)
class LibraryEntry:
    """One item that was bought by this person, or handed on to them."""

    item_id: UUID
    purchase_id: UUID
    listing: Listing
    cover: str  # checksum of its first picture; "" where it has none, or is suspended
    kind: LicenseKind
    release: int
    amount: int  # the item's part, without tax
    currency: str
    is_bundle: bool  # the money is given back of all of it, or of nothing
    is_test: bool
    bought_at: datetime
    license: License | None
    install: Install | None
    app: App | None
    is_holder: bool
    is_buyer: bool
    interval: str  # "month" or "year": a subscription; ""
    is_ending: bool  # it is not paid again
    purchase_status: PurchaseStatus
    can_refund: bool  # at once: the window is open
    may_ask: bool  # later: its creator decides
    refund_until: datetime | None
    refund: Refund | None
    offered_to: str  # who was sent a link to take it over; ""
    needs: tuple[str, ...]  # variables that it had where it comes from
    update_id: UUID | None

    @property
    def is_valid(self) -> bool:
        return self.license is not None and is_valid(self.license, utc_now())

    @property
    def is_installed(self) -> bool:
        if self.install is None or self.install.status is not InstallStatus.LIVE:
            return False
        return self.kind is LicenseKind.USE or (self.app is not None and self.app.status is AppStatus.ACTIVE)

    @property
    def served_until(self) -> datetime | None:
        """Of a subscription, the grace period included."""
        return self.license.expires_at + GRACE if self.license and self.license.expires_at else None


@dataclass(frozen=True, slots=True)
class LicenseView:
    key: str
    most_activations: int | None
    usage: int
    activations: Sequence[LicenseActivation]


def list_library(session: Session, user_id: UUID) -> list[LibraryEntry]:
    """The newest purchase first."""
    rows = _rows(session, user_id)
    refunds = _refunds(session, {row.Purchase.id for row in rows})
    copies = [row.App for row in rows if row.App is not None and row.Install.user_id == user_id]
    needs = _needs(session, copies)
    updates = _updates(session, [row.Install.id for row in rows if row.Install is not None])
    return [_entry(row, user_id, refunds, needs, updates) for row in rows]


def view_license(session: Session, user_id: UUID, license_id: UUID, *, settings: Settings) -> LicenseView:
    """The key and where it is used, for its holder."""
    license_ = own_license(session, user_id, license_id, locked=True)
    activations = session.exec(
        select(LicenseActivation)
        .where(LicenseActivation.license_id == license_.id, col(LicenseActivation.revoked_at).is_(None))
        .order_by(col(LicenseActivation.created_at).desc())
        .limit(MOST_SHOWN)
    ).all()
    key = show_key(session, user_id, license_id, settings=settings)
    return LicenseView(key, license_.most_activations, license_.usage, activations)


def _rows(session: Session, user_id: UUID) -> Sequence[Row[tuple[object, ...]]]:
    is_offered = and_(
        col(LicenseTransfer.license_id) == License.id,
        col(LicenseTransfer.accepted_at).is_(None),
        col(LicenseTransfer.revoked_at).is_(None),
        col(LicenseTransfer.expires_at) > utc_now(),
    )
    query = (
        sa_select(  # type: ignore[call-overload]
            PurchaseItem,
            Purchase,
            Listing,
            License,
            Install,
            App,
            Release.number,
            LicenseTransfer.email,
            Offer.interval,
            is_kept().label("is_kept"),
        )
        .join(Offer, col(Offer.id) == PurchaseItem.offer_id)
        .join(Purchase, col(Purchase.id) == PurchaseItem.purchase_id)
        .join(Listing, col(Listing.id) == PurchaseItem.listing_id)
        .join(License, col(License.item_id) == PurchaseItem.id, isouter=True)
        .join(Install, col(Install.license_id) == License.id, isouter=True)
        .join(App, col(App.id) == Install.app_id, isouter=True)
        .join(Release, col(Release.id) == col(Install.release_id), isouter=True)
        .join(LicenseTransfer, is_offered, isouter=True)
        .where(or_(col(License.holder_id) == user_id, col(Purchase.buyer_id) == user_id))
        .where(col(Purchase.paid_at).is_not(None))
        .order_by(col(Purchase.paid_at).desc(), col(PurchaseItem.id))
        .limit(MOST_SHOWN)
    )
    rows: Sequence[Row[tuple[object, ...]]] = session.execute(query).all()
    return rows


def _refunds(session: Session, purchase_ids: set[UUID]) -> dict[UUID, Refund]:
    """The last one of each."""
    rows = session.exec(
        select(Refund).where(col(Refund.purchase_id).in_(purchase_ids)).order_by(col(Refund.created_at))
    )
    return {row.purchase_id: row for row in rows}


def _needs(session: Session, copies: Sequence[App]) -> dict[UUID, tuple[str, ...]]:
    """Names of variables that each has where it comes from, and lacks itself."""
    ids = {copy.id for copy in copies} | {copy.origin_id for copy in copies if copy.origin_id}
    names: dict[UUID, set[str]] = {}
    for app_id, name in session.exec(select(EnvVar.app_id, EnvVar.name).where(col(EnvVar.app_id).in_(ids))):
        names.setdefault(app_id, set()).add(name)
    nothing: set[str] = set()
    return {
        copy.id: tuple(sorted(names.get(copy.origin_id, nothing) - names.get(copy.id, nothing)))
        for copy in copies
        if copy.origin_id is not None
    }


def _updates(session: Session, install_ids: Sequence[UUID]) -> dict[UUID, UUID]:
    """The update that waits for each install's owner."""
    rows = session.exec(
        select(CopyUpdate.install_id, CopyUpdate.id)
        .where(
            col(CopyUpdate.install_id).in_(install_ids),
            col(CopyUpdate.status).not_in([UpdateStatus.ACCEPTED, UpdateStatus.DECLINED]),
        )
        .order_by(col(CopyUpdate.created_at))
    )
    return dict(rows.all())


def _entry(
    row: Row[tuple[object, ...]],
    user_id: UUID,
    refunds: dict[UUID, Refund],
    needs: dict[UUID, tuple[str, ...]],
    updates: dict[UUID, UUID],
) -> LibraryEntry:
    item, purchase, license_, install, app = row.PurchaseItem, row.Purchase, row.License, row.Install, row.App
    is_holder = license_ is not None and license_.holder_id == user_id
    is_buyer = purchase.buyer_id == user_id
    refund = refunds.get(purchase.id) if is_buyer else None
    is_open = refund is not None and refund.status in (RefundStatus.ASKED, RefundStatus.PENDING)
    is_refundable = is_buyer and is_holder and purchase.status.is_paid and item.amount > 0 and not is_open
    is_refundable = is_refundable and license_.status is not LicenseStatus.REVOKED
    return LibraryEntry(
        item_id=item.id,
        purchase_id=purchase.id,
        listing=row.Listing,
        cover=row.Listing.cover if row.is_kept else "",
        kind=item.license,
        release=row.number or 0,
        amount=item.amount,
        currency=purchase.currency,
        is_bundle=purchase.bundle_id is not None,
        is_test=purchase.is_test,
        bought_at=purchase.paid_at,
        license=license_,
        install=install,
        app=app if is_holder else None,
        is_holder=is_holder,
        is_buyer=is_buyer,
        interval=row.interval if purchase.subscription_id else "",
        is_ending=purchase.is_ending,
        purchase_status=purchase.status,
        can_refund=is_refundable and is_in_window(purchase),
        may_ask=is_refundable and not is_in_window(purchase),
        refund_until=purchase.refund_until,
        refund=refund,
        offered_to=(row.email or "") if is_holder else "",
        needs=needs.get(app.id, ()) if app is not None and is_holder else (),
        update_id=updates.get(install.id) if install is not None and is_holder else None,
    )
