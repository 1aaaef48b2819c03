"""What the rows say about an app, for the suggestions of what could be said next."""

from sqlmodel import Session, col, select

from overskill.models import App, AppFile, FileBlob, Generation, GenerationMode, GenerationStatus
from overskill.services.chat.suggestions import AppSoFar, suggestions_for

_ASKED = 200  # messages that are looked at
_MOST_PAGES = 30


def next_steps(session: Session, app: App, *, author_kind: str) -> list[str]:
    """None before there is an app to go on with. `author_kind` would write: "model" or "recipe"."""
    if not app.current_version:
        return []
    turns = session.exec(
        select(Generation).where(Generation.app_id == app.id).order_by(col(Generation.created_at).desc()).limit(_ASKED)
    ).all()
    thought = next((turn for turn in turns if turn.brief), None)
    newest = next((turn for turn in turns if turn.version), None)
    return suggestions_for(
        AppSoFar(
            asked=[turn.prompt for turn in turns],
            brief=thought.brief if thought else {},
            checks=newest.checks if newest else {},
            unbuilt=_unbuilt(turns[0]) if turns else (),
            pages=_pages(session, app),
            is_for_recipes=author_kind == "recipe",
        )
    )


def _unbuilt(newest: Generation) -> list[str]:
    """A plan whose turn was stopped on the way. One that still waits to be built asks for it itself."""
    if newest.status is not GenerationStatus.STOPPED or newest.mode is GenerationMode.PLAN:
        return []
    return [str(step) for step in newest.plan.get("steps") or ()]


def _pages(session: Session, app: App) -> dict[str, str]:
    rows = session.exec(
        select(AppFile.path, FileBlob.content)
        .join(FileBlob, col(FileBlob.checksum) == col(AppFile.checksum))
        .where(AppFile.app_id == app.id, col(AppFile.path).like("src/pages/%.tsx"))
        .order_by(AppFile.path)
        .limit(_MOST_PAGES)
    )
    return dict(rows.all())
