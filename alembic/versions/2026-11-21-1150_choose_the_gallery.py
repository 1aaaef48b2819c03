"""Let the makers of an app keep it out of the gallery"""

import sqlalchemy as sa
from alembic import op

revision = "2026112102"
down_revision = "2026112101"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # With a default of the database: rows that an older process adds meanwhile have it too.
    op.add_column("apps", sa.Column("in_gallery", sa.Boolean(), server_default=sa.true(), nullable=False))


def downgrade() -> None:
    op.drop_column("apps", "in_gallery")
