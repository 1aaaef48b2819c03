"""The database and the queue: the configured ones, or our own."""

from overskill.config import Settings
from overskill.embedded.places import Home
from overskill.embedded.postgres import Postgres
from overskill.embedded.valkey import Valkey


class Servers:
    def __init__(self, settings: Settings, home: Home) -> None:
        self.database_url = settings.database_url.get_secret_value()
        self.redis_url = settings.redis_url.get_secret_value()
        self._postgres = None if self.database_url else Postgres(home.root / "postgres", home.log("postgres"))
        self._valkey = None if self.redis_url else Valkey(home.root / "valkey", home.log("valkey"))

    def start_database(self) -> None:
        if self._postgres:
            self.database_url = self._postgres.start()

    def start_redis(self) -> None:
        if self._valkey:
            self.redis_url = self._valkey.start()

    def is_running(self) -> bool:
        """Whether a server of ours runs already."""
        return any(server.is_running() for server in (self._postgres, self._valkey) if server)

    def stop(self) -> None:
        """Stop our own, also one that an earlier start left running."""
        for server in (self._valkey, self._postgres):
            if server:
                server.stop()
