from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from overskill.embedded.postgres import Postgres
from overskill.embedded.valkey import Valkey


@pytest.fixture
def next_postgres(tmp_path: Path) -> Iterator[Callable[[], Postgres]]:
    """What each start of the product sees: the same folder, another process. All are stopped afterwards."""
    servers: list[Postgres] = []

    def begin() -> Postgres:
        servers.append(Postgres(tmp_path / "postgres", tmp_path / "postgres.log"))
        return servers[-1]

    yield begin
    for server in servers:
        server.stop()


@pytest.fixture
def own_postgres(next_postgres: Callable[[], Postgres]) -> Postgres:
    return next_postgres()


@pytest.fixture
def next_valkey(tmp_path: Path) -> Iterator[Callable[[], Valkey]]:
    servers: list[Valkey] = []

    def begin() -> Valkey:
        servers.append(Valkey(tmp_path / "valkey", tmp_path / "valkey.log"))
        return servers[-1]

    yield begin
    for server in servers:
        server.stop()


@pytest.fixture
def own_valkey(next_valkey: Callable[[], Valkey]) -> Valkey:
    return next_valkey()
