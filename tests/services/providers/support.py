"""Settings of instances with and without models, and a person with a team."""

from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session

from overskill.config import Settings
from overskill.models import Membership, Role, Team
from overskill.services.apps import own_team
from tests.factories import make_user

SECRET = "s" * 40
OPENAI = "https://api.openai.example/v1"


def instance(**values: object) -> Settings:
    return Settings(**{"OVERSKILL_SECRET_KEY": SECRET, **values})  # type: ignore[arg-type]


def production(**values: object) -> Settings:
    return instance(
        OVERSKILL_ENVIRONMENT="production",
        OVERSKILL_PUBLIC_URL="https://overskill.example",
        OVERSKILL_PREVIEW_URL="https://{key}.previews.example.net",
        OVERSKILL_APPS_URL="https://{slug}.apps.example.org",
        SMTP_URL="smtp://mail.example",
        **values,
    )


@dataclass(frozen=True)
class Person:
    user_id: UUID
    team_id: UUID


def person(session: Session, *, is_admin: bool = False) -> Person:
    user = make_user(session, is_admin=is_admin)
    return Person(user.id, own_team(session, user.id))


def member(session: Session, of: Person, role: Role) -> Person:
    """Somebody else in that person's team."""
    user = make_user(session)
    session.add(Membership(team_id=of.team_id, user_id=user.id, role=role))
    session.flush()
    return Person(user.id, of.team_id)


def choose(session: Session, who: Person, **lists: list[str]) -> None:
    session.get_one(Team, who.team_id).models = lists
    session.flush()
