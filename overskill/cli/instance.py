"""Commands about the instance: bring it up, look at its health, migrate, let the owner in."""

import time
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from overskill.cli.settings import load_settings

if TYPE_CHECKING:
    from overskill.config import Settings
    from overskill.embedded.instance import Instance

_PANEL = "Run OverSkill"
_LOOK_SECONDS = 0.1


def register(app: typer.Typer) -> None:
    app.command("up", rich_help_panel=_PANEL, epilog="Example:  ./run up")(up)
    app.command("doctor", rich_help_panel=_PANEL, epilog="Example:  ./run doctor")(doctor)
    app.command("owner-link", rich_help_panel=_PANEL, epilog="Example:  ./run owner-link")(owner_link)
    app.command("migrate", rich_help_panel=_PANEL, epilog="Example:  DATABASE_URL=postgresql://… ./run migrate")(
        migrate
    )
    app.command("test", rich_help_panel=_PANEL, epilog="Example:  ./run test tests/cli -k doctor")(test)


def up() -> None:
    """Start everything on this machine; Ctrl-C stops it again."""
    from overskill.embedded.instance import announced
    from overskill.embedded.machine import machine
    from overskill.embedded.parts import EVERYTHING
    from overskill.embedded.steps import Steps
    from overskill.embedded.stopping import stop_signals

    began = time.monotonic()
    settings = load_settings()
    links: list[str] = []
    with stop_signals() as stop:
        with (
            machine(
                settings,
                EVERYTHING,
                purpose="OverSkill (./run up)",
                steps=Steps(typer.echo),
                stop=stop,
                meanwhile=lambda instance: links.append(_owner_link(settings, instance.database_url)),
            ) as instance,
            announced(settings, instance),
        ):
            _welcome(settings, instance, links[0], seconds=time.monotonic() - began)
            while not stop.is_made:
                time.sleep(_LOOK_SECONDS)
            typer.echo("\nStopping …")
        typer.echo("Stopped.")


def _welcome(settings: "Settings", instance: "Instance", link: str, *, seconds: float) -> None:
    lines = [
        "",
        f"OverSkill is up ({seconds:.1f} s).",
        "",
        f"  Open      {instance.site_url}",
        f"  Sign in   {link}  (once, as the owner)",
    ]
    if not settings.has_model:
        lines.append("  Apps are written by recipes: no model is configured (OPENROUTER_API_KEY, or AI_BASE_URL).")
    typer.echo("\n".join([*lines, "", f"Logs are in {settings.home / 'logs'}. Press Ctrl-C to stop."]))


def _owner_link(settings: "Settings", database_url: str) -> str:
    from overskill import db
    from overskill.services.accounts.owner import owner_sign_in_link

    engine = db.connect(database_url, pool_size=1)
    db.use(engine)
    try:
        with db.transaction() as session:
            return owner_sign_in_link(session, site_url=settings.site_url)
    finally:
        db.use(None)
        engine.dispose()


def owner_link() -> None:
    """Print a link that signs the owner in, once, within a day."""
    from overskill.cli.connection import reached

    with reached() as reach:
        typer.echo(_owner_link(reach.settings, reach.database_url))


def migrate() -> None:
    """Bring the database up to the newest migration (./run up does this itself)."""
    from overskill.embedded.migrations import migrate as run_migrations
    from overskill.embedded.places import Home
    from overskill.embedded.servers import Servers

    settings = load_settings()
    servers = Servers(settings, Home.of(settings).create())
    was_running = servers.is_running()
    servers.start_database()
    try:
        typer.echo(f"The database is at {run_migrations(servers.database_url)}.")
    finally:
        if not was_running:
            servers.stop()


def doctor(
    *, json: Annotated[bool, typer.Option("--json", help="One JSON object instead of a table.")] = False
) -> None:
    """List every part and outside service, its state, and the setting that changes it."""
    from overskill.checker.checkup import look_for_browser
    from overskill.cli.builders import builders
    from overskill.cli.cloudflare import cloudflare_account, object_store
    from overskill.cli.models import configured_models, servers_here
    from overskill.cli.payments import stripe_account
    from overskill.cli.report import show_findings
    from overskill.embedded.checkup import examine

    settings = load_settings()
    findings = examine(
        settings,
        partial(configured_models, settings),
        partial(servers_here, settings),
        partial(look_for_browser, settings),
        partial(cloudflare_account, settings),
        partial(object_store, settings),
        partial(builders, settings),
        partial(stripe_account, settings),
    )
    show_findings(findings, as_json=json)
    if any(finding.is_bad for finding in findings):
        raise typer.Exit(1)


def test() -> None:
    """Check the code: formatting, types, every test. `./run test` also installs what that needs."""
    typer.echo("Use ./run test in a checkout: it installs what the tests need first.", err=True)
    raise typer.Exit(2)
