"""From files to what is published: which builder did it, what the rows say, and what needs no builder at all."""

import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from uuid import UUID

import pytest
from sqlmodel import col, select

from overskill.clients.builders import BuilderName, FakeBuilder
from overskill.clients.bundler import Asset, BuildFailed, Bundle, Diagnostic
from overskill.clients.objects import FakeObjectStore
from overskill.container import Container
from overskill.db import transaction
from overskill.errors import OverskillError, Unavailable
from overskill.models import BuildAttempt, Deployment
from overskill.services.apps.env_vars import variables_file
from overskill.services.builds import (
    CACHED,
    BuildCache,
    BuilderPolicy,
    Builds,
    Built,
    Experiment,
    build_files,
    inputs,
    keeping,
)
from overskill.services.builds import build as building
from overskill.services.builds.cache import KEPT_FOR
from tests.factories import make_app, make_user

LOCAL, LAMBDA = BuilderName.LOCAL, BuilderName.LAMBDA
FILES = {"src/App.tsx": "export default () => null;"}
APP_ID = UUID("6f1c0000-0000-4000-8000-000000000001")
DOWN = Unavailable("The function does not answer.")
BROKEN = BuildFailed.of((Diagnostic("src/App.tsx", "Unexpected token", 1),))


@pytest.fixture
def deployment_id(services: Container) -> UUID:
    with transaction() as session:
        app = make_app(session, make_user(session), versions=1)
        row = Deployment(app_id=app.id, user_id=app.creator_id, version=1)
        session.add(row)
        session.flush()
        return row.id


@pytest.fixture
def builders() -> dict[BuilderName, FakeBuilder]:
    return {name: FakeBuilder(name) for name in BuilderName}


@pytest.fixture
def builds(services: Container, builders: dict[BuilderName, FakeBuilder]) -> Builds:
    return Builds(builders, BuilderPolicy(LAMBDA, (LOCAL,)), BuildCache(services.objects, services.redis))


@pytest.fixture
def told() -> list[str]:
    return []


Build = Callable[..., Built]


@pytest.fixture
def build(deployment_id: UUID, builds: Builds, told: list[str]) -> Build:
    def run(files: dict[str, str] = FILES, using: Builds = builds) -> Built:
        return build_files(
            files,
            app_id=APP_ID,
            deployment_id=deployment_id,
            environment="production",
            builds=using,
            tell=told.append,
        )

    return run


def attempts() -> list[BuildAttempt]:
    with transaction() as session:
        return list(session.exec(select(BuildAttempt).order_by(col(BuildAttempt.created_at))))


def test_the_first_builder_that_works_is_the_only_one_asked(build: Build, told: list[str]) -> None:
    assert build().builder == "lambda"
    row, *others = attempts()
    assert (row.builder, row.succeeded, row.is_fallback, row.error) == ("lambda", True, False, "")
    assert not others
    assert not told


def test_a_builder_is_told_whose_files_it_builds(build: Build, builders: dict[BuilderName, FakeBuilder]) -> None:
    build()
    assert [request.app_id for builder in builders.values() for request in builder.requests] == [APP_ID]


def test_a_builder_that_fails_hands_on_to_the_next(
    build: Build, builders: dict[BuilderName, FakeBuilder], told: list[str]
) -> None:
    builders[LAMBDA].errors.append(DOWN)
    assert build().builder == "local"
    assert [(row.builder, row.succeeded, row.is_fallback) for row in attempts()] == [
        ("lambda", False, False),
        ("local", True, True),
    ]
    assert told == ["AWS Lambda could not build it: The function does not answer. Trying this machine"]


def test_an_app_that_does_not_compile_is_not_tried_elsewhere(
    build: Build, builders: dict[BuilderName, FakeBuilder]
) -> None:
    builders[LAMBDA].errors.append(BROKEN)
    with pytest.raises(BuildFailed, match="Unexpected token"):
        build()
    assert not builders[LOCAL].requests
    assert [(row.succeeded, bool(row.error)) for row in attempts()] == [(True, True)]


def test_when_no_builder_is_left_the_last_ones_sentence_is_told(
    build: Build, builders: dict[BuilderName, FakeBuilder]
) -> None:
    builders[LAMBDA].errors.append(DOWN)
    builders[LOCAL].errors.append(Unavailable("Too many builds are waiting."))
    with pytest.raises(OverskillError, match="Too many builds are waiting"):
        build()
    assert [row.succeeded for row in attempts()] == [False, False]


def test_a_try_of_an_experiment_is_marked_and_its_fallback_is_not(
    build: Build, builds: Builds, builders: dict[BuilderName, FakeBuilder]
) -> None:
    builders[LAMBDA].errors.append(DOWN)
    assert build(using=replace(builds, policy=BuilderPolicy(experiment=Experiment(LAMBDA, 100)))).builder == "local"
    assert [(row.is_experiment, row.is_fallback) for row in attempts()] == [(True, False), (False, True)]


def test_what_a_try_costs_is_on_its_row(build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(building, "cost_micro", lambda name, _seconds: {LAMBDA: 42}[name])
    build()
    assert attempts()[0].cost_micro == 42


def test_the_same_files_are_built_once(build: Build, builders: dict[BuilderName, FakeBuilder]) -> None:
    first, again = build(), build(dict(FILES))
    assert again.builder == CACHED
    assert again.bundle.assets == first.bundle.assets
    assert len(builders[LAMBDA].requests) == len(attempts()) == 1


@pytest.mark.parametrize(
    "files", [{"src/App.tsx": "export default () => 1;"}, {"src/app.tsx": FILES["src/App.tsx"]}, {**FILES, "a": ""}]
)
def test_other_files_are_built_anew(build: Build, files: dict[str, str]) -> None:
    build()
    assert build(files).builder == "lambda"


@pytest.mark.parametrize("name", ["bundler_version", "lock_hash"])
def test_another_release_of_the_bundler_or_of_the_packages_builds_anew(
    build: Build, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    build()
    monkeypatch.setattr(inputs, name, lambda: "another")
    assert build().builder == "lambda"


def test_one_build_does_for_all_environments_and_no_builder_learns_a_value(
    build: Build, builders: dict[BuilderName, FakeBuilder]
) -> None:
    staging = variables_file({"VITE_API": "https://staging.example.com", "VITE_NAME": "a=b"})
    production = variables_file({"VITE_NAME": "c", "VITE_API": "https://example.com"})
    assert [build({**FILES, **staging}).builder, build({**FILES, **production}).builder] == ["lambda", CACHED]
    assert builders[LAMBDA].requests[0].files[".env"] == 'VITE_API=""\nVITE_NAME=""\n'


def test_a_build_whose_bytes_are_gone_is_made_again(build: Build, services: Container) -> None:
    build()
    assert isinstance(services.objects, FakeObjectStore)
    services.objects.objects.clear()
    assert build().builder == "lambda"


def test_a_store_that_takes_nothing_does_not_fail_a_build(
    build: Build, services: Container, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(services.objects, "put", full)
    assert [build().builder, build().builder] == ["lambda", "lambda"]


def test_what_a_turn_built_to_try_it_is_not_built_again(
    build: Build, builds: Builds, builders: dict[BuilderName, FakeBuilder]
) -> None:
    def tried(files: Mapping[str, str], *, app_id: UUID | None = None) -> Bundle:
        return Bundle({"/index.html": Asset(files[".env"].encode(), "text/html")}, size=1, milliseconds=1)

    keeping(tried, builds.cache)({**FILES, **variables_file({"VITE_API": "https://preview.example.com"})})
    built = build({**FILES, **variables_file({"VITE_API": "https://example.com"})})
    assert built.builder == CACHED
    assert built.bundle.assets["/index.html"].content == b'VITE_API=""\n'
    assert not builders[LAMBDA].requests


def kept(cache: BuildCache, *keys: str) -> list[str]:
    return [key for key in keys if cache.find(key) is not None]


def bundle(size: int) -> Bundle:
    return Bundle({"/index.html": Asset(bytes(size), "text/html")}, size=size, milliseconds=1)


def test_what_nobody_used_for_long_is_forgotten(builds: Builds, services: Container) -> None:
    cache, long_ago = builds.cache, time.time() - KEPT_FOR.total_seconds() - 60
    cache.keep("aa", bundle(1))
    cache.keep("bb", bundle(1))
    services.redis.zadd("builds:used", {"aa": long_ago})
    assert cache.prune() == 1
    assert kept(cache, "aa", "bb") == ["bb"]
    assert isinstance(services.objects, FakeObjectStore)
    assert list(services.objects.objects) == ["builds/bb/bb.zip"]


def test_beyond_the_limit_the_one_used_longest_ago_goes_first(builds: Builds, services: Container) -> None:
    cache = builds.cache
    for place, key in enumerate(("aa", "bb", "cc")):
        cache.keep(key, bundle(10_000))
        services.redis.zadd("builds:used", {key: time.time() - 100 + place})
    assert cache.find("aa") is not None  # used just now
    assert cache.prune(most_bytes=25_000) == 1
    assert kept(cache, "aa", "bb", "cc") == ["aa", "cc"]


def test_a_deployment_that_is_gone_takes_its_tries_along(build: Build, deployment_id: UUID) -> None:
    build()
    with transaction() as session:
        session.delete(session.get_one(Deployment, deployment_id))
    assert attempts() == []
