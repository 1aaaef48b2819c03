"""`overskill web`: the built front end, the websocket and the routes, served by one process on one port."""

import gc
import importlib
import os

from sqlalchemy.orm import configure_mappers

from overskill.config import Settings
from overskill.embedded import frontend, site_files
from overskill.embedded.places import PROJECT, Home

_APP = "overskill.overskill"
_PRELOADED = (_APP, "anyio._backends._asyncio")  # the latter would be loaded by the first request, while all wait
# Reflex would otherwise rebuild the front end at each start. The first two names are internal: reflex is pinned.
_REFLEX = {
    "__REFLEX_MOUNT_FRONTEND_COMPILED_APP": "true",
    "__REFLEX_SKIP_COMPILE": "true",
    "REFLEX_ENV_MODE": "prod",
    # A connection that only looks open, as after a sleep, is given up after forty seconds, like our own websockets.
    "REFLEX_SOCKET_INTERVAL": "15s",
    "REFLEX_SOCKET_TIMEOUT": "25s",
}
_AS_EVERYTHING_ELSE = {"version": 1, "loggers": {"_granian": {"handlers": [], "propagate": True, "level": "INFO"}}}
_STOP_SECONDS = 2  # then a worker that still serves is killed; browsers reconnect by themselves


def run(settings: Settings) -> None:
    """Serve until SIGTERM or SIGINT."""
    os.chdir(PROJECT)  # where Reflex looks for rxconfig.py and .web
    home = Home.of(settings).create()
    frontend.build_if_changed(home)
    os.environ.update(_REFLEX)
    from granian import Granian
    from granian.constants import Interfaces
    from reflex.utils.prerequisites import get_web_dir
    from reflex_base.constants import Dirs

    site_files.keep(get_web_dir() / Dirs.STATIC / "assets", home.site_files)

    preload()
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


def preload() -> None:
    """Before the worker is forked: one that is killed is back without any of this, and no visit waits for it."""
    gc.disable()  # what is loaded stays; looking through it again and again is a tenth of loading it
    for name in _PRELOADED:
        importlib.import_module(name)
    configure_mappers()
    gc.freeze()  # else collecting garbage stops the site for as long as it takes to look at all that was loaded
    gc.enable()
