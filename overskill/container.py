"""The composition root: the one place that decides which clients are real.

Processes call `boot()` once; tests install a Container of fakes.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from redis import Redis
from redis.asyncio import Redis as AsyncRedis
from sqlmodel import Session

from overskill import db
from overskill.clients.bundler import Bundler
from overskill.clients.checker import Checker, NoChecker
from overskill.clients.edge import Edge
from overskill.clients.jobs import JobQueue, RqJobQueue
from overskill.clients.objects import FolderObjectStore, ObjectStore
from overskill.config import Settings
from overskill.errors import Unavailable
from overskill.services.billing.amounts import Tariff
from overskill.services.generation import Intake, Workshop
from overskill.services.generation.events import Author, Authors, Terms
from overskill.services.progress import ProgressLog

if TYPE_CHECKING:
    from overskill.clients.mail import Mail


@dataclass(frozen=True)
class Container:
    settings: Settings
    redis: Redis
    progress: ProgressLog
    queue: JobQueue
    bundler: Bundler
    edge: Edge
    objects: ObjectStore
    mail: "Mail"
    authors: Authors
    checker: Checker

    @property
    def tariff(self) -> Tariff:
        return Tariff.of(self.settings)

    @property
    def intake(self) -> Intake:
        """What taking a message needs."""
        return Intake(self.authors, self.tariff, self.queue, self.progress)

    @property
    def workshop(self) -> Workshop:
        """What turns are made with."""
        return Workshop(
            authors=self.authors,
            bundler=self.bundler,
            checker=self.checker,
            objects=self.objects,
            log=self.progress,
            queue=self.queue,
            tariff=self.tariff,
        )


_current: Container | None = None


def install(container: Container | None) -> None:
    global _current
    _current = container


def get() -> Container:
    if _current is None:
        raise RuntimeError("No container: call container.boot() first.")
    return _current


def boot(settings: Settings, *, database_url: str = "", redis_url: str = "") -> Container:
    """Connect this process to everything and install the result.

    The URLs are those of the running instance; by default the configured ones, then the embedded servers'.
    Connections are opened on first use, so this costs milliseconds.
    """
    database_url, redis_url = _urls(settings, database_url, redis_url)
    db.use(db.connect(database_url))
    container = build(settings, redis_url)
    install(container)
    return container


def _urls(settings: Settings, database_url: str, redis_url: str) -> tuple[str, str]:
    database_url = database_url or settings.database_url.get_secret_value()
    redis_url = redis_url or settings.redis_url.get_secret_value()
    if not (database_url and redis_url):
        from overskill.embedded.instance import running

        instance = running(settings)
        if instance is None:
            raise Unavailable("OverSkill is not running. Start it with ./run up, or set DATABASE_URL and REDIS_URL.")
        database_url = database_url or instance.database_url
        redis_url = redis_url or instance.redis_url
    return database_url, redis_url


def build(settings: Settings, redis_url: str) -> Container:
    from overskill.bundler.launcher import local_bundler
    from overskill.clients.edge import EmbeddedEdge
    from overskill.clients.mail import build_mail

    redis = Redis.from_url(redis_url)
    return Container(
        settings=settings,
        redis=redis,
        progress=ProgressLog(redis, AsyncRedis.from_url(redis_url)),
        queue=RqJobQueue(redis),
        bundler=local_bundler(settings),
        edge=EmbeddedEdge(settings),
        objects=FolderObjectStore(settings.home / "objects"),
        mail=build_mail(settings, redis),
        authors=_Always(build_author(settings)),
        checker=NoChecker(),
    )


@dataclass(frozen=True)
class _Always:
    author: Author

    def author_for(self, session: Session, team_id: UUID, user_id: UUID) -> Author:  # noqa: ARG002
        return self.author

    def terms_for(self, session: Session, team_id: UUID, user_id: UUID) -> Terms:  # noqa: ARG002
        return Terms()


def build_author(settings: Settings) -> Author:
    """The model when one is configured, else the recipes. Both speak the same event stream."""
    if settings.has_model:
        from overskill.clients.models import OneModel, chat_model
        from overskill.services.generation.model_author import ModelAuthor

        model = chat_model(settings)
        if model is not None:
            return ModelAuthor(OneModel(model))
    import time

    from overskill.services.generation.recipes import RecipeAuthor

    return RecipeAuthor(pause=time.sleep)
