"""A subscription may be ended by its buyer, with what is paid; why Stripe does not pay a creator out is kept"""

import sqlalchemy as sa

from alembic import op

revision = "2026112214"
down_revision = "2026112217"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("purchases", sa.Column("is_ending", sa.Boolean(), nullable=False, server_default=sa.false()))
    reason = sa.Column("disabled_reason", sa.String(60), nullable=False, server_default="")
    op.add_column("creator_profiles", reason)


def downgrade() -> None:
    op.drop_column("creator_profiles", "disabled_reason")
    op.drop_column("purchases", "is_ending")
