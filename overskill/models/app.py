"""An app, its files and its versions. Files are content-addressed; a version is the paths it changed."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from overskill.models.base import Record, StringEnum, utc_now
from overskill.models.deployment import DeploymentEnvironment


class AppStatus(StrEnum):
    ACTIVE = "active"
    ARCHIVED = "archived"
    DELETED = "deleted"  # for 30 days, then gone


class VersionCause(StrEnum):
    GENERATION = "generation"
    RESTORE = "restore"
    EDIT = "edit"
    DUPLICATE = "duplicate"
    IMPORT = "import"
    PUSH = "push"  # to its repository, by a person
    UPDATE = "update"  # a release of what it is a copy of


class MessageAuthor(StrEnum):
    USER = "user"
    ASSISTANT = "assistant"


class App(Record, table=True):
    __tablename__ = "apps"
    __table_args__ = (Index("ix_apps_suspended", "id", postgresql_where=text("suspended_at IS NOT NULL")),)
    team_id: UUID = Field(foreign_key="teams.id", index=True)
    creator_id: UUID = Field(foreign_key="users.id")
    slug: str = Field(unique=True, max_length=63)
    name: str = Field(max_length=80)
    prompt: str  # the first one
    accent: str = Field(default="#6d5bf6", max_length=9)  # of its logo and cards
    logo: str = ""  # an SVG of ours, made from the name
    icon: str = Field(default="", max_length=64)  # checksum of a WebP picture that stands for the logo
    description: str = Field(default="", max_length=300)  # in a sentence, for people
    status: AppStatus = Field(default=AppStatus.ACTIVE, sa_type=StringEnum(AppStatus))
    deleted_at: datetime | None = None
    suspended_at: datetime | None = None  # by an admin: nothing of it is served, and it can't be published
    suspended_reason: str = Field(default="", max_length=1000)  # for its owner
    # The publishes that an admin took off the air, by id: they come back when the app is restored.
    taken_down: list[str] = Field(default_factory=list, sa_type=JSONB)
    preview_key: str = Field(unique=True, max_length=40)  # the unguessable host name of its live preview
    current_version: int = 0
    revision: int = 0  # grows with every change of its files, also where the version stays the same
    origin_id: UUID | None = Field(default=None, foreign_key="apps.id", ondelete="SET NULL")  # it was branched from
    origin_version: int | None = None
    thumbnail: str = Field(default="", index=True, max_length=64)  # checksum of a WebP picture in the object store
    in_gallery: bool = True  # once it is live; its maker is asked beside the button that publishes it
    changed_at: datetime = Field(default_factory=utc_now, index=True)


class FileBlob(SQLModel, table=True):
    """The content of a file, stored once however many apps and versions hold it."""

    __tablename__ = "file_blobs"
    checksum: str = Field(primary_key=True, max_length=64)  # sha256, hex
    content: str
    size: int  # bytes


class AppFile(SQLModel, table=True):
    """The files of an app as they are now."""

    __tablename__ = "app_files"
    app_id: UUID = Field(foreign_key="apps.id", ondelete="CASCADE", primary_key=True)
    path: str = Field(primary_key=True, max_length=200)
    checksum: str = Field(foreign_key="file_blobs.checksum", index=True, max_length=64)
    is_locked: bool = False  # models may read it but not change it


class AppVersion(Record, table=True):
    __tablename__ = "app_versions"
    __table_args__ = (UniqueConstraint("app_id", "number"),)
    app_id: UUID = Field(foreign_key="apps.id", ondelete="CASCADE")
    number: int
    note: str = Field(max_length=200)
    name: str = Field(default="", max_length=80)  # that somebody gave it
    is_pinned: bool = False
    cause: VersionCause = Field(sa_type=StringEnum(VersionCause))
    author_id: UUID | None = Field(default=None, foreign_key="users.id")
    generation_id: UUID | None = None
    restored_from: int | None = None  # the number of the version it is a copy of
    builds: bool = True  # False: it was kept although it does not compile
    findings: list[dict[str, Any]] | None = Field(default=None, sa_type=JSONB)  # scan.Finding; None: not scanned yet
    screenshot: str = Field(default="", max_length=64)  # checksum of a WebP picture in the object store

    @property
    def origin(self) -> int:
        """The version that first held these files: this one, or the one that it put back."""
        return self.restored_from or self.number


class VersionFile(SQLModel, table=True):
    """A path that a version changed. What a version holds is, of each path, the newest up to its number: so saving one
    file of a large app writes one row."""

    __tablename__ = "version_files"
    app_id: UUID = Field(foreign_key="apps.id", ondelete="CASCADE", primary_key=True)
    path: str = Field(primary_key=True, max_length=200)
    number: int = Field(primary_key=True)  # of the version
    # None: it is gone from here on.
    checksum: str | None = Field(default=None, foreign_key="file_blobs.checksum", index=True, max_length=64)


class EnvVar(Record, table=True):
    """A setting of an app in one environment. Only what is public is ever shown again, or part of a bundle."""

    __tablename__ = "env_vars"
    __table_args__ = (UniqueConstraint("app_id", "environment", "name"),)
    app_id: UUID = Field(foreign_key="apps.id", ondelete="CASCADE")
    environment: DeploymentEnvironment = Field(sa_type=StringEnum(DeploymentEnvironment))
    name: str = Field(max_length=64)
    sealed_value: str  # encrypted with OVERSKILL_SECRET_KEY
    is_public: bool = False


class ShareLink(Record, table=True):
    """A link that shows an app's live preview to whoever has it, until it expires or is revoked."""

    __tablename__ = "share_links"
    app_id: UUID = Field(foreign_key="apps.id", ondelete="CASCADE", index=True)
    user_id: UUID = Field(foreign_key="users.id")  # who made it
    token_hash: str = Field(unique=True, max_length=64)  # sha256, hex; OVERSKILL_SECRET_KEY gives the token
    expires_at: datetime
    revoked_at: datetime | None = None


class ChatMessage(Record, table=True):
    __tablename__ = "chat_messages"
    app_id: UUID = Field(foreign_key="apps.id", ondelete="CASCADE", index=True)
    author: MessageAuthor = Field(sa_type=StringEnum(MessageAuthor))
    user_id: UUID | None = Field(default=None, foreign_key="users.id")
    generation_id: UUID | None = Field(default=None, index=True)
    text: str
