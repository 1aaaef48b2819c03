"""Every table. Alembic compares the database with what is imported here."""

from overskill.models.account import (
    AuditEvent,
    LoginSession,
    Membership,
    OneTimeToken,
    Role,
    Team,
    TokenPurpose,
    User,
)
from overskill.models.app import (
    App,
    AppFile,
    AppStatus,
    AppVersion,
    ChatMessage,
    FileBlob,
    MessageAuthor,
    VersionCause,
    VersionFile,
)
from overskill.models.base import utc_now
from overskill.models.deployment import Deployment, DeploymentEnvironment, DeploymentStatus
from overskill.models.generation import Generation, GenerationEvent, GenerationStatus

__all__ = [
    "App",
    "AppFile",
    "AppStatus",
    "AppVersion",
    "AuditEvent",
    "ChatMessage",
    "Deployment",
    "DeploymentEnvironment",
    "DeploymentStatus",
    "FileBlob",
    "Generation",
    "GenerationEvent",
    "GenerationStatus",
    "LoginSession",
    "Membership",
    "MessageAuthor",
    "OneTimeToken",
    "Role",
    "Team",
    "TokenPurpose",
    "User",
    "VersionCause",
    "VersionFile",
    "utc_now",
]
