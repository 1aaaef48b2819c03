"""Keep of each version what it changed rather than all it holds, and how large an app was when a turn was asked for"""

import sqlalchemy as sa
from alembic import op

revision = "2026112105"
down_revision = "2026112104"
branch_labels = None
depends_on = None

_TO_CHANGES = """
insert into version_files (app_id, path, number, checksum)
with numbered as (
    select id, app_id, number, lag(id) over (partition by app_id order by number) as before from app_versions
)
select numbered.app_id, now.path, numbered.number, now.checksum
from numbered
join version_lists as now on now.version_id = numbered.id
left join version_lists as before on before.version_id = numbered.before and before.path = now.path
where before.checksum is distinct from now.checksum
union all
select numbered.app_id, before.path, numbered.number, null
from numbered
join version_lists as before on before.version_id = numbered.before
left join version_lists as now on now.version_id = numbered.id and now.path = before.path
where now.path is null
"""
_TO_LISTS = """
insert into version_files (version_id, path, checksum)
select id, path, checksum from (
    select app_versions.id, changed.path, changed.checksum,
        row_number() over (partition by app_versions.id, changed.path order by changed.number desc) as place
    from app_versions
    join version_changes as changed on changed.app_id = app_versions.app_id and changed.number <= app_versions.number
) as newest
where place = 1 and checksum is not null
"""


def upgrade() -> None:
    op.add_column("generations", sa.Column("app_size", sa.Integer(), nullable=False, server_default="0"))
    op.alter_column("generations", "app_size", server_default=None)
    op.drop_index(op.f("ix_version_files_checksum"), table_name="version_files")
    op.rename_table("version_files", "version_lists")
    op.execute("alter index version_files_pkey rename to version_lists_pkey")
    op.create_table(
        "version_files",
        sa.Column("app_id", sa.Uuid(), nullable=False),
        sa.Column("path", sa.String(200), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("checksum", sa.String(64), nullable=True),
        sa.ForeignKeyConstraint(["app_id"], ["apps.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["checksum"], ["file_blobs.checksum"]),
        sa.PrimaryKeyConstraint("app_id", "path", "number"),
    )
    op.execute(_TO_CHANGES)
    op.create_index(op.f("ix_version_files_checksum"), "version_files", ["checksum"], unique=False)
    op.drop_table("version_lists")


def downgrade() -> None:
    op.drop_index(op.f("ix_version_files_checksum"), table_name="version_files")
    op.rename_table("version_files", "version_changes")
    op.execute("alter index version_files_pkey rename to version_changes_pkey")
    op.create_table(
        "version_files",
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("path", sa.String(200), nullable=False),
        sa.Column("checksum", sa.String(64), nullable=False),
        sa.ForeignKeyConstraint(["checksum"], ["file_blobs.checksum"]),
        sa.ForeignKeyConstraint(["version_id"], ["app_versions.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("version_id", "path"),
    )
    op.execute(_TO_LISTS)
    op.create_index(op.f("ix_version_files_checksum"), "version_files", ["checksum"], unique=False)
    op.drop_table("version_changes")
    op.drop_column("generations", "app_size")
