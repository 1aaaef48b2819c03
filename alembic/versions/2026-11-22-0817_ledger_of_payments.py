"""A movement of the money ledger says which payment it is of: the first, or a subscription's later one"""

import sqlalchemy as sa
from alembic import op

revision = "2026112207"
down_revision = "2026112206"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("ledger_transactions", sa.Column("source", sa.String(64), nullable=False, server_default=""))
    op.alter_column("ledger_transactions", "source", server_default=None)


def downgrade() -> None:
    op.drop_column("ledger_transactions", "source")
