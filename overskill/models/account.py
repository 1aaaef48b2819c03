"""Who uses OverSkill, and how they are signed in."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from overskill.models.base import Record, StringEnum


class Role(StrEnum):
    OWNER = "owner"
    ADMIN = "admin"
    EDITOR = "editor"
    VIEWER = "viewer"


class TokenPurpose(StrEnum):
    OWNER_SIGN_IN = "owner_sign_in"
    PASSWORD_RESET = "password_reset"  # noqa: S105 - a purpose, not a password


class User(Record, table=True):
    __tablename__ = "users"
    __table_args__ = (Index("ix_users_suspended", "id", postgresql_where=text("suspended_at IS NOT NULL")),)
    email: str = Field(unique=True, max_length=254)  # lower case
    name: str = Field(max_length=80)
    password_hash: str | None = None  # None: signs in by link only
    is_admin: bool = False
    suspended_at: datetime | None = None  # by an admin: signed out everywhere, and can't sign in
    suspended_reason: str = Field(default="", max_length=1000)  # shown when they try


class Team(Record, table=True):
    """Owns apps. Everybody has one of their own from the start."""

    __tablename__ = "teams"
    name: str = Field(max_length=80)
    models: dict[str, list[str]] = Field(default_factory=dict, sa_type=JSONB)  # role -> models, the first tried first
    monthly_budget: int | None = Field(default=None, sa_type=BigInteger)  # thousandths of a credit; None: no limit


class Membership(Record, table=True):
    __tablename__ = "memberships"
    __table_args__ = (UniqueConstraint("team_id", "user_id"),)
    team_id: UUID = Field(foreign_key="teams.id", ondelete="CASCADE")
    user_id: UUID = Field(foreign_key="users.id", ondelete="CASCADE", index=True)
    role: Role = Field(sa_type=StringEnum(Role))


class Invitation(Record, table=True):
    """A link by which somebody joins a team. It works once; only its hash is stored."""

    __tablename__ = "invitations"
    team_id: UUID = Field(foreign_key="teams.id", ondelete="CASCADE", index=True)
    inviter_id: UUID = Field(foreign_key="users.id", ondelete="CASCADE")
    email: str = Field(max_length=254)  # lower case: where the link was sent
    role: Role = Field(sa_type=StringEnum(Role))
    token_hash: str = Field(unique=True, max_length=64)
    expires_at: datetime
    accepted_at: datetime | None = None
    revoked_at: datetime | None = None


class LoginSession(Record, table=True):
    """One signed-in browser. Only the hash of the cookie is stored."""

    __tablename__ = "login_sessions"
    user_id: UUID = Field(foreign_key="users.id", ondelete="CASCADE", index=True)
    token_hash: str = Field(unique=True, max_length=64)
    device: str = Field(max_length=200)
    ip: str = Field(max_length=45)
    last_seen_at: datetime
    expires_at: datetime
    revoked_at: datetime | None = None


class OneTimeToken(Record, table=True):
    """A link that works once: the owner's first sign-in, a password reset. Only its hash is stored."""

    __tablename__ = "one_time_tokens"
    user_id: UUID = Field(foreign_key="users.id", ondelete="CASCADE", index=True)
    purpose: TokenPurpose = Field(sa_type=StringEnum(TokenPurpose))
    token_hash: str = Field(unique=True, max_length=64)
    expires_at: datetime
    used_at: datetime | None = None


class NewsReader(SQLModel, table=True):
    """Up to when somebody has seen what creators they follow published, and which mails they want. No row: all."""

    __tablename__ = "news_readers"
    user_id: UUID = Field(foreign_key="users.id", ondelete="CASCADE", primary_key=True)
    mails_news: bool = True  # of creators they follow: one a day at most
    mails_updates: bool = True  # of apps they have a copy of: one a release
    seen_at: datetime | None = None
    mailed_at: datetime | None = None


class AuditEvent(Record, table=True):
    """Who did what to what. Never changed, never deleted with the user."""

    __tablename__ = "audit_events"
    __table_args__ = (Index("ix_audit_events_created_at", "created_at"),)
    actor_id: UUID | None = Field(default=None, index=True)
    action: str = Field(max_length=80)  # "app.publish"
    subject: str = Field(max_length=120)  # "app:<id>"
    ip: str = Field(default="", max_length=45)
    details: dict[str, Any] = Field(default_factory=dict, sa_type=JSONB)  # the reason, what it was before
