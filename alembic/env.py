"""Runs migrations on the engine it is handed (`overskill migrate`), or on DATABASE_URL (`alembic revision`)."""

import os
from typing import Literal

from alembic.autogenerate.api import AutogenContext
from sqlmodel import SQLModel
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

import overskill.models  # noqa: F401 - registers every table
from alembic import context
from overskill import db
from overskill.models.base import StringEnum


def plain_type(kind: str, item: object, _: AutogenContext) -> str | Literal[False]:
    """Write migrations in SQLAlchemy's own types, so that they outlive our classes."""
    if kind == "type" and isinstance(item, UTCDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, StringEnum | AutoString):
        length = item.impl.length
        return f"sa.String({length})" if length else "sa.String()"
    return False


engine = context.config.attributes.get("engine") or db.connect(os.environ["DATABASE_URL"])

with engine.connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=SQLModel.metadata,
        compare_type=True,
        render_item=plain_type,
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()
