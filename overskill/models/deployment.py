"""One publish of one version to one environment."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlmodel import Field

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
