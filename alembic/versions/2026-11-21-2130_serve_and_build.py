"""How apps are served and built: environments, domains, use, builders, repositories, what other services tell us"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "2026112108"
down_revision = "2026112107"
branch_labels = None
depends_on = None

_NO, _ZERO = sa.text("false"), "0"


def upgrade() -> None:
    _extend_deployments()
    _create_serving()
    _create_building()


def _extend_deployments() -> None:
    _add("deployments", sa.Column("log", postgresql.JSONB(), nullable=False, server_default="[]"))
    _add("deployments", sa.Column("needs_approval", sa.Boolean(), nullable=False, server_default=_NO))
    _add("deployments", sa.Column("cancel_requested", sa.Boolean(), nullable=False, server_default=_NO))
    _add("deployments", sa.Column("canary_percent", sa.Integer(), nullable=False, server_default=_ZERO))
    for column, table in (("retry_of_id", "deployments"), ("promoted_from_id", "deployments"), ("approved_by_id", "users")):
        op.add_column("deployments", sa.Column(column, sa.Uuid(), nullable=True))
        name = f"deployments_{column}_fkey"
        op.create_foreign_key(name, "deployments", table, [column], ["id"], ondelete="SET NULL")


def _create_serving() -> None:
    op.create_table(
        "app_environments",
        *_record(),
        sa.Column("app_id", sa.Uuid(), nullable=False),
        sa.Column("environment", sa.String(32), nullable=False),
        sa.Column("is_protected", sa.Boolean(), nullable=False),
        sa.Column("is_private", sa.Boolean(), nullable=False),
        sa.Column("sealed_access_key", sa.String(), nullable=False),
        sa.Column("maintenance", sa.String(300), nullable=False),
        sa.Column("requests_per_second", sa.Integer(), nullable=True),
        sa.Column("max_body_bytes", sa.Integer(), nullable=True),
        sa.Column("egress", postgresql.JSONB(), nullable=False),
        sa.ForeignKeyConstraint(["app_id"], ["apps.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("app_id", "environment"),
    )
    op.create_table(
        "domains",
        *_record(),
        sa.Column("app_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("host", sa.String(253), nullable=False),
        sa.Column("token", sa.String(64), nullable=False),
        sa.Column("status", sa.String(32), nullable=False),
        sa.Column("certificate", sa.String(40), nullable=False),
        sa.Column("redirects_to", sa.String(253), nullable=False),
        sa.Column("external_id", sa.String(64), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("verified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("error", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["app_id"], ["apps.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("host"),
    )
    op.create_index(op.f("ix_domains_app_id"), "domains", ["app_id"], unique=False)
    op.create_table(
        "usage_daily",
        sa.Column("app_id", sa.Uuid(), nullable=False),
        sa.Column("environment", sa.String(32), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("requests", sa.BigInteger(), nullable=False),
        sa.Column("errors", sa.BigInteger(), nullable=False),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sa.Column("milliseconds", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["app_id"], ["apps.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("app_id", "environment", "day"),
    )
    op.create_index(op.f("ix_usage_daily_day"), "usage_daily", ["day"], unique=False)


def _create_building() -> None:
    op.create_table(
        "build_attempts",
        *_record(),
        sa.Column("deployment_id", sa.Uuid(), nullable=False),
        sa.Column("builder", sa.String(20), nullable=False),
        sa.Column("is_fallback", sa.Boolean(), nullable=False),
        sa.Column("is_experiment", sa.Boolean(), nullable=False),
        sa.Column("succeeded", sa.Boolean(), nullable=False),
        sa.Column("seconds", sa.Float(), nullable=False),
        sa.Column("cost_micro", sa.Integer(), nullable=False),
        sa.Column("error", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["deployment_id"], ["deployments.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_build_attempts_deployment_id"), "build_attempts", ["deployment_id"], unique=False)
    op.create_table(
        "repositories",
        *_record(),
        sa.Column("app_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("installation_id", sa.BigInteger(), nullable=False),
        sa.Column("external_id", sa.BigInteger(), nullable=False),
        sa.Column("full_name", sa.String(140), nullable=False),
        sa.Column("branch", sa.String(100), nullable=False),
        sa.Column("pushed_version", sa.Integer(), nullable=False),
        sa.Column("commit", sa.String(40), nullable=False),
        sa.Column("conflicts", postgresql.JSONB(), nullable=False),
        sa.Column("is_paused", sa.Boolean(), nullable=False),
        sa.Column("error", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["app_id"], ["apps.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("app_id"),
    )
    op.create_index(op.f("ix_repositories_external_id"), "repositories", ["external_id"], unique=False)
    op.create_table(
        "webhook_events",
        *_record(),
        sa.Column("source", sa.String(20), nullable=False),
        sa.Column("external_id", sa.String(120), nullable=False),
        sa.Column("kind", sa.String(80), nullable=False),
        sa.Column("payload", postgresql.JSONB(), nullable=False),
        sa.Column("processed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("error", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("source", "external_id"),
    )
    waiting = sa.text("processed_at IS NULL")
    op.create_index("ix_webhook_events_waiting", "webhook_events", ["created_at"], postgresql_where=waiting)


def _record() -> list[sa.Column[object]]:
    return [
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
    ]


def _add(table: str, column: sa.Column[object]) -> None:
    """With a value for the rows that are there; rows to come bring their own."""
    op.add_column(table, column)
    op.alter_column(table, column.name, server_default=None)


def downgrade() -> None:
    for table in ("webhook_events", "repositories", "build_attempts", "usage_daily", "domains", "app_environments"):
        op.drop_table(table)
    added = ("log", "needs_approval", "cancel_requested", "canary_percent", "retry_of_id", "promoted_from_id")
    for column in (*added, "approved_by_id"):
        op.drop_column("deployments", column)
