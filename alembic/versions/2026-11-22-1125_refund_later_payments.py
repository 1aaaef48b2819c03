"""Later payments of a subscription are given back on their own, and what is taken back of a transfer is claimed"""

import sqlalchemy as sa

from alembic import op

revision = "2026112213"
down_revision = "2026112211"
branch_labels = None
depends_on = None

_COLUMNS: tuple[tuple[str, sa.Column[object]], ...] = (
    ("transfers", sa.Column("returning_amount", sa.BigInteger(), nullable=False, server_default="0")),
    ("subscription_invoices", sa.Column("refunded_amount", sa.BigInteger(), nullable=False, server_default="0")),
    ("refunds", sa.Column("source", sa.String(64), nullable=False, server_default="sale")),
    ("purchases", sa.Column("locale", sa.String(35), nullable=False, server_default="")),
)


def upgrade() -> None:
    for table, column in _COLUMNS:
        op.add_column(table, column._copy())
        op.alter_column(table, column.name, server_default=None)


def downgrade() -> None:
    for table, column in _COLUMNS:
        op.drop_column(table, column.name)
