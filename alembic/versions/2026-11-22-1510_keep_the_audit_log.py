"""The audit log only grows: what is written in it is changed and deleted by nobody"""

from alembic import op

revision = "2026112215"
down_revision = "2026112212"
branch_labels = None
depends_on = None

# `refuse_change` is of the credits' migration, 2026112104.
_GROWS_ONLY = """
create trigger audit_events_grow_only before update or delete on audit_events
    for each row execute function refuse_change();
create trigger audit_events_stay before truncate on audit_events
    for each statement execute function refuse_change();
"""


def upgrade() -> None:
    op.execute(_GROWS_ONLY)


def downgrade() -> None:
    for name in ("audit_events_stay", "audit_events_grow_only"):
        op.execute(f"drop trigger {name} on audit_events")
