"""Every table. Alembic compares the database with what is imported here."""

from overskill.models.account import (
    AuditEvent,
    Invitation,
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
    EnvVar,
    FileBlob,
    MessageAuthor,
    ShareLink,
    VersionCause,
    VersionFile,
)
from overskill.models.base import utc_now
from overskill.models.billing import CreditCause, CreditEntry, Purse
from overskill.models.deployment import Deployment, DeploymentEnvironment, DeploymentStatus
from overskill.models.generation import (
    Attachment,
    AttachmentKind,
    Generation,
    GenerationEvent,
    GenerationMode,
    GenerationStatus,
    Thought,
    TurnRecording,
)
from overskill.models.provider import ProviderKey

__all__ = [
    "App",
    "AppFile",
    "AppStatus",
    "AppVersion",
    "Attachment",
    "AttachmentKind",
    "AuditEvent",
    "ChatMessage",
    "CreditCause",
    "CreditEntry",
    "Deployment",
    "DeploymentEnvironment",
    "DeploymentStatus",
    "EnvVar",
    "FileBlob",
    "Generation",
    "GenerationEvent",
    "GenerationMode",
    "GenerationStatus",
    "Invitation",
    "LoginSession",
    "Membership",
    "MessageAuthor",
    "OneTimeToken",
    "ProviderKey",
    "Purse",
    "Role",
    "ShareLink",
    "Team",
    "Thought",
    "TokenPurpose",
    "TurnRecording",
    "User",
    "VersionCause",
    "VersionFile",
    "utc_now",
]
