"""What the rows say about an app, for the suggestions of what could be said next."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from overskill.models import App, AppFile, FileBlob, Generation, GenerationMode, GenerationStatus
from overskill.services.billing.quotes import AuthorKind
from overskill.services.chat.suggestions import AppSoFar, suggestions_for

_ASKED = 200  # messages that are looked at
_MOST_PAGES = 30


def next_steps_columns(app: App, author_kind: AuthorKind) -> tuple[sa.ColumnElement[Any], ...]:
    """Columns of any query, for `next_steps`."""
    return (
        _asked(app),
        _newest(app, Generation.brief, col(Generation.brief) != {}),
        _newest(app, Generation.checks, col(Generation.version).is_not(None)),
        _newest(app, _unbuilt()),
        sa.null() if author_kind == "recipe" else _pages(app),
    )


def next_steps(columns: Sequence[Any], author_kind: AuthorKind) -> list[str]:
    """For an app that has a version, of who would go on with it."""
    asked, brief, checks, unbuilt, pages = columns
    return suggestions_for(
        AppSoFar(
            asked=asked or [],
            brief=brief or {},
            checks=checks or {},
            unbuilt=[str(step) for step in unbuilt or ()],
            pages=pages or {},
            is_for_recipes=author_kind == "recipe",
        )
    )


def _asked(app: App) -> sa.ScalarSelect[Any]:
    """The texts of the newest messages."""
    newest = (
        sa.select(col(Generation.prompt))
        .where(col(Generation.app_id) == app.id)
        .order_by(col(Generation.created_at).desc())
        .limit(_ASKED)
        .subquery()
    )
    return sa.select(sa.func.json_agg(newest.c.prompt)).scalar_subquery()


def _newest(app: App, wanted: Any, *conditions: Any) -> sa.ScalarSelect[Any]:  # noqa: ANN401 - columns and expressions
    """Something of the newest turn that is so."""
    turns = sa.select(wanted).where(col(Generation.app_id) == app.id, *conditions)
    return turns.order_by(col(Generation.created_at).desc()).limit(1).scalar_subquery()


def _unbuilt() -> sa.ColumnElement[Any]:
    """A plan whose turn was stopped on the way. One that still waits to be built asks for it itself."""
    is_stopped = col(Generation.status) == GenerationStatus.STOPPED
    return sa.case((is_stopped & (col(Generation.mode) != GenerationMode.PLAN), col(Generation.plan)["steps"]))


def _pages(app: App) -> sa.ScalarSelect[Any]:
    """path -> source."""
    first = (
        sa.select(col(AppFile.path), col(FileBlob.content))
        .join(FileBlob, col(FileBlob.checksum) == col(AppFile.checksum))
        .where(col(AppFile.app_id) == app.id, col(AppFile.path).like("src/pages/%.tsx"))
        .order_by(col(AppFile.path))
        .limit(_MOST_PAGES)
        .subquery()
    )
    return sa.select(sa.func.json_object_agg(first.c.path, first.c.content)).scalar_subquery()
