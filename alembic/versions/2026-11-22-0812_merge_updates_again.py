"""An update knows the revision of the copy it was merged with: files change within a version, too"""

from alembic import op

revision = "2026112205"
down_revision = "2026112204"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.alter_column("copy_updates", "from_version", new_column_name="from_revision")


def downgrade() -> None:
    op.alter_column("copy_updates", "from_revision", new_column_name="from_version")
