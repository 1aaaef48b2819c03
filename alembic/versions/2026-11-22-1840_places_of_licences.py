"""In how many places the key of a licence may be used, as it is sold: no limit where nobody set one"""

import sqlalchemy as sa

from alembic import op

revision = "2026112218"
down_revision = "2026112215"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("offers", sa.Column("most_activations", sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column("offers", "most_activations")
