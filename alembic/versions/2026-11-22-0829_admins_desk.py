"""What an admin took off the air can be put back; one open alert of a kind; the desk reads by time"""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op

revision = "2026112209"
down_revision = "2026112208"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("apps", sa.Column("taken_down", postgresql.JSONB(), nullable=False, server_default="[]"))
    op.alter_column("apps", "taken_down", server_default=None)
    op.create_index("one_open_alert", "alerts", ["name"], unique=True, postgresql_where=sa.text("over_at IS NULL"))
    for table in ("generations", "deployments", "audit_events"):
        op.create_index(f"ix_{table}_created_at", table, ["created_at"])
    op.create_index("ix_purchases_paid_at", "purchases", ["paid_at"], postgresql_where=sa.text("paid_at IS NOT NULL"))


def downgrade() -> None:
    op.drop_index("ix_purchases_paid_at", "purchases")
    for table in ("audit_events", "deployments", "generations"):
        op.drop_index(f"ix_{table}_created_at", table)
    op.drop_index("one_open_alert", "alerts")
    op.drop_column("apps", "taken_down")
