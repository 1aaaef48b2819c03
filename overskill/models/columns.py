"""Rows of one table as a column of a query of another's (docs/decisions/0045)."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlmodel import SQLModel

Row = TypeVar("Row", bound=SQLModel)


def rows_beside(
    model: type[SQLModel], *where: sa.SQLColumnExpression[bool], in_order: Sequence[sa.SQLColumnExpression[Any]] = ()
) -> sa.ScalarSelect[Any]:
    """A column with those rows of `model`, for `rows_in`. `where` may refer to the tables of the query that it becomes
    part of, so `model` must not be one of them."""
    whole = sa.func.row_to_json(model.__table__.table_valued())  # type: ignore[attr-defined]
    listed = sa.func.json_agg(aggregate_order_by(whole, *in_order) if in_order else whole)
    return sa.select(listed).where(*where).scalar_subquery()


def rows_in(model: type[Row], column: Sequence[Mapping[str, Any]] | None) -> list[Row]:
    """What `rows_beside` was asked for. They belong to no session: a change of them is kept nowhere."""
    return [model.model_validate(row) for row in column or ()]
