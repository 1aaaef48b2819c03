"""Which sets of packages are forgotten, and which are not."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest

from overskill.clients.package_store import FakePackageStore, PackageSet
from overskill.db import transaction
from overskill.models import VersionCause
from overskill.services.apps.files import write_files
from overskill.services.apps.versions import save_version
from overskill.services.packages.forgetting import UNUSED_FOR, forget_unneeded_sets
from tests.factories import make_app, make_user

NOW = datetime(2026, 11, 22, tzinfo=UTC)
GLOBE, MAPS = {"globe-gl": "2.1.0"}, {"maps": "3.0.0"}


@pytest.fixture
def store(database: str) -> FakePackageStore:
    long_ago = NOW - UNUSED_FOR - timedelta(days=1)
    return FakePackageStore(sets=[PackageSet(wanted, (), long_ago) for wanted in (GLOBE, MAPS)])


def names(packages: Mapping[str, str]) -> dict[str, str | None]:
    return {"package.json": json.dumps({"dependencies": {"react": "^19.0.0", **packages}})}


def left(store: FakePackageStore) -> list[Mapping[str, str]]:
    return [one.wanted for one in store.sets]


def test_what_no_app_names_is_forgotten_after_a_month(store: FakePackageStore) -> None:
    with transaction() as session:
        write_files(session, make_app(session, make_user(session)).id, names(GLOBE))
    assert (forget_unneeded_sets(store, NOW), left(store)) == (1, [GLOBE])


def test_what_a_version_names_that_could_be_put_back_stays(store: FakePackageStore) -> None:
    with transaction() as session:
        app = make_app(session, make_user(session))
        for packages in (GLOBE, MAPS, {}):
            write_files(session, app.id, names(packages))
            save_version(session, app, note="", cause=VersionCause.EDIT)
    assert (forget_unneeded_sets(store, NOW), left(store)) == (0, [GLOBE, MAPS])


def test_what_was_used_lately_stays(store: FakePackageStore) -> None:
    store.used[frozenset(MAPS.items())] = NOW - timedelta(days=29)
    assert (forget_unneeded_sets(store, NOW), left(store)) == (1, [MAPS])
