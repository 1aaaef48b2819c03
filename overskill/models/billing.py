"""Credits: what turns cost, in thousandths of a credit. The ledger only grows; a balance is a sum of it."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import BigInteger, Index
from sqlmodel import Field

from overskill.models.base import Record, StringEnum


class Purse(StrEnum):
    DAILY = "daily"  # free, and gone at the end of its day
    BOUGHT = "bought"  # bought or given; stays


class CreditCause(StrEnum):
    DAILY = "daily"
    PURCHASE = "purchase"
    GRANT = "grant"  # given by the operator
    CHARGE = "charge"
    REFUND = "refund"


class CreditEntry(Record, table=True):
    """One movement. Never changed, never deleted: a trigger of the database refuses both."""

    __tablename__ = "credit_entries"
    __table_args__ = (Index("ix_credit_entries_balance", "team_id", "purse", "day"),)
    team_id: UUID = Field(index=True)  # no foreign key: the ledger outlives what it speaks of
    user_id: UUID | None = Field(default=None)
    generation_id: UUID | None = Field(default=None, index=True)
    purse: Purse = Field(sa_type=StringEnum(Purse))
    day: date | None = None  # UTC; of the daily purse
    cause: CreditCause = Field(sa_type=StringEnum(CreditCause))
    amount: int = Field(sa_type=BigInteger)  # thousandths of a credit; below zero where it was spent
    reason: str = Field(default="", max_length=200)
    key: str = Field(unique=True, max_length=120)  # "charge:<generation>:daily": the same movement is never made twice
