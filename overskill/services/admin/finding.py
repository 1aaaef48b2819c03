"""Finding rows by some letters of theirs."""

from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import col


def contains(column: Any, words: str) -> ColumnElement[bool]:  # noqa: ANN401 - SQLModel's columns are of their values' types
    """Whatever is typed is meant as it is: a % is a %."""
    return col(column).icontains(words.strip(), autoescape=True)
