"""Where the money is: an append-only double-entry ledger, transfers, holds and payouts.

Amounts are in the currency's smallest unit, and a sum is always of one currency.
"""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import BigInteger, Index
from sqlmodel import Field

from overskill.models.base import Record, StringEnum, utc_now


class LedgerAccount(StrEnum):
    """Positive is where money is, or where it went; negative is whose it is: the sum is always zero."""

    PROCESSOR = "processor"  # the platform's balance at Stripe
    TAX = "tax"  # collected, owed to the states
    PLATFORM = "platform"  # our fee
    PROCESSOR_FEES = "processor_fees"  # what Stripe keeps
    CREATOR = "creator"  # what a creator earned, wherever it is now
    CONNECTED = "connected"  # a creator's balance at Stripe: transferred, not paid out
    BANK = "bank"  # paid out: to a creator's bank, or to ours
    DISPUTED = "disputed"  # withdrawn by a bank, until it is decided
    LOSSES = "losses"  # what the platform bears


class LedgerTransaction(Record, table=True):
    """One thing that happened; its entries sum to zero in each currency (a deferred trigger checks it)."""

    __tablename__ = "ledger_transactions"
    key: str = Field(unique=True, max_length=160)  # "sale:<purchase>": the same movement is never made twice
    kind: str = Field(index=True, max_length=40)  # sale, refund, transfer, reversal, dispute, payout, fee, write_off
    purchase_id: UUID | None = Field(default=None, index=True)  # no foreign keys: the ledger outlives what it speaks of
    source: str = Field(default="", max_length=64)  # of the purchase's payments: "sale", or a later one's invoice
    external_id: str = Field(default="", max_length=64)
    occurred_at: datetime = Field(default_factory=utc_now, index=True)
    memo: str = Field(default="", max_length=200)


class LedgerEntry(Record, table=True):
    """Never changed, never deleted: a trigger of the database refuses both."""

    __tablename__ = "ledger_entries"
    __table_args__ = (Index("ix_ledger_entries_balance", "account", "creator_id", "currency"),)
    transaction_id: UUID = Field(foreign_key="ledger_transactions.id", index=True)
    account: LedgerAccount = Field(sa_type=StringEnum(LedgerAccount))
    creator_id: UUID | None = None  # of CREATOR, CONNECTED, and a creator's BANK
    currency: str = Field(max_length=3)
    amount: int = Field(sa_type=BigInteger)


class TransferStatus(StrEnum):
    HELD = "held"  # until its hold is released
    DUE = "due"  # as soon as the creator has an account that takes it
    SENDING = "sending"  # Stripe was asked, or is about to be: with `sending_amount`, and a key made from `sent_at`
    SENT = "sent"
    REVERSED = "reversed"  # all of it
    CANCELLED = "cancelled"  # refunded before it was sent
    FAILED = "failed"


class Transfer(Record, table=True):
    """What a creator gets of one item sold: for selling it, or as a royalty of a remix."""

    __tablename__ = "transfers"
    __table_args__ = (
        Index("one_transfer_of_a_share", "item_id", "creator_id", "source", unique=True),
        Index("ix_transfers_due", "status", "hold_until"),
    )
    item_id: UUID = Field(foreign_key="purchase_items.id")
    purchase_id: UUID = Field(foreign_key="purchases.id", index=True)
    creator_id: UUID = Field(foreign_key="creator_profiles.id", index=True)
    is_royalty: bool = False
    source: str = Field(default="", max_length=64)  # "sale", or the invoice of a subscription's later payment
    amount: int = Field(sa_type=BigInteger)
    reversed_amount: int = Field(default=0, sa_type=BigInteger)  # that refunds and lost disputes take back, in all
    sending_amount: int = Field(default=0, sa_type=BigInteger)
    sent_amount: int = Field(default=0, sa_type=BigInteger)
    returned_amount: int = Field(default=0, sa_type=BigInteger)  # of what was sent
    returning_amount: int = Field(default=0, sa_type=BigInteger)  # that Stripe was asked for, or is about to be
    owed_amount: int = Field(default=0, sa_type=BigInteger)  # that should have come back, and could not
    kept_amount: int = Field(default=0, sa_type=BigInteger)  # for what the creator owes of other transfers
    currency: str = Field(max_length=3)
    status: TransferStatus = Field(default=TransferStatus.HELD, sa_type=StringEnum(TransferStatus))
    hold_reason: str = Field(default="", max_length=200)
    hold_until: datetime | None = None  # None with HELD: until somebody releases it
    external_id: str = Field(default="", index=True, max_length=64)
    sent_at: datetime | None = None
    error: str = Field(default="", max_length=300)

    @property
    def outstanding(self) -> int:
        """What is still to be sent; below zero, what is to come back."""
        wanted = max(0, self.amount - self.reversed_amount - self.kept_amount)
        return wanted - (self.sent_amount - self.returned_amount - self.owed_amount)


class PayoutStatus(StrEnum):
    PENDING = "pending"
    IN_TRANSIT = "in_transit"
    PAID = "paid"
    FAILED = "failed"
    CANCELED = "canceled"  # Stripe's spelling


class Payout(Record, table=True):
    """From a creator's balance at Stripe to their bank."""

    __tablename__ = "payouts"
    creator_id: UUID = Field(foreign_key="creator_profiles.id", index=True)
    external_id: str = Field(default="", index=True, max_length=64)
    amount: int = Field(sa_type=BigInteger)
    currency: str = Field(max_length=3)
    status: PayoutStatus = Field(default=PayoutStatus.PENDING, sa_type=StringEnum(PayoutStatus))
    arrives_at: datetime | None = None
    error: str = Field(default="", max_length=300)


class Reconciliation(Record, table=True):
    """One comparison of the ledger with Stripe."""

    __tablename__ = "reconciliations"
    currency: str = Field(max_length=3)
    ours: int = Field(sa_type=BigInteger)
    theirs: int = Field(sa_type=BigInteger)
    note: str = Field(default="", max_length=500)

    @property
    def difference(self) -> int:
        return self.theirs - self.ours
