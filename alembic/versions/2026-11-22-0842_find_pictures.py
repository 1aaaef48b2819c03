"""A picture that is asked for is looked up by what shows it: releases and creators too"""

from alembic import op

revision = "2026112210"
down_revision = "2026112209"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_releases_screenshot", "releases", ["screenshot"])
    op.create_index("ix_creator_profiles_picture", "creator_profiles", ["picture"])


def downgrade() -> None:
    op.drop_index("ix_creator_profiles_picture", "creator_profiles")
    op.drop_index("ix_releases_screenshot", "releases")
