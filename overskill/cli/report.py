"""Results on stdout: a few lines or a table for people, one JSON object for programs."""

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from overskill.container import Container
    from overskill.embedded.checkup import Finding

_NO_TERMINAL = 200  # columns
_COLOURS = {"embedded": "green", "configured": "green", "unreachable": "bold red", "off": "dim"}


def show_app(services: "Container", slug: str, *, as_json: bool) -> None:
    """The app as it is now, and where to see it."""
    from overskill.db import transaction
    from overskill.models import DeploymentEnvironment
    from overskill.services.accounts.owner import find_owner
    from overskill.services.apps import app_to_read, read_files
    from overskill.services.deployments import live_deployment

    with transaction() as session:
        app = app_to_read(session, find_owner(session).id, slug)
        live = {place.value: live_deployment(session, app.id, place) for place in DeploymentEnvironment}
        places = {name: {"version": row.version, "url": f"{row.url.rstrip('/')}/"} for name, row in live.items() if row}
        nothing = {"version": 0, "url": ""}
        shown = places.get("production", nothing)
        facts = {
            "slug": app.slug,
            "name": app.name,
            "version": app.current_version,
            "files": sorted(read_files(session, app.id)),
            "preview_url": f"{services.settings.preview_address(app.preview_key)}/",
            "url": shown["url"],
            "live_version": shown["version"],
            "environments": places,
            "studio_url": f"{services.settings.site_url}/studio/{app.slug}",
        }
    if as_json:
        typer.echo(json.dumps(facts))
        return
    typer.echo(f"{facts['name']} is at version {facts['version']}.")
    typer.echo(f"  Studio   {facts['studio_url']}")
    typer.echo(f"  Preview  {facts['preview_url']}")
    if "staging" in places:
        typer.echo(f"  Staging  {places['staging']['url']} (version {places['staging']['version']})")
    typer.echo(f"  Live     {facts['url'] or f'not published yet: ./run publish {slug}'}")


def show_apps(*, as_json: bool) -> None:
    from overskill.db import transaction
    from overskill.services.accounts.owner import find_owner
    from overskill.services.apps import list_apps

    with transaction() as session:
        apps = list_apps(session, find_owner(session).id)
    if as_json:
        keys = ("slug", "name", "version", "is_live", "live_url", "is_working")
        typer.echo(json.dumps({"apps": [{key: getattr(app, key) for key in keys} for app in apps]}))
        return
    if not apps:
        typer.echo('You have no apps yet. Make one:  ./run new "a habit tracker with streaks"')
        return
    table = _table("App", "Version", "Live", "Changed")
    for app in apps:
        name = Text.assemble((app.slug, "bold"), f"  {app.name}")
        changed = app.changed_at.astimezone().strftime("%Y-%m-%d %H:%M")
        table.add_row(name, str(app.version), app.live_url or "–", "now …" if app.is_working else changed)
    _print(table)


def show_findings(findings: "Sequence[Finding]", *, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps({"ok": not any(f.is_bad for f in findings), "parts": [asdict(f) for f in findings]}))
        return
    table = _table("Part", "State", "Detail", "Setting")
    for finding in findings:
        state = Text(finding.state, style=_COLOURS[finding.state])
        table.add_row(finding.name, state, Text(finding.detail), Text(", ".join(finding.settings)))
    _print(table)


def _print(table: Table) -> None:
    """As wide as the terminal; into a pipe or a file, as wide as it needs to be."""
    width = None if sys.stdout.isatty() else _NO_TERMINAL
    Console(width=width).print(table)


def _table(*columns: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 3, 0, 0))
    for column in columns:
        table.add_column(column, overflow="fold")
    return table
