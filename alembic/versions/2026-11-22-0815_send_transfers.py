"""Refund windows; what was sent of a transfer, came back, is still owed or was kept; money of a creator on hold"""

import sqlalchemy as sa
from alembic import op

revision = "2026112206"
down_revision = "2026112205"
branch_labels = None
depends_on = None

_AMOUNTS = ("sending_amount", "sent_amount", "returned_amount", "owed_amount", "kept_amount")


def upgrade() -> None:
    op.add_column("purchases", sa.Column("refund_until", sa.DateTime(timezone=True), nullable=True))
    for name in _AMOUNTS:
        _add("transfers", sa.Column(name, sa.BigInteger(), nullable=False, server_default="0"))
    _add("creator_profiles", sa.Column("hold_reason", sa.String(200), nullable=False, server_default=""))
    op.add_column("creator_profiles", sa.Column("hold_until", sa.DateTime(timezone=True), nullable=True))


def _add(table: str, column: sa.Column[object]) -> None:
    """With a value for the rows that are there; rows to come bring their own."""
    op.add_column(table, column)
    op.alter_column(table, column.name, server_default=None)


def downgrade() -> None:
    op.drop_column("creator_profiles", "hold_until")
    op.drop_column("creator_profiles", "hold_reason")
    for name in reversed(_AMOUNTS):
        op.drop_column("transfers", name)
    op.drop_column("purchases", "refund_until")
