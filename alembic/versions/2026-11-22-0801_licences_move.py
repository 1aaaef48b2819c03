"""Licences that the edge has to be told of; licences on their way to somebody else"""

import sqlalchemy as sa

from alembic import op

revision = "2026112203"
down_revision = "2026112202"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("licenses", sa.Column("needs_telling", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.alter_column("licenses", "needs_telling", server_default=None)
    op.create_index("ix_licenses_untold", "licenses", ["updated_at"], postgresql_where=sa.text("needs_telling"))
    op.create_index(
        "ix_licenses_ending", "licenses", ["expires_at"], postgresql_where=sa.text("status in ('active', 'grace')")
    )
    op.create_table(
        "license_transfers",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("license_id", sa.Uuid(), nullable=False),
        sa.Column("from_id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("accepted_by_id", sa.Uuid(), nullable=True),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["license_id"], ["licenses.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["from_id"], ["users.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["accepted_by_id"], ["users.id"], ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("token_hash"),
    )
    op.create_index("ix_license_transfers_license_id", "license_transfers", ["license_id"])


def downgrade() -> None:
    op.drop_table("license_transfers")
    op.drop_index("ix_licenses_ending", "licenses")
    op.drop_index("ix_licenses_untold", "licenses")
    op.drop_column("licenses", "needs_telling")
