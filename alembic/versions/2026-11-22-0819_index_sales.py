"""What is deleted finds what refers to it: sales by offer and release, reviews by licence"""

from alembic import op

revision = "2026112208"
down_revision = "2026112207"
branch_labels = None
depends_on = None

_INDEXES = (("purchase_items", "offer_id"), ("purchase_items", "release_id"), ("reviews", "license_id"))


def upgrade() -> None:
    for table, column in _INDEXES:
        op.create_index(f"ix_{table}_{column}", table, [column])


def downgrade() -> None:
    for table, column in _INDEXES:
        op.drop_index(f"ix_{table}_{column}", table)
