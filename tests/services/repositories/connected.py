"""An app that has a repository at the fake code host."""

from overskill import db
from overskill.clients.github import FakeCodeHost
from overskill.container import Container
from overskill.models import App, Repository
from overskill.services.repositories import connect
from tests.factories import make_app, make_user


def host_of(services: Container) -> FakeCodeHost:
    assert isinstance(services.code_host, FakeCodeHost)
    return services.code_host


def connected(services: Container) -> tuple[App, Repository]:
    host = host_of(services)
    made = host.create("ada", host.installed[0], "habits", is_private=True, description="")
    with db.transaction() as session:
        app = make_app(session, make_user(session), slug="habits", versions=1)
        row = connect(session, app, app.creator_id, made, queue=services.queue)
    return app, row
