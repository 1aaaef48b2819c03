"""One publish of one version to one environment, how each environment is served, and who came."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from overskill.models.base import Record, StringEnum, utc_now


class DeploymentEnvironment(StrEnum):
    PREVIEW = "preview"
    STAGING = "staging"
    PRODUCTION = "production"


class DeploymentStatus(StrEnum):
    PENDING = "pending"
    BUILDING = "building"
    DEPLOYING = "deploying"
    DEPLOYED = "deployed"
    FAILED = "failed"
    ROLLED_BACK = "rolled_back"  # it was live, and an older one was put back
    CANCELLED = "cancelled"  # a later publish overtook it

    @property
    def is_final(self) -> bool:
        return self not in (DeploymentStatus.PENDING, DeploymentStatus.BUILDING, DeploymentStatus.DEPLOYING)


class Deployment(Record, table=True):
    __tablename__ = "deployments"
    __table_args__ = (Index("ix_deployments_created_at", "created_at"),)
    app_id: UUID = Field(foreign_key="apps.id", ondelete="CASCADE", index=True)
    user_id: UUID = Field(foreign_key="users.id")
    version: int
    environment: DeploymentEnvironment = Field(
        default=DeploymentEnvironment.PRODUCTION, sa_type=StringEnum(DeploymentEnvironment)
    )
    status: DeploymentStatus = Field(default=DeploymentStatus.PENDING, sa_type=StringEnum(DeploymentStatus), index=True)
    attempt: int = 0  # a fence, as in Generation
    edge_version: str = Field(default="", max_length=64)  # the immutable version at the edge
    is_live: bool = False  # what its address shows now
    builder: str = Field(default="local", max_length=20)
    size: int = 0  # bytes of all assets, uncompressed
    build_started_at: datetime | None = None
    build_completed_at: datetime | None = None
    deploy_started_at: datetime | None = None
    deploy_completed_at: datetime | None = None
    last_progress_at: datetime = Field(default_factory=utc_now)
    url: str = ""
    error: str = ""
    log: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSONB)  # {"text", "at": seconds}; kept at its end
    retry_of_id: UUID | None = Field(default=None, foreign_key="deployments.id", ondelete="SET NULL")
    promoted_from_id: UUID | None = Field(default=None, foreign_key="deployments.id", ondelete="SET NULL")
    needs_approval: bool = False  # it waits, pending, until somebody who may approves it
    approved_by_id: UUID | None = Field(default=None, foreign_key="users.id", ondelete="SET NULL")
    cancel_requested: bool = False  # its worker stops at the next step
    canary_percent: int = 0  # of the visitors, while it is tried on them; 0: it is no canary (any more)


class AppEnvironment(Record, table=True):
    """How one environment of an app is served, and who may publish to it. Without a row all is as its defaults."""

    __tablename__ = "app_environments"
    __table_args__ = (UniqueConstraint("app_id", "environment"),)
    app_id: UUID = Field(foreign_key="apps.id", ondelete="CASCADE")
    environment: DeploymentEnvironment = Field(sa_type=StringEnum(DeploymentEnvironment))
    is_protected: bool = False  # a publish waits for an owner's or admin's approval
    is_private: bool = False  # only who was sent a link sees it
    sealed_access_key: str = ""  # signs those links; encrypted with OVERSKILL_SECRET_KEY
    maintenance: str = Field(default="", max_length=300)  # what visitors read instead of the app; "": it is served
    requests_per_second: int | None = None  # None: the instance's
    max_body_bytes: int | None = None
    egress: list[str] = Field(default_factory=list, sa_type=JSONB)  # hosts that the app's own server code may call


class DomainStatus(StrEnum):
    PENDING = "pending"  # its DNS records are not there yet
    ISSUING = "issuing"  # verified; its certificate is on its way
    ACTIVE = "active"
    FAILED = "failed"


class Domain(Record, table=True):
    """A host of the creator's own that shows an app's production."""

    __tablename__ = "domains"
    app_id: UUID = Field(foreign_key="apps.id", ondelete="CASCADE", index=True)
    user_id: UUID = Field(foreign_key="users.id")
    host: str = Field(unique=True, max_length=253)  # lower case, in punycode
    token: str = Field(max_length=64)  # what the verifying record must hold
    status: DomainStatus = Field(default=DomainStatus.PENDING, sa_type=StringEnum(DomainStatus))
    certificate: str = Field(default="", max_length=40)  # its state, as the edge tells it
    redirects_to: str = Field(default="", max_length=253)  # another host of the app: apex to www, or the other way
    external_id: str = Field(default="", max_length=64)  # the custom hostname's id at Cloudflare
    checked_at: datetime | None = None
    verified_at: datetime | None = None
    error: str = ""


class UsageDaily(SQLModel, table=True):
    """What was asked of an app in one environment on one day (UTC)."""

    __tablename__ = "usage_daily"
    app_id: UUID = Field(foreign_key="apps.id", ondelete="CASCADE", primary_key=True)
    environment: DeploymentEnvironment = Field(sa_type=StringEnum(DeploymentEnvironment), primary_key=True)
    day: date = Field(primary_key=True, index=True)
    requests: int = Field(default=0, sa_type=BigInteger)
    errors: int = Field(default=0, sa_type=BigInteger)  # answers of 500 and more
    bytes: int = Field(default=0, sa_type=BigInteger)  # of the answers' bodies, as far as declared
    milliseconds: int = Field(default=0, sa_type=BigInteger)  # all answers together


class BuildAttempt(Record, table=True):
    """One builder's try at one publish: what the choice between builders is judged by."""

    __tablename__ = "build_attempts"
    deployment_id: UUID = Field(foreign_key="deployments.id", ondelete="CASCADE", index=True)
    builder: str = Field(max_length=20)
    is_fallback: bool = False  # another one had failed before it
    is_experiment: bool = False  # it was chosen by its share, not by the app
    succeeded: bool = False
    seconds: float = 0.0
    cost_micro: int = 0  # millionths of a dollar, as far as its price is known
    error: str = ""


class Repository(Record, table=True):
    """The GitHub repository of an app: each version is a commit, and a person's push is a version."""

    __tablename__ = "repositories"
    app_id: UUID = Field(foreign_key="apps.id", ondelete="CASCADE", unique=True)
    user_id: UUID = Field(foreign_key="users.id")
    installation_id: int = Field(sa_type=BigInteger)
    external_id: int = Field(sa_type=BigInteger, index=True)  # GitHub's own number of it: names change
    full_name: str = Field(max_length=140)  # "owner/name"
    branch: str = Field(default="main", max_length=100)
    pushed_version: int = 0
    commit: str = Field(default="", max_length=40)  # the branch's head as both sides know it
    conflicts: list[str] = Field(default_factory=list, sa_type=JSONB)  # paths that both changed: somebody has to choose
    is_paused: bool = False
    error: str = ""


class WebhookEvent(Record, table=True):
    """What another service told us, stored once and worked through by a job."""

    __tablename__ = "webhook_events"
    __table_args__ = (
        UniqueConstraint("source", "external_id"),
        Index("ix_webhook_events_waiting", "created_at", postgresql_where=text("processed_at IS NULL")),
    )
    source: str = Field(max_length=20)  # "github", "stripe"
    external_id: str = Field(max_length=120)
    kind: str = Field(max_length=80)
    payload: dict[str, Any] = Field(default_factory=dict, sa_type=JSONB)
    processed_at: datetime | None = None
    error: str = ""
