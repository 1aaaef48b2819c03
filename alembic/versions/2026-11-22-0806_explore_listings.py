"""Explore reads indexes, not listings; the words that misspelt ones are corrected to"""

import sqlalchemy as sa

from alembic import op

revision = "2026112204"
down_revision = "2026112203"
branch_labels = None
depends_on = None

_PUBLISHED = sa.text("status = 'published'")
_FILTERED_BY = ["category", "lowest_amount", "currency", "rating_sum", "rating_count", "creator_id", "app_id"]
_ORDERS = {
    "ix_listings_trending": ["trend DESC", "id DESC"],
    "idx_apps_marketplace": ["published_at DESC", "id DESC"],
    "ix_listings_top": ["rank DESC", "id DESC"],
    "ix_listings_price": ["lowest_amount", "id"],
    "ix_listings_category": ["category", "trend DESC", "id DESC"],
}


def upgrade() -> None:
    for name, order in _ORDERS.items():
        op.drop_index(name, table_name="listings", if_exists=True)
        op.create_index(
            name,
            "listings",
            [sa.literal_column(part) for part in order],
            postgresql_include=[column for column in _FILTERED_BY if column not in order],
            postgresql_where=_PUBLISHED,
        )
    op.create_index(
        "ix_listings_title_start",
        "listings",
        [sa.literal_column("lower(title)").label("start")],
        postgresql_ops={"start": "text_pattern_ops"},
        postgresql_where=_PUBLISHED,
    )
    op.create_index(
        "ix_offers_on_sale", "offers", ["listing_id", "price_model"], postgresql_where=sa.text("ended_at IS NULL")
    )
    for table in ("apps", "users", "creator_profiles"):
        op.create_index(f"ix_{table}_suspended", table, ["id"], postgresql_where=sa.text("suspended_at IS NOT NULL"))
    op.create_table(
        "listing_words",
        sa.Column("word", sa.String(40), nullable=False),
        sa.Column("listing_count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("word"),
    )
    op.create_index(
        "ix_listing_words_trgm",
        "listing_words",
        ["word"],
        postgresql_using="gin",
        postgresql_ops={"word": "gin_trgm_ops"},
    )


def downgrade() -> None:
    op.drop_table("listing_words")
    for table in ("apps", "users", "creator_profiles"):
        op.drop_index(f"ix_{table}_suspended", table_name=table)
    op.drop_index("ix_offers_on_sale", table_name="offers")
    op.drop_index("ix_listings_title_start", table_name="listings")
    for name, order in _ORDERS.items():
        op.drop_index(name, table_name="listings")
        if name != "ix_listings_price":
            first = [sa.literal_column(part) for part in order if not part.startswith("id")]
            last = [] if name == "ix_listings_category" else ["id"]
            op.create_index(name, "listings", [*first, *last], postgresql_where=_PUBLISHED)
