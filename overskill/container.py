"""The composition root: the one place that decides which clients are real.

Processes call `boot()` once; tests install a Container of fakes.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from redis import Redis
from redis.asyncio import Redis as AsyncRedis

from overskill import db
from overskill.clients.builders import Builder, BuilderName
from overskill.clients.bundler import Bundler, LocalBundler
from overskill.clients.canvas import Canvas, LocalCanvas
from overskill.clients.checker import Checker
from overskill.clients.codebase import Codebase, LocalCodebase
from overskill.clients.custom_hosts import CustomHosts
from overskill.clients.dns import DnsResolver, Resolver
from overskill.clients.edge import Edge
from overskill.clients.edge_health import EdgeHealth
from overskill.clients.edge_routes import EdgeRoutes
from overskill.clients.edge_usage import EdgeUsage
from overskill.clients.elements import Elements, LocalElements
from overskill.clients.github import CodeHost, GithubHost, no_code_host
from overskill.clients.jobs import JobQueue, RqJobQueue
from overskill.clients.jobs_desk import JobsDesk, RqJobsDesk
from overskill.clients.language import LanguageService, LocalLanguageService
from overskill.clients.objects import FolderObjectStore, ObjectStore
from overskill.clients.packages import LocalPackageSizes, PackageSizes
from overskill.clients.shares import LocalSharedPreviews, SharedPreviews
from overskill.clients.stripe import Payments
from overskill.config import Settings
from overskill.errors import Unavailable
from overskill.services.billing.amounts import Tariff
from overskill.services.builds import BuildCache, BuilderPolicy, Builds, keeping
from overskill.services.deployments import Publisher
from overskill.services.deployments.ended_trials import EndedTrials
from overskill.services.deployments.offline_wishes import OfflineWishes
from overskill.services.generation import Intake, Workshop
from overskill.services.generation.events import Authors
from overskill.services.packages import PackageRules, Shelf, WithPackages
from overskill.services.progress import ProgressLog

if TYPE_CHECKING:
    from overskill.clients.connections import ModelClients
    from overskill.clients.mail import Mail


@dataclass(frozen=True)
class Container:
    settings: Settings
    redis: Redis
    progress: ProgressLog
    queue: JobQueue
    jobs_desk: JobsDesk
    bundler: Bundler
    elements: Elements
    canvas: Canvas
    codebase: Codebase
    shares: SharedPreviews
    language: LanguageService
    packages: PackageSizes
    shelf: Shelf
    edge: Edge
    routes: EdgeRoutes
    health: EdgeHealth
    usage: EdgeUsage
    resolver: Resolver
    code_host: CodeHost
    hosts: CustomHosts
    objects: ObjectStore
    mail: "Mail"
    payments: Payments
    models: "ModelClients"
    authors: Authors
    checker: Checker
    builders: Mapping[BuilderName, Builder]
    get_ready_to_build: Callable[[], None] = lambda: None  # ahead of a build in a process that is forked off this one

    @property
    def parts(self) -> Mapping[str, Callable[[], object]]:
        """What this instance consists of, each with a question that it answers while it is well."""
        return {
            "database": db.answers,
            "redis": self.redis.ping,
            "bundler": self.bundler.ping,
            "edge": self.edge.ping,
        }

    @property
    def tariff(self) -> Tariff:
        return Tariff.of(self.settings)

    @property
    def builds(self) -> Builds:
        """What publishes are built with."""
        return Builds(self.builders, BuilderPolicy.of(self.settings), BuildCache(self.objects, self.redis))

    @property
    def intake(self) -> Intake:
        """What taking a message needs."""
        return Intake(self.authors, self.tariff, self.queue, self.progress)

    @property
    def publisher(self) -> Publisher:
        """What publishing needs."""
        return Publisher(
            bundler=self.bundler,
            builds=self.builds,
            edge=self.edge,
            routes=self.routes,
            usage=self.usage,
            health=self.health,
            ended_trials=EndedTrials(self.redis),
            offline_wishes=OfflineWishes(self.redis),
            log=self.progress,
            settings=self.settings,
        )

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
            settings=self.settings,
            shelf=self.shelf,
            keep_recordings_days=self.settings.keep_recordings_days,
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


def _objects(settings: Settings) -> ObjectStore:
    from overskill.clients.s3_objects import S3ObjectStore

    return S3ObjectStore(settings) if settings.s3_bucket else FolderObjectStore(settings.home / "objects")


def _shelf(settings: Settings, local: LocalBundler) -> Shelf:
    from overskill.bundler.packages.connect import npm_registry, package_store

    registry = npm_registry(settings)
    return Shelf(registry, package_store(settings, registry, local.daemon), PackageRules.of(settings))


def build(settings: Settings, redis_url: str) -> Container:
    from overskill.bundler.launcher import local_bundler
    from overskill.bundler.setup import installation
    from overskill.checker.launcher import local_checker
    from overskill.clients.builders.connect import connect_builders
    from overskill.clients.builders.finished_runs import RedisFinishedRuns
    from overskill.clients.connections import model_clients
    from overskill.clients.edge_parts import edge_parts
    from overskill.clients.mail import build_mail
    from overskill.clients.stripe.connect import connect_payments
    from overskill.services.generation.authors import ModelsOrRecipes
    from overskill.starter import STARTER_FOLDER

    redis = Redis.from_url(redis_url)
    models = model_clients(settings, redis)
    objects = _objects(settings)
    local = local_bundler(settings, partial(keeping, cache=BuildCache(objects, redis)), rehearsal=STARTER_FOLDER)
    shelf = _shelf(settings, local)
    bundler = WithPackages(local, shelf)
    parts = edge_parts(settings, redis, objects)
    return Container(
        settings=settings,
        redis=redis,
        progress=ProgressLog(redis, AsyncRedis.from_url(redis_url)),
        queue=RqJobQueue(redis),
        jobs_desk=RqJobsDesk(redis),
        bundler=bundler,
        elements=LocalElements(local.daemon),
        canvas=LocalCanvas(local.daemon),
        codebase=LocalCodebase(local.daemon),
        shares=LocalSharedPreviews(local.daemon),
        language=LocalLanguageService(local.daemon),
        packages=LocalPackageSizes(local.daemon),
        shelf=shelf,
        edge=parts.edge,
        routes=parts.routes,
        health=parts.health,
        usage=parts.usage,
        resolver=DnsResolver(),
        code_host=GithubHost(settings) if settings.has_github else no_code_host(),
        hosts=parts.hosts,
        objects=objects,
        mail=build_mail(settings, redis),
        payments=connect_payments(settings, redis),
        models=models,
        authors=ModelsOrRecipes(settings, models.connections, models.breakers),
        checker=local_checker(settings, installation(settings.home.expanduser()).tools),
        builders=connect_builders(settings, bundler, RedisFinishedRuns(redis)),
        get_ready_to_build=local.get_ready_to_build,
    )
