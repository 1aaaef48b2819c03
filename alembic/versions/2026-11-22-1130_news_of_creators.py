"""What who is followed publishes is told: to look at, and by mail"""

import sqlalchemy as sa

from alembic import op

revision = "2026112217"
down_revision = "2026112213"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "news_readers",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("mails_news", sa.Boolean(), nullable=False),
        sa.Column("mails_updates", sa.Boolean(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("mailed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("user_id"),
    )
    op.create_index(
        "ix_releases_released_at", "releases", ["released_at"], postgresql_where=sa.text("released_at IS NOT NULL")
    )


def downgrade() -> None:
    op.drop_index("ix_releases_released_at", "releases")
    op.drop_table("news_readers")
