"""Record a turn's steps, briefs, checks and credits; keep what is sent along, recordings, thoughts and keys"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "2026112104"
down_revision = "2026112103"
branch_labels = None
depends_on = None

_JSON = postgresql.JSONB(astext_type=sa.Text())
_OF_A_TURN = (
    ("mode", sa.String(32), "build"),
    ("steps", _JSON, "[]"),
    ("brief", _JSON, "{}"),
    ("plan", _JSON, "{}"),
    ("questions", _JSON, "[]"),
    ("free_repairs", _JSON, "{}"),
    ("checks", _JSON, "{}"),
    ("usage", _JSON, "{}"),
    ("charged", sa.BigInteger(), "0"),
    ("refunded", sa.BigInteger(), "0"),
)
_OF_A_TURN_OR_NOTHING = (("follows_id", sa.Uuid()), ("quote_low", sa.Integer()), ("quote_high", sa.Integer()), ("cap", sa.Integer()))
_GROWS_ONLY = """
create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '% only grows: write another entry instead', tg_table_name;
end $$;
create trigger credit_entries_grow_only before update or delete on credit_entries
    for each row execute function refuse_change();
"""


def upgrade() -> None:
    for name, kind, value in _OF_A_TURN:
        _add("generations", name, kind, value)
    for name, kind in _OF_A_TURN_OR_NOTHING:
        op.add_column("generations", sa.Column(name, kind, nullable=True))
    op.add_column("app_versions", sa.Column("findings", _JSON, nullable=True))
    _add("app_versions", "screenshot", sa.String(64), "")
    _add("teams", "models", _JSON, "{}")
    op.add_column("teams", sa.Column("monthly_budget", sa.BigInteger(), nullable=True))
    _create_credits()
    _create_provider_keys()
    _create_attachments()
    _create_memories()


def _add(table: str, name: str, kind: sa.types.TypeEngine, value: str) -> None:
    """A column that every row has, also those that are there."""
    op.add_column(table, sa.Column(name, kind, nullable=False, server_default=value))
    op.alter_column(table, name, server_default=None)


def _create_credits() -> None:
    op.create_table(
        "credit_entries",
        *_record(),
        sa.Column("team_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=True),
        sa.Column("generation_id", sa.Uuid(), nullable=True),
        sa.Column("purse", sa.String(32), nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("cause", sa.String(32), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(200), nullable=False),
        sa.Column("key", sa.String(120), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("key"),
    )
    op.create_index(op.f("ix_credit_entries_team_id"), "credit_entries", ["team_id"])
    op.create_index(op.f("ix_credit_entries_generation_id"), "credit_entries", ["generation_id"])
    op.create_index("ix_credit_entries_balance", "credit_entries", ["team_id", "purse", "day"])
    op.execute(_GROWS_ONLY)


def _create_provider_keys() -> None:
    op.create_table(
        "provider_keys",
        *_record(),
        sa.Column("team_id", sa.Uuid(), nullable=True),
        sa.Column("user_id", sa.Uuid(), nullable=True),
        sa.Column("provider", sa.String(40), nullable=False),
        sa.Column("base_url", sa.String(300), nullable=False),
        sa.Column("sealed_key", sa.String(), nullable=False),
        sa.Column("hint", sa.String(8), nullable=False),
        sa.CheckConstraint("(team_id is null) <> (user_id is null)", name="provider_keys_one_owner"),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_provider_keys_team_id"), "provider_keys", ["team_id"])
    op.create_index(op.f("ix_provider_keys_user_id"), "provider_keys", ["user_id"])


def _create_attachments() -> None:
    op.create_table(
        "attachments",
        *_record(),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("generation_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("media_type", sa.String(100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("object_key", sa.String(120), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("files", _JSON, nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["generation_id"], ["generations.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_attachments_user_id"), "attachments", ["user_id"])
    op.create_index(op.f("ix_attachments_generation_id"), "attachments", ["generation_id"])


def _create_memories() -> None:
    op.create_table(
        "turn_recordings",
        sa.Column("generation_id", sa.Uuid(), nullable=False),
        sa.Column("object_key", sa.String(120), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["generation_id"], ["generations.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("generation_id"),
    )
    op.create_index(op.f("ix_turn_recordings_expires_at"), "turn_recordings", ["expires_at"])
    op.create_table(
        "thoughts",
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("value", _JSON, nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_index(op.f("ix_thoughts_expires_at"), "thoughts", ["expires_at"])


def _record() -> tuple[sa.Column, ...]:
    times = (sa.Column(name, sa.DateTime(timezone=True), nullable=False) for name in ("created_at", "updated_at"))
    return (sa.Column("id", sa.Uuid(), nullable=False), *times)


def downgrade() -> None:
    for table in ("thoughts", "turn_recordings", "attachments", "provider_keys", "credit_entries"):
        op.drop_table(table)
    op.execute("drop function refuse_change()")
    for name in ("monthly_budget", "models"):
        op.drop_column("teams", name)
    for name in ("screenshot", "findings"):
        op.drop_column("app_versions", name)
    for name, *_ in (*_OF_A_TURN, *_OF_A_TURN_OR_NOTHING):
        op.drop_column("generations", name)
