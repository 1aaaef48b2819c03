"""Creating an app: a name, an address, a logo, a preview of its own, and the starter's files."""

import secrets
from collections.abc import Mapping
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, func, select

from overskill.errors import Conflict, InvalidInput, LimitReached
from overskill.models import App, AppStatus
from overskill.services.apps.access import own_team
from overskill.services.apps.files import write_files
from overskill.services.apps.naming import accent_for, logo_svg, name_from_prompt, slug_from_name

LONGEST_PROMPT = 8_000
_JOINERS = "\u200c\u200d"
MOST_APPS = 200
_TRIES = 8


def clean_prompt(prompt: str) -> str:
    """The prompt without outer space and control characters. Raises InvalidInput when it is empty or too long."""
    text = "".join(map(_readable, prompt.replace("\r\n", "\n").replace("\r", "\n"))).strip()
    if len(text) < 2:
        raise InvalidInput("Say in a sentence what the app should do.", field="prompt")
    if len(text) > LONGEST_PROMPT:
        raise InvalidInput(
            f"That is {len(text):,} characters; at most {LONGEST_PROMPT:,} fit in one message. Shorten it, or send "
            "the rest as a follow-up.",
            field="prompt",
        )
    return text


def _readable(character: str) -> str:
    """It, a space for whatever kind of space it is, or nothing. Emoji and scripts that join letters stay joined."""
    if character in _JOINERS or character in "\n\t" or character.isprintable():
        return character
    return " " if character.isspace() else ""


def create_app(session: Session, user_id: UUID, prompt: str, files: Mapping[str, str], *, name: str = "") -> App:
    """A new app of the user's own team, holding `files` (the starter). It has no version yet: its first turn makes it.

    Raises InvalidInput for a prompt that can't be used, LimitReached for an app too many.
    """
    text = clean_prompt(prompt)
    name = name or name_from_prompt(text)
    team_id = own_team(session, user_id)
    check_room(session, team_id)
    app = App(
        team_id=team_id,
        creator_id=user_id,
        slug=slug_from_name(name),
        name=name,
        prompt=text,
        preview_key=secrets.token_hex(10),
    )
    app.accent = accent_for(text)
    app.logo = logo_svg(name, app.accent)
    add_with_free_slug(session, app)
    write_files(session, app.id, files)
    return app


def add_app_like(session: Session, app: App, user_id: UUID, *, name: str, thumbnail: str) -> App:
    """Another app of the user's own team, of the same kind and looks, without files yet. Raises LimitReached."""
    team_id = own_team(session, user_id)
    check_room(session, team_id)
    added = App(
        team_id=team_id,
        creator_id=user_id,
        slug=slug_from_name(name),
        name=name,
        prompt=app.prompt,
        accent=app.accent,
        logo=logo_svg(name, app.accent),
        icon=app.icon,
        description=app.description,
        preview_key=secrets.token_hex(10),
        thumbnail=thumbnail,
        in_gallery=app.in_gallery,
    )
    add_with_free_slug(session, added)
    return added


def check_room(session: Session, team_id: UUID) -> None:
    """Raises LimitReached when the team can't have another app. Those it deleted don't count."""
    count = session.exec(select(func.count()).where(App.team_id == team_id, App.status != AppStatus.DELETED)).one()
    if count >= MOST_APPS:
        raise LimitReached(f"You have {count} apps, and {MOST_APPS} is the most. Delete one you don't need any more.")


def add_with_free_slug(session: Session, app: App) -> None:
    """Insert the app under its slug, or under the slug with a short ending when it is taken."""
    wanted = app.slug
    for attempt in range(_TRIES):
        app.slug = wanted if attempt == 0 else f"{wanted}-{secrets.token_hex(2)}"
        try:
            with session.begin_nested():
                session.add(app)
                session.flush()
        except IntegrityError as error:
            if "slug" not in str(error.orig):
                raise
        else:
            return
    raise Conflict(f"Every address like “{wanted}” is taken. Give the app another name.")
