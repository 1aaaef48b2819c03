"""What buyers buy: purchases and their items, licences, installs, updates, refunds and disputes."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from overskill.models.base import Record, StringEnum, utc_now
from overskill.models.market import LicenseKind


class PurchaseStatus(StrEnum):
    PENDING = "pending"  # made before the buyer is sent to pay
    PAID = "paid"
    EXPIRED = "expired"  # never paid
    FAILED = "failed"  # the payment was refused
    PARTLY_REFUNDED = "partly_refunded"
    REFUNDED = "refunded"
    DISPUTED = "disputed"  # the bank took it back until it is decided
    LOST = "lost"  # a dispute that the buyer's bank won

    @property
    def is_paid(self) -> bool:
        return self in (PurchaseStatus.PAID, PurchaseStatus.PARTLY_REFUNDED)


class Purchase(Record, table=True):
    """One payment of one buyer to one creator. Amounts are in the currency's smallest unit."""

    __tablename__ = "purchases"
    __table_args__ = (
        Index("idx_purchases_user", "buyer_id", text("created_at DESC")),
        Index("ix_purchases_waiting", "created_at", postgresql_where=text("status = 'pending'")),
        Index("ix_purchases_creator", "creator_id", "paid_at"),
        Index("ix_purchases_paid_at", "paid_at", postgresql_where=text("paid_at IS NOT NULL")),
    )
    buyer_id: UUID | None = Field(default=None, foreign_key="users.id", ondelete="SET NULL")  # None: a guest, still
    email: str = Field(default="", index=True, max_length=254)  # lower case
    creator_id: UUID = Field(foreign_key="creator_profiles.id")
    bundle_id: UUID | None = Field(default=None, foreign_key="bundles.id", ondelete="SET NULL")
    coupon_id: UUID | None = Field(default=None, foreign_key="coupons.id", ondelete="SET NULL")
    status: PurchaseStatus = Field(default=PurchaseStatus.PENDING, sa_type=StringEnum(PurchaseStatus), index=True)
    currency: str = Field(max_length=3)
    listed_amount: int = Field(default=0, sa_type=BigInteger)  # before the coupon
    amount: int = Field(default=0, sa_type=BigInteger)  # what the items cost, without tax
    tax_amount: int = Field(default=0, sa_type=BigInteger)
    total_amount: int = Field(default=0, sa_type=BigInteger)  # what was paid
    fee_amount: int = Field(default=0, sa_type=BigInteger)  # the platform's part of `amount`
    processor_fee: int | None = Field(default=None, sa_type=BigInteger)  # Stripe's, once it is known
    refunded_amount: int = Field(default=0, sa_type=BigInteger)  # of `total_amount`
    country: str = Field(default="", max_length=2)
    locale: str = Field(default="", max_length=35)  # the buyer's browser's, as they bought: mails write amounts by it
    is_test: bool = False
    claim_hash: str = Field(default="", index=True, max_length=64)  # of the link by which a guest takes it
    session_id: str = Field(default="", index=True, max_length=128)  # Stripe's Checkout Session
    payment_intent_id: str = Field(default="", index=True, max_length=64)
    charge_id: str = Field(default="", index=True, max_length=64)
    subscription_id: str = Field(default="", index=True, max_length=64)
    customer_id: str = Field(default="", max_length=64)
    is_ending: bool = False  # a subscription that is not paid again, and lasts until what is paid ends
    receipt_number: str = Field(default="", max_length=40)
    receipt_url: str = Field(default="", max_length=500)
    paid_at: datetime | None = None
    refund_until: datetime | None = None  # until then the money is given back without a question
    checked_at: datetime | None = None  # when the sweep last asked Stripe of it
    error: str = Field(default="", max_length=500)


class PurchaseItem(Record, table=True):
    """One listing of a purchase, as it was sold."""

    __tablename__ = "purchase_items"
    purchase_id: UUID = Field(foreign_key="purchases.id", ondelete="CASCADE", index=True)
    listing_id: UUID = Field(foreign_key="listings.id", index=True)
    offer_id: UUID = Field(foreign_key="offers.id", index=True)
    release_id: UUID = Field(foreign_key="releases.id", index=True)
    license: LicenseKind = Field(sa_type=StringEnum(LicenseKind))
    amount: int = Field(sa_type=BigInteger)  # its part of the purchase's
    split: list[dict[str, Any]] = Field(
        default_factory=list, sa_type=JSONB
    )  # creator_id, share: signed terms' royalties


class SubscriptionInvoice(Record, table=True):
    """A later payment of a subscription; the first is the purchase itself."""

    __tablename__ = "subscription_invoices"
    purchase_id: UUID = Field(foreign_key="purchases.id", ondelete="CASCADE", index=True)
    external_id: str = Field(unique=True, max_length=64)
    charge_id: str = Field(default="", max_length=64)
    amount: int = Field(sa_type=BigInteger)
    tax_amount: int = Field(default=0, sa_type=BigInteger)
    refunded_amount: int = Field(default=0, sa_type=BigInteger)  # of both
    currency: str = Field(max_length=3)
    period_end: datetime | None = None
    paid_at: datetime | None = None


class LicenseStatus(StrEnum):
    ACTIVE = "active"
    GRACE = "grace"  # a payment is late
    EXPIRED = "expired"
    REVOKED = "revoked"


class License(Record, table=True):
    """What a buyer may do. Its key is shown in the library; only its hash and a sealed copy are stored."""

    __tablename__ = "licenses"
    __table_args__ = (
        Index("ix_licenses_untold", "updated_at", postgresql_where=text("needs_telling")),
        Index("ix_licenses_ending", "expires_at", postgresql_where=text("status in ('active', 'grace')")),
    )
    item_id: UUID = Field(foreign_key="purchase_items.id", ondelete="CASCADE", unique=True)
    listing_id: UUID = Field(foreign_key="listings.id", index=True)
    holder_id: UUID = Field(foreign_key="users.id", index=True)
    kind: LicenseKind = Field(sa_type=StringEnum(LicenseKind))
    status: LicenseStatus = Field(default=LicenseStatus.ACTIVE, sa_type=StringEnum(LicenseStatus), index=True)
    key_hash: str = Field(unique=True, max_length=64)
    key_ending: str = Field(default="", max_length=6)
    sealed_key: str = ""
    most_activations: int | None = None
    activation_count: int = 0
    usage: int = 0
    most_usage: int | None = None
    validated_at: datetime | None = None
    expires_at: datetime | None = None  # of a subscription: the end of what is paid; licenses.GRACE comes after it
    revoked_at: datetime | None = None
    revoked_reason: str = Field(default="", max_length=300)
    needs_telling: bool = False  # the edge serves by it, and has not heard of its last change


class LicenseActivation(Record, table=True):
    __tablename__ = "license_activations"
    license_id: UUID = Field(foreign_key="licenses.id", ondelete="CASCADE", index=True)
    label: str = Field(max_length=120)
    conditions: dict[str, Any] = Field(default_factory=dict, sa_type=JSONB)
    meta: dict[str, Any] = Field(default_factory=dict, sa_type=JSONB)
    revoked_at: datetime | None = None


class LicenseTransfer(Record, table=True):
    """A link by which somebody else takes a licence over, with what was installed by it. It works once."""

    __tablename__ = "license_transfers"
    license_id: UUID = Field(foreign_key="licenses.id", ondelete="CASCADE", index=True)
    from_id: UUID = Field(foreign_key="users.id", ondelete="CASCADE")
    email: str = Field(max_length=254)  # lower case: where the link was sent
    token_hash: str = Field(unique=True, max_length=64)
    expires_at: datetime
    accepted_by_id: UUID | None = Field(default=None, foreign_key="users.id", ondelete="SET NULL")
    accepted_at: datetime | None = None
    revoked_at: datetime | None = None


class InstallStatus(StrEnum):
    QUEUED = "queued"
    COPYING = "copying"
    PUBLISHING = "publishing"
    LIVE = "live"
    FAILED = "failed"
    REMOVED = "removed"  # uninstalled, by its owner

    @property
    def is_final(self) -> bool:
        return self not in (InstallStatus.QUEUED, InstallStatus.COPYING, InstallStatus.PUBLISHING)


class Install(Record, table=True):
    """Making the buyer's own copy, or for a `use` licence the buyer's own way in: one of each item bought."""

    __tablename__ = "installs"
    item_id: UUID = Field(foreign_key="purchase_items.id", ondelete="CASCADE", unique=True)
    license_id: UUID = Field(foreign_key="licenses.id", ondelete="CASCADE", index=True)
    listing_id: UUID = Field(foreign_key="listings.id", index=True)
    user_id: UUID = Field(foreign_key="users.id", index=True)
    release_id: UUID = Field(foreign_key="releases.id")  # what its code came from, or was last merged with
    app_id: UUID | None = Field(default=None, foreign_key="apps.id", ondelete="SET NULL", unique=True)
    deployment_id: UUID | None = Field(default=None, foreign_key="deployments.id", ondelete="SET NULL")
    status: InstallStatus = Field(default=InstallStatus.QUEUED, sa_type=StringEnum(InstallStatus), index=True)
    attempt: int = 0  # a fence, as in Generation
    last_progress_at: datetime = Field(default_factory=utc_now)
    base_version: int = 0  # of the copy: what holds exactly the release's files
    url: str = ""
    error: str = Field(default="", max_length=500)
    live_at: datetime | None = None


class UpdateStatus(StrEnum):
    OFFERED = "offered"
    MERGING = "merging"
    CONFLICTED = "conflicted"  # somebody has to choose
    CHECKING = "checking"
    READY = "ready"  # green; it goes live when it is accepted
    REFUSED = "refused"  # the merged app does not pass the checks
    ACCEPTED = "accepted"
    DECLINED = "declined"  # "stay on the current one"
    FAILED = "failed"


class CopyUpdate(Record, table=True):
    """A seller's release on its way into a buyer's copy."""

    __tablename__ = "copy_updates"
    __table_args__ = (UniqueConstraint("install_id", "release_id"),)
    install_id: UUID = Field(foreign_key="installs.id", ondelete="CASCADE")
    release_id: UUID = Field(foreign_key="releases.id", ondelete="CASCADE", index=True)
    status: UpdateStatus = Field(default=UpdateStatus.OFFERED, sa_type=StringEnum(UpdateStatus), index=True)
    attempt: int = 0
    last_progress_at: datetime = Field(default_factory=utc_now)
    from_revision: int = 0  # the copy's, which it was merged with; another since means: merge again
    files: dict[str, Any] = Field(default_factory=dict, sa_type=JSONB)  # path -> added, changed or removed
    conflicts: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSONB)  # path, choice, text that was written
    checks: dict[str, Any] = Field(default_factory=dict, sa_type=JSONB)
    preview_url: str = ""
    error: str = Field(default="", max_length=500)
    decided_at: datetime | None = None


class RefundStatus(StrEnum):
    ASKED = "asked"  # outside of the window: the creator or an admin decides
    PENDING = "pending"  # told to Stripe
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    DECLINED = "declined"


class Refund(Record, table=True):
    __tablename__ = "refunds"
    purchase_id: UUID = Field(foreign_key="purchases.id", ondelete="CASCADE", index=True)
    source: str = Field(default="sale", max_length=64)  # which payment: "sale", or the invoice of a later one
    amount: int = Field(sa_type=BigInteger)  # of what was paid, tax included
    currency: str = Field(max_length=3)
    reason: str = Field(default="", max_length=1000)
    status: RefundStatus = Field(default=RefundStatus.ASKED, sa_type=StringEnum(RefundStatus), index=True)
    is_automatic: bool = False  # the install failed, or they had it already; `reason` says which
    asked_by_id: UUID | None = None
    decided_by_id: UUID | None = None
    decision: str = Field(default="", max_length=1000)
    external_id: str = Field(default="", index=True, max_length=64)
    error: str = Field(default="", max_length=500)


class Dispute(Record, table=True):
    __tablename__ = "disputes"
    purchase_id: UUID = Field(foreign_key="purchases.id", ondelete="CASCADE", index=True)
    external_id: str = Field(unique=True, max_length=64)
    amount: int = Field(sa_type=BigInteger)
    currency: str = Field(max_length=3)
    reason: str = Field(default="", max_length=60)  # Stripe's words
    status: str = Field(default="", index=True, max_length=40)  # Stripe's words
    evidence: dict[str, Any] = Field(default_factory=dict, sa_type=JSONB)
    due_at: datetime | None = None
    submitted_at: datetime | None = None
    closed_at: datetime | None = None
