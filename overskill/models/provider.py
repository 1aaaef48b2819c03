"""Model providers that a team or a person brings their own key for."""

from uuid import UUID

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from overskill.models.base import Record


class ProviderKey(Record, table=True):
    """Of a team or of one person, never of both. The key itself is sealed and never shown again."""

    __tablename__ = "provider_keys"
    __table_args__ = (CheckConstraint("(team_id is null) <> (user_id is null)", name="provider_keys_one_owner"),)
    team_id: UUID | None = Field(default=None, foreign_key="teams.id", ondelete="CASCADE", index=True)
    user_id: UUID | None = Field(default=None, foreign_key="users.id", ondelete="CASCADE", index=True)
    provider: str = Field(max_length=40)  # the name it is called by: "openrouter", or one the owner chose
    base_url: str = Field(max_length=300)
    sealed_key: str  # encrypted with OVERSKILL_SECRET_KEY
    hint: str = Field(max_length=8)  # its last characters, to tell one key from another
