"""What a turn left behind: its row, the app's files, the live log."""

from uuid import UUID

from overskill.container import Container
from overskill.db import transaction
from overskill.models import App, Generation
from overskill.services import apps
from overskill.services.generation import turn_topic

BRIEF = {
    "kind": "tracker",
    "summary": "Habits, day by day",
    "audience": "people",
    "pages": [{"path": "/", "title": "Today", "purpose": ""}, {"path": "/week", "title": "Week", "purpose": ""}],
    "entities": [{"name": "Habit", "fields": ["name"]}],
    "look": "calm",
    "checks": [{"title": "It opens", "steps": [{"do": "see", "target": "Today", "value": ""}]}],
    "language": "en",
}


def state_of(generation_id: UUID) -> Generation:
    with transaction() as session:
        return session.get_one(Generation, generation_id)


def files_of(app: App) -> dict[str, str]:
    with transaction() as session:
        return apps.read_files(session, app.id)


def live(services: Container, generation: Generation, *, count: int = 1000) -> list[dict[str, object]]:
    return services.progress.tail(turn_topic(generation.id), count=count)
