"""The database and the queue: the configured ones, or our own."""

import psycopg

from overskill.config import Settings
from overskill.embedded.places import Home
from overskill.embedded.postgres import Postgres
from overskill.embedded.valkey import Valkey
from overskill.errors import Unavailable

_PATIENCE_SECONDS = 5


class Servers:
    def __init__(self, settings: Settings, home: Home) -> None:
        self.database_url = settings.database_url.get_secret_value()
        self.redis_url = settings.redis_url.get_secret_value()
        self._postgres = None if self.database_url else Postgres(home.root / "postgres", home.log("postgres"))
        self._valkey = None if self.redis_url else Valkey(home.root / "valkey", home.log("valkey"))

    def start_database(self) -> None:
        """Raises Unavailable when it does not start, or the configured one does not answer."""
        if self._postgres:
            self.database_url = self._postgres.start()
            return
        try:
            psycopg.connect(self.database_url, connect_timeout=_PATIENCE_SECONDS).close()
        except psycopg.Error as error:
            raise Unavailable(f"The database that DATABASE_URL names does not answer: {_first_line(error)}") from error

    def start_redis(self) -> None:
        """Raises Unavailable when it does not start, or the configured one does not answer."""
        if self._valkey:
            self.redis_url = self._valkey.start()
            return
        from redis import Redis, RedisError

        try:
            with Redis.from_url(self.redis_url, socket_connect_timeout=_PATIENCE_SECONDS) as client:
                client.ping()
        except (RedisError, ValueError) as error:
            raise Unavailable(f"The queue that REDIS_URL names does not answer: {_first_line(error)}") from error

    def is_running(self) -> bool:
        """Whether a server of ours runs already."""
        return any(server.is_running() for server in (self._postgres, self._valkey) if server)

    def stop(self) -> None:
        """Stop our own, also one that an earlier start left running."""
        for server in (self._valkey, self._postgres):
            if server:
                server.stop()


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0]
