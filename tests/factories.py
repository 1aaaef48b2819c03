"""Rows for tests, each with sensible defaults."""

import secrets
import uuid
from collections.abc import Mapping
from typing import Any

from sqlmodel import Session, col, select

from overskill.models import (
    App,
    AppVersion,
    Generation,
    GenerationStatus,
    Membership,
    Role,
    Team,
    User,
    VersionCause,
)
from overskill.services.apps import save_version, write_files

STARTER = {
    "index.html": '<!doctype html><div id="root"></div>',
    "package.json": "{}",
    "src/main.tsx": 'import "./App";\n',
    "src/App.tsx": "export default function App() { return null; }\n",
}


def make_user(session: Session, *, email: str = "", name: str = "Ada Lovelace", is_admin: bool = False) -> User:
    """A user who owns a team of their own."""
    user = User(email=email or f"{uuid.uuid4().hex}@example.com", name=name, is_admin=is_admin)
    team = Team(name=name)
    session.add(user)
    session.add(team)
    session.flush()
    session.add(Membership(team_id=team.id, user_id=user.id, role=Role.OWNER))
    session.flush()
    return user


def make_app(
    session: Session,
    user: User,
    *,
    name: str = "Habits",
    slug: str = "",
    files: Mapping[str, str] | None = None,
    versions: int = 0,
) -> App:
    """An app of the user's own team with the starter's files; with `versions`, that many times saved."""
    from overskill.services.apps import own_team

    app = App(
        team_id=own_team(session, user.id),
        creator_id=user.id,
        slug=slug or f"{name.lower()}-{secrets.token_hex(4)}",
        name=name,
        prompt=f"an app called {name}",
        preview_key=secrets.token_hex(10),
    )
    session.add(app)
    session.flush()
    write_files(session, app.id, files or STARTER)
    for number in range(1, versions + 1):
        write_files(session, app.id, {"src/App.tsx": f"export const version = {number};\n"})
        save_version(session, app, note=f"Version {number}", cause=VersionCause.EDIT, author_id=user.id)
    session.flush()
    return app


def make_generation(
    session: Session,
    app: App,
    *,
    prompt: str = "a habit tracker",
    status: GenerationStatus = GenerationStatus.QUEUED,
    **facts: Any,
) -> Generation:
    generation = Generation(app_id=app.id, user_id=app.creator_id, prompt=prompt, status=status, **facts)
    session.add(generation)
    session.flush()
    return generation


def versions_of(session: Session, app: App) -> list[AppVersion]:
    """Newest first."""
    rows = select(AppVersion).where(AppVersion.app_id == app.id).order_by(col(AppVersion.number).desc())
    return list(session.exec(rows))
