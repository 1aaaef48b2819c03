"""Which listings have an offer of a kind is read from an index"""

import sqlalchemy as sa

from alembic import op

revision = "2026112211"
down_revision = "2026112210"
branch_labels = None
depends_on = None

_ON_SALE = sa.text("ended_at IS NULL")


def upgrade() -> None:
    op.drop_index("ix_offers_on_sale", "offers")
    for kind, other in (("price_model", "license"), ("license", "price_model")):
        op.create_index(
            f"ix_offers_{kind}", "offers", [kind, "listing_id"], postgresql_include=[other], postgresql_where=_ON_SALE
        )


def downgrade() -> None:
    for kind in ("price_model", "license"):
        op.drop_index(f"ix_offers_{kind}", "offers")
    op.create_index("ix_offers_on_sale", "offers", ["listing_id", "price_model"], postgresql_where=_ON_SALE)
