"""Listings are found by the names of their creators, too: triggers keep the names in what is searched"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TSVECTOR

revision = "2026112212"
down_revision = "2026112214"
branch_labels = None
depends_on = None

_WORDS = (
    "setweight(to_tsvector('english', title), 'A')"
    " || setweight(to_tsvector('english', tagline || ' ' || keywords), 'B')"
)
_CREATOR = " || setweight(to_tsvector('english', creator_words), 'C')"
_TEXT = " || setweight(to_tsvector('english', left(description, 5000)), 'D')"


def upgrade() -> None:
    # Without its index and document first: so the names are written once, and the table anew only once.
    _drop_search()
    op.add_column("listings", sa.Column("creator_words", sa.String(length=120), nullable=False, server_default=""))
    op.execute("""
        update listings set creator_words = name || ' ' || username
        from creator_profiles where creator_profiles.id = creator_id
    """)
    op.alter_column("listings", "creator_words", server_default=None)
    _add_search(_WORDS + _CREATOR + _TEXT)
    op.execute("""
        create function name_creator() returns trigger language plpgsql as $$
        begin
            select name || ' ' || username into new.creator_words from creator_profiles where id = new.creator_id;
            return new;
        end $$
    """)
    op.execute("""
        create function rename_creator() returns trigger language plpgsql as $$
        begin
            update listings set creator_words = new.name || ' ' || new.username where creator_id = new.id;
            return null;
        end $$
    """)
    op.execute("""
        create trigger listings_name_creator before insert or update of creator_id, creator_words on listings
        for each row execute function name_creator()
    """)
    op.execute("""
        create trigger creator_profiles_rename after update of name, username on creator_profiles
        for each row when (old.name <> new.name or old.username <> new.username) execute function rename_creator()
    """)


def downgrade() -> None:
    op.execute("drop trigger creator_profiles_rename on creator_profiles")
    op.execute("drop trigger listings_name_creator on listings")
    op.execute("drop function rename_creator()")
    op.execute("drop function name_creator()")
    _drop_search()
    op.drop_column("listings", "creator_words")
    _add_search(_WORDS + _TEXT)


def _drop_search() -> None:
    op.drop_index("ix_listings_search", "listings")
    op.drop_column("listings", "search")


def _add_search(document: str) -> None:
    op.add_column("listings", sa.Column("search", TSVECTOR, sa.Computed(document, persisted=True), nullable=True))
    op.create_index("ix_listings_search", "listings", ["search"], postgresql_using="gin")
