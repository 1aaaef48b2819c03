"""Find who holds a file or a picture, and drop a time that nobody reads"""

import sqlalchemy as sa
from alembic import op

revision = "2026112103"
down_revision = "2026112102"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(op.f("ix_version_files_checksum"), "version_files", ["checksum"], unique=False)
    op.create_index(op.f("ix_apps_thumbnail"), "apps", ["thumbnail"], unique=False)
    op.drop_column("apps", "previewed_at")


def downgrade() -> None:
    op.add_column("apps", sa.Column("previewed_at", sa.DateTime(timezone=True), nullable=True))
    op.drop_index(op.f("ix_apps_thumbnail"), table_name="apps")
    op.drop_index(op.f("ix_version_files_checksum"), table_name="version_files")
