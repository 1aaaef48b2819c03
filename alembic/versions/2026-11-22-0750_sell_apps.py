"""The marketplace: creators, listings, releases, purchases, licences, installs, the money ledger, moderation"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "2026112201"
down_revision = "2026112108"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("create extension if not exists pg_trgm")
    _create_listings()
    _create_purchases()
    _create_money()
    _create_trust()
    for table in ("apps", "users"):
        op.add_column(table, sa.Column("suspended_at", sa.DateTime(timezone=True), nullable=True))
        _add(table, sa.Column("suspended_reason", sa.String(1000), nullable=False, server_default=""))
    _add("audit_events", sa.Column("details", postgresql.JSONB(), nullable=False, server_default="{}"))


def _create_listings() -> None:
    op.create_table(
        "collections",
        *_record(),
        sa.Column("slug", sa.String(63), nullable=False),
        sa.Column("title", sa.String(80), nullable=False),
        sa.Column("text", sa.String(300), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("is_shown", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("slug"),
    )
    op.create_table(
        "creator_profiles",
        *_record(),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("username", sa.String(39), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("bio", sa.String(500), nullable=False),
        sa.Column("website", sa.String(200), nullable=False),
        sa.Column("picture", sa.String(64), nullable=False),
        sa.Column("is_house", sa.Boolean(), nullable=False),
        sa.Column("level", sa.String(32), nullable=False),
        sa.Column("verified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("suspended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("follower_count", sa.Integer(), nullable=False),
        sa.Column("listing_count", sa.Integer(), nullable=False),
        sa.Column("sale_count", sa.Integer(), nullable=False),
        sa.Column("rating_sum", sa.Integer(), nullable=False),
        sa.Column("rating_count", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.String(64), nullable=False),
        sa.Column("country", sa.String(2), nullable=False),
        sa.Column("charges_enabled", sa.Boolean(), nullable=False),
        sa.Column("payouts_enabled", sa.Boolean(), nullable=False),
        sa.Column("requirements", postgresql.JSONB(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("user_id"),
        sa.UniqueConstraint("username"),
    )
    op.create_index("ix_creator_profiles_account_id", "creator_profiles", ["account_id"])
    op.create_table(
        "bundles",
        *_record(),
        sa.Column("creator_id", sa.Uuid(), nullable=False),
        sa.Column("slug", sa.String(63), nullable=False),
        sa.Column("title", sa.String(80), nullable=False),
        sa.Column("text", sa.String(500), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["creator_id"], ["creator_profiles.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("slug"),
    )
    op.create_index("ix_bundles_creator_id", "bundles", ["creator_id"])
    op.create_table(
        "follows",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("creator_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["creator_id"], ["creator_profiles.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("user_id", "creator_id"),
    )
    op.create_index("ix_follows_creator_id", "follows", ["creator_id"])
    op.create_table(
        "listings",
        *_record(),
        sa.Column("app_id", sa.Uuid(), nullable=True),
        sa.Column("creator_id", sa.Uuid(), nullable=False),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("slug", sa.String(63), nullable=False),
        sa.Column("title", sa.String(80), nullable=False),
        sa.Column("tagline", sa.String(140), nullable=False),
        sa.Column("description", sa.String(20000), nullable=False),
        sa.Column("keywords", sa.String(300), nullable=False),
        sa.Column("category", sa.String(32), nullable=False),
        sa.Column("status", sa.String(32), nullable=False),
        sa.Column("status_reason", sa.String(1000), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("release_id", sa.Uuid(), nullable=True),
        sa.Column("allows_remix", sa.Boolean(), nullable=False),
        sa.Column("remix_share", sa.Integer(), nullable=False),
        sa.Column("refund_days", sa.Integer(), nullable=False),
        sa.Column("accent", sa.String(9), nullable=False),
        sa.Column("cover", sa.String(64), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("lowest_amount", sa.BigInteger(), nullable=False),
        sa.Column("featured_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("view_count", sa.Integer(), nullable=False),
        sa.Column("try_count", sa.Integer(), nullable=False),
        sa.Column("sale_count", sa.Integer(), nullable=False),
        sa.Column("install_count", sa.Integer(), nullable=False),
        sa.Column("rating_sum", sa.Integer(), nullable=False),
        sa.Column("rating_count", sa.Integer(), nullable=False),
        sa.Column("rank", sa.Float(), nullable=False),
        sa.Column("trend", sa.Float(), nullable=False),
        sa.Column(
            "search",
            postgresql.TSVECTOR(),
            sa.Computed(
                "setweight(to_tsvector('english', title), 'A') || setweight(to_tsvector('english', tagline || ' ' || keywords), 'B') || setweight(to_tsvector('english', left(description, 5000)), 'D')",
                persisted=True,
            ),
            nullable=True,
        ),
        sa.ForeignKeyConstraint(["app_id"], ["apps.id"], ondelete="SET NULL"),
        sa.ForeignKeyConstraint(
            ["creator_id"],
            ["creator_profiles.id"],
        ),
        sa.ForeignKeyConstraint(["parent_id"], ["listings.id"], ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("app_id"),
        sa.UniqueConstraint("slug"),
    )
    op.create_index(
        "idx_apps_marketplace",
        "listings",
        [sa.literal_column("published_at DESC"), "id"],
        postgresql_where=sa.text("status = 'published'"),
    )
    op.create_index(
        "ix_listings_category",
        "listings",
        ["category", sa.literal_column("trend DESC")],
        postgresql_where=sa.text("status = 'published'"),
    )
    op.create_index("ix_listings_cover", "listings", ["cover"])
    op.create_index("ix_listings_creator_id", "listings", ["creator_id"])
    op.create_index(
        "ix_listings_featured", "listings", ["featured_at"], postgresql_where=sa.text("featured_at IS NOT NULL")
    )
    op.create_index("ix_listings_parent_id", "listings", ["parent_id"])
    op.create_index("ix_listings_search", "listings", ["search"], postgresql_using="gin")
    op.create_index("ix_listings_status", "listings", ["status"])
    op.create_index(
        "ix_listings_title_trgm",
        "listings",
        ["title"],
        postgresql_using="gin",
        postgresql_ops={"title": "gin_trgm_ops"},
    )
    op.create_index(
        "ix_listings_top",
        "listings",
        [sa.literal_column("rank DESC"), "id"],
        postgresql_where=sa.text("status = 'published'"),
    )
    op.create_index(
        "ix_listings_trending",
        "listings",
        [sa.literal_column("trend DESC"), "id"],
        postgresql_where=sa.text("status = 'published'"),
    )
    op.create_table(
        "collection_items",
        sa.Column("collection_id", sa.Uuid(), nullable=False),
        sa.Column("listing_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["collection_id"], ["collections.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["listing_id"], ["listings.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("collection_id", "listing_id"),
    )
    op.create_index("ix_collection_items_listing_id", "collection_items", ["listing_id"])
    op.create_table(
        "coupons",
        *_record(),
        sa.Column("creator_id", sa.Uuid(), nullable=False),
        sa.Column("listing_id", sa.Uuid(), nullable=True),
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("most_uses", sa.Integer(), nullable=True),
        sa.Column("use_count", sa.Integer(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["creator_id"], ["creator_profiles.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["listing_id"], ["listings.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("creator_id", "code", "listing_id", postgresql_nulls_not_distinct=True),
    )
    op.create_index("ix_coupons_listing_id", "coupons", ["listing_id"])
    op.create_table(
        "fingerprint_bands",
        sa.Column("listing_id", sa.Uuid(), nullable=False),
        sa.Column("band", sa.Integer(), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["listing_id"], ["listings.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("listing_id", "band"),
    )
    op.create_index("ix_fingerprint_bands_value", "fingerprint_bands", ["band", "value"])
    op.create_table(
        "listing_daily",
        sa.Column("listing_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("views", sa.Integer(), nullable=False),
        sa.Column("visitors", sa.Integer(), nullable=False),
        sa.Column("try_outs", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["listing_id"], ["listings.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("listing_id", "day"),
    )
    op.create_index("ix_listing_daily_day", "listing_daily", ["day"])
    op.create_table(
        "listing_fingerprints",
        sa.Column("listing_id", sa.Uuid(), nullable=False),
        sa.Column("minhash", postgresql.JSONB(), nullable=False),
        sa.Column("picture", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["listing_id"], ["listings.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("listing_id"),
    )
    op.create_table(
        "listing_media",
        *_record(),
        sa.Column("listing_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("checksum", sa.String(64), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("alt", sa.String(200), nullable=False),
        sa.ForeignKeyConstraint(["listing_id"], ["listings.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_listing_media_checksum", "listing_media", ["checksum"])
    op.create_index("ix_listing_media_listing_id", "listing_media", ["listing_id"])
    op.create_table(
        "offers",
        *_record(),
        sa.Column("listing_id", sa.Uuid(), nullable=False),
        sa.Column("license", sa.String(32), nullable=False),
        sa.Column("price_model", sa.String(32), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("suggested_amount", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("interval", sa.String(5), nullable=False),
        sa.Column("price_id", sa.String(64), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["listing_id"], ["listings.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_offers_listing_id", "offers", ["listing_id"])
    op.create_index(
        "one_offer_of_a_kind",
        "offers",
        ["listing_id", "license"],
        unique=True,
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "releases",
        *_record(),
        sa.Column("listing_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("notes", sa.String(4000), nullable=False),
        sa.Column("status", sa.String(32), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("last_progress_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("files_hash", sa.String(64), nullable=False),
        sa.Column("proof", postgresql.JSONB(), nullable=False),
        sa.Column("screenshot", sa.String(64), nullable=False),
        sa.Column("error", sa.String(1000), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["listing_id"], ["listings.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("listing_id", "number"),
    )
    op.create_index("ix_releases_status", "releases", ["status"])
    op.create_table(
        "remix_terms",
        sa.Column("listing_id", sa.Uuid(), nullable=False),
        sa.Column("parent_id", sa.Uuid(), nullable=False),
        sa.Column("share", sa.Integer(), nullable=False),
        sa.Column("depth", sa.Integer(), nullable=False),
        sa.Column("agreed_by_id", sa.Uuid(), nullable=False),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("signature", sa.String(64), nullable=False),
        sa.ForeignKeyConstraint(
            ["agreed_by_id"],
            ["users.id"],
        ),
        sa.ForeignKeyConstraint(["listing_id"], ["listings.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["parent_id"],
            ["listings.id"],
        ),
        sa.PrimaryKeyConstraint("listing_id"),
    )
    op.create_table(
        "bundle_items",
        sa.Column("bundle_id", sa.Uuid(), nullable=False),
        sa.Column("offer_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["bundle_id"], ["bundles.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["offer_id"], ["offers.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("bundle_id", "offer_id"),
    )
    op.create_table(
        "try_outs",
        *_record(),
        sa.Column("listing_id", sa.Uuid(), nullable=False),
        sa.Column("release_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=True),
        sa.Column("visitor", sa.String(64), nullable=False),
        sa.Column("script", sa.String(63), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("error", sa.String(300), nullable=False),
        sa.ForeignKeyConstraint(["listing_id"], ["listings.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["release_id"], ["releases.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_try_outs_expires_at", "try_outs", ["expires_at"])
    op.create_index("ix_try_outs_listing_id", "try_outs", ["listing_id"])
    op.create_index("ix_try_outs_visitor", "try_outs", ["visitor"])


def _create_purchases() -> None:
    op.create_table(
        "purchases",
        *_record(),
        sa.Column("buyer_id", sa.Uuid(), nullable=True),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("creator_id", sa.Uuid(), nullable=False),
        sa.Column("bundle_id", sa.Uuid(), nullable=True),
        sa.Column("coupon_id", sa.Uuid(), nullable=True),
        sa.Column("status", sa.String(32), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("listed_amount", sa.BigInteger(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("tax_amount", sa.BigInteger(), nullable=False),
        sa.Column("total_amount", sa.BigInteger(), nullable=False),
        sa.Column("fee_amount", sa.BigInteger(), nullable=False),
        sa.Column("processor_fee", sa.BigInteger(), nullable=True),
        sa.Column("refunded_amount", sa.BigInteger(), nullable=False),
        sa.Column("country", sa.String(2), nullable=False),
        sa.Column("is_test", sa.Boolean(), nullable=False),
        sa.Column("claim_hash", sa.String(64), nullable=False),
        sa.Column("session_id", sa.String(128), nullable=False),
        sa.Column("payment_intent_id", sa.String(64), nullable=False),
        sa.Column("charge_id", sa.String(64), nullable=False),
        sa.Column("subscription_id", sa.String(64), nullable=False),
        sa.Column("customer_id", sa.String(64), nullable=False),
        sa.Column("receipt_number", sa.String(40), nullable=False),
        sa.Column("receipt_url", sa.String(500), nullable=False),
        sa.Column("paid_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("error", sa.String(500), nullable=False),
        sa.ForeignKeyConstraint(["bundle_id"], ["bundles.id"], ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["buyer_id"], ["users.id"], ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["coupon_id"], ["coupons.id"], ondelete="SET NULL"),
        sa.ForeignKeyConstraint(
            ["creator_id"],
            ["creator_profiles.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("idx_purchases_user", "purchases", ["buyer_id", sa.literal_column("created_at DESC")])
    op.create_index("ix_purchases_charge_id", "purchases", ["charge_id"])
    op.create_index("ix_purchases_claim_hash", "purchases", ["claim_hash"])
    op.create_index("ix_purchases_creator", "purchases", ["creator_id", "paid_at"])
    op.create_index("ix_purchases_email", "purchases", ["email"])
    op.create_index("ix_purchases_payment_intent_id", "purchases", ["payment_intent_id"])
    op.create_index("ix_purchases_session_id", "purchases", ["session_id"])
    op.create_index("ix_purchases_status", "purchases", ["status"])
    op.create_index("ix_purchases_subscription_id", "purchases", ["subscription_id"])
    op.create_index("ix_purchases_waiting", "purchases", ["created_at"], postgresql_where=sa.text("status = 'pending'"))
    op.create_table(
        "disputes",
        *_record(),
        sa.Column("purchase_id", sa.Uuid(), nullable=False),
        sa.Column("external_id", sa.String(64), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("reason", sa.String(60), nullable=False),
        sa.Column("status", sa.String(40), nullable=False),
        sa.Column("evidence", postgresql.JSONB(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["purchase_id"], ["purchases.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("external_id"),
    )
    op.create_index("ix_disputes_purchase_id", "disputes", ["purchase_id"])
    op.create_index("ix_disputes_status", "disputes", ["status"])
    op.create_table(
        "purchase_items",
        *_record(),
        sa.Column("purchase_id", sa.Uuid(), nullable=False),
        sa.Column("listing_id", sa.Uuid(), nullable=False),
        sa.Column("offer_id", sa.Uuid(), nullable=False),
        sa.Column("release_id", sa.Uuid(), nullable=False),
        sa.Column("license", sa.String(32), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("split", postgresql.JSONB(), nullable=False),
        sa.ForeignKeyConstraint(
            ["listing_id"],
            ["listings.id"],
        ),
        sa.ForeignKeyConstraint(
            ["offer_id"],
            ["offers.id"],
        ),
        sa.ForeignKeyConstraint(["purchase_id"], ["purchases.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["release_id"],
            ["releases.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_purchase_items_listing_id", "purchase_items", ["listing_id"])
    op.create_index("ix_purchase_items_purchase_id", "purchase_items", ["purchase_id"])
    op.create_table(
        "refunds",
        *_record(),
        sa.Column("purchase_id", sa.Uuid(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("reason", sa.String(1000), nullable=False),
        sa.Column("status", sa.String(32), nullable=False),
        sa.Column("is_automatic", sa.Boolean(), nullable=False),
        sa.Column("asked_by_id", sa.Uuid(), nullable=True),
        sa.Column("decided_by_id", sa.Uuid(), nullable=True),
        sa.Column("decision", sa.String(1000), nullable=False),
        sa.Column("external_id", sa.String(64), nullable=False),
        sa.Column("error", sa.String(500), nullable=False),
        sa.ForeignKeyConstraint(["purchase_id"], ["purchases.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_refunds_external_id", "refunds", ["external_id"])
    op.create_index("ix_refunds_purchase_id", "refunds", ["purchase_id"])
    op.create_index("ix_refunds_status", "refunds", ["status"])
    op.create_table(
        "subscription_invoices",
        *_record(),
        sa.Column("purchase_id", sa.Uuid(), nullable=False),
        sa.Column("external_id", sa.String(64), nullable=False),
        sa.Column("charge_id", sa.String(64), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("tax_amount", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("period_end", sa.DateTime(timezone=True), nullable=True),
        sa.Column("paid_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["purchase_id"], ["purchases.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("external_id"),
    )
    op.create_index("ix_subscription_invoices_purchase_id", "subscription_invoices", ["purchase_id"])
    op.create_table(
        "licenses",
        *_record(),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("listing_id", sa.Uuid(), nullable=False),
        sa.Column("holder_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("status", sa.String(32), nullable=False),
        sa.Column("key_hash", sa.String(64), nullable=False),
        sa.Column("key_ending", sa.String(6), nullable=False),
        sa.Column("sealed_key", sa.String(), nullable=False),
        sa.Column("most_activations", sa.Integer(), nullable=True),
        sa.Column("activation_count", sa.Integer(), nullable=False),
        sa.Column("usage", sa.Integer(), nullable=False),
        sa.Column("most_usage", sa.Integer(), nullable=True),
        sa.Column("validated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_reason", sa.String(300), nullable=False),
        sa.ForeignKeyConstraint(
            ["holder_id"],
            ["users.id"],
        ),
        sa.ForeignKeyConstraint(["item_id"], ["purchase_items.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["listing_id"],
            ["listings.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("item_id"),
        sa.UniqueConstraint("key_hash"),
    )
    op.create_index("ix_licenses_holder_id", "licenses", ["holder_id"])
    op.create_index("ix_licenses_listing_id", "licenses", ["listing_id"])
    op.create_index("ix_licenses_status", "licenses", ["status"])
    op.create_table(
        "installs",
        *_record(),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("license_id", sa.Uuid(), nullable=False),
        sa.Column("listing_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("release_id", sa.Uuid(), nullable=False),
        sa.Column("app_id", sa.Uuid(), nullable=True),
        sa.Column("deployment_id", sa.Uuid(), nullable=True),
        sa.Column("status", sa.String(32), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("last_progress_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("base_version", sa.Integer(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("error", sa.String(500), nullable=False),
        sa.Column("live_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["app_id"], ["apps.id"], ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["deployment_id"], ["deployments.id"], ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["item_id"], ["purchase_items.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["license_id"], ["licenses.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["listing_id"],
            ["listings.id"],
        ),
        sa.ForeignKeyConstraint(
            ["release_id"],
            ["releases.id"],
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["users.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("app_id"),
        sa.UniqueConstraint("item_id"),
    )
    op.create_index("ix_installs_license_id", "installs", ["license_id"])
    op.create_index("ix_installs_listing_id", "installs", ["listing_id"])
    op.create_index("ix_installs_status", "installs", ["status"])
    op.create_index("ix_installs_user_id", "installs", ["user_id"])
    op.create_table(
        "license_activations",
        *_record(),
        sa.Column("license_id", sa.Uuid(), nullable=False),
        sa.Column("label", sa.String(120), nullable=False),
        sa.Column("conditions", postgresql.JSONB(), nullable=False),
        sa.Column("meta", postgresql.JSONB(), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["license_id"], ["licenses.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_license_activations_license_id", "license_activations", ["license_id"])
    op.create_table(
        "copy_updates",
        *_record(),
        sa.Column("install_id", sa.Uuid(), nullable=False),
        sa.Column("release_id", sa.Uuid(), nullable=False),
        sa.Column("status", sa.String(32), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("last_progress_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("from_version", sa.Integer(), nullable=False),
        sa.Column("files", postgresql.JSONB(), nullable=False),
        sa.Column("conflicts", postgresql.JSONB(), nullable=False),
        sa.Column("checks", postgresql.JSONB(), nullable=False),
        sa.Column("preview_url", sa.String(), nullable=False),
        sa.Column("error", sa.String(500), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["install_id"], ["installs.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["release_id"], ["releases.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("install_id", "release_id"),
    )
    op.create_index("ix_copy_updates_release_id", "copy_updates", ["release_id"])
    op.create_index("ix_copy_updates_status", "copy_updates", ["status"])


def _create_money() -> None:
    op.create_table(
        "ledger_transactions",
        *_record(),
        sa.Column("key", sa.String(160), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("purchase_id", sa.Uuid(), nullable=True),
        sa.Column("external_id", sa.String(64), nullable=False),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("memo", sa.String(200), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("key"),
    )
    op.create_index("ix_ledger_transactions_kind", "ledger_transactions", ["kind"])
    op.create_index("ix_ledger_transactions_occurred_at", "ledger_transactions", ["occurred_at"])
    op.create_index("ix_ledger_transactions_purchase_id", "ledger_transactions", ["purchase_id"])
    op.create_table(
        "reconciliations",
        *_record(),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("ours", sa.BigInteger(), nullable=False),
        sa.Column("theirs", sa.BigInteger(), nullable=False),
        sa.Column("note", sa.String(500), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "ledger_entries",
        *_record(),
        sa.Column("transaction_id", sa.Uuid(), nullable=False),
        sa.Column("account", sa.String(32), nullable=False),
        sa.Column("creator_id", sa.Uuid(), nullable=True),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["transaction_id"],
            ["ledger_transactions.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_ledger_entries_balance", "ledger_entries", ["account", "creator_id", "currency"])
    op.create_index("ix_ledger_entries_transaction_id", "ledger_entries", ["transaction_id"])
    op.create_table(
        "payouts",
        *_record(),
        sa.Column("creator_id", sa.Uuid(), nullable=False),
        sa.Column("external_id", sa.String(64), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("status", sa.String(32), nullable=False),
        sa.Column("arrives_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("error", sa.String(300), nullable=False),
        sa.ForeignKeyConstraint(
            ["creator_id"],
            ["creator_profiles.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_payouts_creator_id", "payouts", ["creator_id"])
    op.create_index("ix_payouts_external_id", "payouts", ["external_id"])
    op.create_table(
        "transfers",
        *_record(),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("purchase_id", sa.Uuid(), nullable=False),
        sa.Column("creator_id", sa.Uuid(), nullable=False),
        sa.Column("is_royalty", sa.Boolean(), nullable=False),
        sa.Column("source", sa.String(64), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("reversed_amount", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("status", sa.String(32), nullable=False),
        sa.Column("hold_reason", sa.String(200), nullable=False),
        sa.Column("hold_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("external_id", sa.String(64), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("error", sa.String(300), nullable=False),
        sa.ForeignKeyConstraint(
            ["creator_id"],
            ["creator_profiles.id"],
        ),
        sa.ForeignKeyConstraint(
            ["item_id"],
            ["purchase_items.id"],
        ),
        sa.ForeignKeyConstraint(
            ["purchase_id"],
            ["purchases.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_transfers_creator_id", "transfers", ["creator_id"])
    op.create_index("ix_transfers_due", "transfers", ["status", "hold_until"])
    op.create_index("ix_transfers_external_id", "transfers", ["external_id"])
    op.create_index("ix_transfers_purchase_id", "transfers", ["purchase_id"])
    op.create_index("one_transfer_of_a_share", "transfers", ["item_id", "creator_id", "source"], unique=True)


def _create_trust() -> None:
    op.create_table(
        "alerts",
        *_record(),
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("value", sa.Float(), nullable=False),
        sa.Column("limit", sa.Float(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("over_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("seen_by_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["seen_by_id"], ["users.id"], ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_alerts_name", "alerts", ["name"])
    op.create_table(
        "moderation_acts",
        *_record(),
        sa.Column("subject_kind", sa.String(32), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("concerns_id", sa.Uuid(), nullable=True),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("act", sa.String(32), nullable=False),
        sa.Column("reason", sa.String(1000), nullable=False),
        sa.Column("evidence", postgresql.JSONB(), nullable=False),
        sa.Column("appeal", sa.String(32), nullable=False),
        sa.Column("appeal_text", sa.String(2000), nullable=False),
        sa.Column("appealed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("appeal_due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("appeal_answer", sa.String(1000), nullable=False),
        sa.Column("appeal_decided_by_id", sa.Uuid(), nullable=True),
        sa.Column("appeal_decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["actor_id"], ["users.id"], ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["appeal_decided_by_id"], ["users.id"], ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["concerns_id"], ["users.id"], ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_moderation_acts_appeal", "moderation_acts", ["appeal"])
    op.create_index("ix_moderation_acts_concerns_id", "moderation_acts", ["concerns_id"])
    op.create_index("ix_moderation_acts_subject", "moderation_acts", ["subject_kind", "subject_id"])
    op.create_table(
        "reports",
        *_record(),
        sa.Column("subject_kind", sa.String(32), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("reporter_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.String(32), nullable=False),
        sa.Column("details", sa.String(2000), nullable=False),
        sa.Column("status", sa.String(32), nullable=False),
        sa.Column("decided_by_id", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.String(1000), nullable=False),
        sa.ForeignKeyConstraint(["decided_by_id"], ["users.id"], ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["reporter_id"], ["users.id"], ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_reports_status", "reports", ["status"])
    op.create_index("ix_reports_subject", "reports", ["subject_kind", "subject_id"])
    op.create_table(
        "reviews",
        *_record(),
        sa.Column("listing_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("license_id", sa.Uuid(), nullable=False),
        sa.Column("release_number", sa.Integer(), nullable=False),
        sa.Column("rating", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(100), nullable=False),
        sa.Column("text", sa.String(4000), nullable=False),
        sa.Column("status", sa.String(32), nullable=False),
        sa.Column("helpful_count", sa.Integer(), nullable=False),
        sa.Column("reply", sa.String(2000), nullable=False),
        sa.Column("replied_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["license_id"], ["licenses.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["listing_id"], ["listings.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("listing_id", "user_id"),
    )
    op.create_index(
        "ix_reviews_helpful",
        "reviews",
        ["listing_id", sa.literal_column("helpful_count DESC")],
        postgresql_where=sa.text("status = 'shown'"),
    )
    op.create_index("ix_reviews_user_id", "reviews", ["user_id"])
    op.create_table(
        "review_votes",
        sa.Column("review_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["review_id"], ["reviews.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("review_id", "user_id"),
    )


def _record() -> list[sa.Column[object]]:
    return [
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
    ]


def _add(table: str, column: sa.Column[object]) -> None:
    """With a value for the rows that are there; rows to come bring their own."""
    op.add_column(table, column)
    op.alter_column(table, column.name, server_default=None)


_TABLES = """
    review_votes reviews reports moderation_acts alerts transfers payouts ledger_entries reconciliations
    ledger_transactions copy_updates license_activations installs licenses subscription_invoices refunds
    purchase_items disputes purchases try_outs bundle_items remix_terms releases offers listing_media
    listing_fingerprints listing_daily fingerprint_bands coupons collection_items listings follows bundles
    creator_profiles collections
"""


def downgrade() -> None:
    for table in _TABLES.split():
        op.drop_table(table)
    op.drop_column("audit_events", "details")
    for table in ("apps", "users"):
        op.drop_column(table, "suspended_reason")
        op.drop_column(table, "suspended_at")
