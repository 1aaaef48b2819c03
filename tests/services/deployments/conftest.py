"""An app that is published with fakes of the bundler and the edge, real rows and a real log."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

import pytest
from pydantic import SecretStr
from sqlmodel import Session

from overskill import container
from overskill.clients.bundler import FakeBundler
from overskill.clients.edge import FakeEdge
from overskill.clients.edge_routes import FakeRoutes
from overskill.clients.edge_usage import FakeUsage
from overskill.clients.jobs import FakeJobQueue
from overskill.config import Settings
from overskill.container import Container
from overskill.db import transaction
from overskill.models import App, Deployment, DeploymentEnvironment, Membership, Role, User, VersionCause
from overskill.services import apps
from overskill.services.deployments import PublishView, request_deployment
from overskill.services.deployments.view import DeploymentView, EnvironmentView
from tests.factories import make_app, make_user
from tests.support_publishing import deployment_of, publishing_of

PRODUCTION = DeploymentEnvironment.PRODUCTION
STAGING = DeploymentEnvironment.STAGING


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """With a key, so that secrets can be kept."""
    return settings.model_copy(update={"secret_key": SecretStr("k" * 40)})


@dataclass
class Published:
    """One app, and who asks for its publishes."""

    services: Container
    work: Callable[[], int]
    app_id: UUID
    slug: str
    owner: User

    @property
    def edge(self) -> FakeEdge:
        assert isinstance(self.services.edge, FakeEdge)
        return self.services.edge

    @property
    def bundler(self) -> FakeBundler:
        assert isinstance(self.services.bundler, FakeBundler)
        return self.services.bundler

    @property
    def routes(self) -> FakeRoutes:
        assert isinstance(self.services.routes, FakeRoutes)
        return self.services.routes

    @property
    def usage(self) -> FakeUsage:
        assert isinstance(self.services.usage, FakeUsage)
        return self.services.usage

    @property
    def queue(self) -> FakeJobQueue:
        assert isinstance(self.services.queue, FakeJobQueue)
        return self.services.queue

    @contextmanager
    def opened(self) -> Iterator[tuple[Session, App]]:
        """The app, locked, in a transaction."""
        with transaction() as session:
            yield session, session.get_one(App, self.app_id, with_for_update=True)

    def asks(
        self,
        environment: DeploymentEnvironment = PRODUCTION,
        *,
        canary: int = 0,
        by: User | None = None,
    ) -> Deployment:
        with self.opened() as (session, app):
            return request_deployment(
                session,
                app,
                (by or self.owner).id,
                queue=self.services.queue,
                log=self.services.progress,
                environment=environment,
                canary_percent=canary,
            )

    def publishes(self, environment: DeploymentEnvironment = PRODUCTION, *, canary: int = 0) -> DeploymentView:
        row = self.asks(environment, canary=canary)
        self.work()
        return self.view(row.id)

    def changes(self, text: str) -> None:
        """One more version."""
        with self.opened() as (session, app):
            apps.write_files(session, app.id, {"src/App.tsx": text})
            apps.save_version(session, app, note=text, cause=VersionCause.EDIT)

    def view(self, deployment_id: UUID) -> DeploymentView:
        with transaction() as session:
            return deployment_of(session, self.app_id, deployment_id, self.services)

    def row(self, deployment_id: UUID) -> Deployment:
        with transaction() as session:
            return session.get_one(Deployment, deployment_id)

    def panel(self) -> PublishView:
        with self.opened() as (session, app):
            return publishing_of(session, app, self.services)

    def place(self, environment: DeploymentEnvironment = PRODUCTION) -> EnvironmentView:
        return next(place for place in self.panel().environments if place.name == environment)

    def live(self, environment: DeploymentEnvironment = PRODUCTION) -> str | None:
        return self.edge.live(environment, self.slug)

    def joins(self, role: Role) -> User:
        """Somebody else of the team."""
        with self.opened() as (session, app):
            user = make_user(session, name=f"The {role}")
            session.add(Membership(team_id=app.team_id, user_id=user.id, role=role))
            return user


@pytest.fixture
def published(services: Container, work: Callable[[], int]) -> Published:
    """Of one version; nothing of it is published yet."""
    with transaction() as session:
        owner = make_user(session)
        app = make_app(session, owner, versions=1)
        return Published(container.get(), work, app.id, app.slug, owner)
