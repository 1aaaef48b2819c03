"""`overskill web`: the built front end, the websocket and the routes, served by one process on one port."""

import importlib
import os

from overskill.config import Settings
from overskill.embedded import frontend
from overskill.embedded.places import PROJECT, Home

_APP = "overskill.overskill"
# Reflex would otherwise rebuild the front end at each start. The first two names are internal: reflex is pinned.
_REFLEX = {
    "__REFLEX_MOUNT_FRONTEND_COMPILED_APP": "true",
    "__REFLEX_SKIP_COMPILE": "true",
    "REFLEX_ENV_MODE": "prod",
}
_AS_EVERYTHING_ELSE = {"version": 1, "loggers": {"_granian": {"handlers": [], "propagate": True, "level": "INFO"}}}
_STOP_SECONDS = 2  # then a worker that still serves is killed; browsers reconnect by themselves


def run(settings: Settings) -> None:
    """Serve until SIGTERM or SIGINT."""
    os.chdir(PROJECT)  # where Reflex looks for rxconfig.py and .web
    frontend.build_if_changed(Home.of(settings).create())
    os.environ.update(_REFLEX)
    from granian import Granian
    from granian.constants import Interfaces

    importlib.import_module(_APP)  # before the worker is forked: one that is killed is back without importing again
    Granian(
        f"{_APP}:app",
        address=settings.host,
        port=settings.web_port,
        interface=Interfaces.ASGI,
        factory=True,
        workers=1,  # more would need Reflex's state in Redis
        respawn_failed_workers=True,
        respawn_interval=0.1,
        workers_kill_timeout=_STOP_SECONDS,
        log_access=False,
        log_dictconfig=_AS_EVERYTHING_ELSE,
    ).serve()
