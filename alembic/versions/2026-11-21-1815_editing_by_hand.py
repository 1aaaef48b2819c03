"""What people do to apps by hand: locked files, named versions, branches, variables, links that share a preview"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "2026112106"
down_revision = "2026112105"
branch_labels = None
depends_on = None

_TEXT, _NO = sa.text("''"), sa.text("false")


def upgrade() -> None:
    _add("apps", sa.Column("icon", sa.String(64), nullable=False, server_default=_TEXT))
    _add("apps", sa.Column("description", sa.String(300), nullable=False, server_default=_TEXT))
    _add("apps", sa.Column("revision", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("apps", sa.Column("origin_id", sa.Uuid(), nullable=True))
    op.add_column("apps", sa.Column("origin_version", sa.Integer(), nullable=True))
    op.create_foreign_key("apps_origin_id_fkey", "apps", "apps", ["origin_id"], ["id"], ondelete="SET NULL")
    _add("app_files", sa.Column("is_locked", sa.Boolean(), nullable=False, server_default=_NO))
    _add("app_versions", sa.Column("name", sa.String(80), nullable=False, server_default=_TEXT))
    _add("app_versions", sa.Column("is_pinned", sa.Boolean(), nullable=False, server_default=_NO))
    op.add_column("generations", sa.Column("replaces_id", sa.Uuid(), nullable=True))
    _add("generations", sa.Column("conflicts", postgresql.JSONB(), nullable=False, server_default="[]"))
    op.create_table(
        "env_vars",
        *_record(),
        sa.Column("app_id", sa.Uuid(), nullable=False),
        sa.Column("environment", sa.String(32), nullable=False),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("sealed_value", sa.String(), nullable=False),
        sa.Column("is_public", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["app_id"], ["apps.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("app_id", "environment", "name"),
    )
    op.create_table(
        "share_links",
        *_record(),
        sa.Column("app_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["app_id"], ["apps.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("token_hash"),
    )
    op.create_index(op.f("ix_share_links_app_id"), "share_links", ["app_id"], unique=False)


def downgrade() -> None:
    op.drop_table("share_links")
    op.drop_table("env_vars")
    for table, names in {
        "generations": ("conflicts", "replaces_id"),
        "app_versions": ("is_pinned", "name"),
        "app_files": ("is_locked",),
        "apps": ("origin_version", "origin_id", "revision", "description", "icon"),
    }.items():
        for name in names:
            op.drop_column(table, name)


def _add(table: str, column: sa.Column) -> None:
    """A column that is never empty: the default is only for the rows there are."""
    op.add_column(table, column)
    op.alter_column(table, column.name, server_default=None)


def _record() -> tuple[sa.Column, ...]:
    return (
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
    )
