"""Commands about apps: make, change, publish, list, take along. They act as the owner."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

_PANEL = "Make apps"

Slug = Annotated[str, typer.Argument(help="The app's address, as ./run apps lists it.", show_default=False)]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object; progress goes to stderr.")]


class Place(StrEnum):
    PREVIEW = "preview"
    STAGING = "staging"
    PRODUCTION = "production"


Publish = Annotated[bool, typer.Option("--publish", help="Publish the app once it is written.")]


def register(app: typer.Typer) -> None:
    app.command("new", rich_help_panel=_PANEL, epilog='Example:  ./run new "a habit tracker with streaks" --publish')(
        new
    )
    app.command("say", rich_help_panel=_PANEL, epilog='Example:  ./run say habit-tracker "make it dark green"')(say)
    app.command(
        "publish",
        rich_help_panel=_PANEL,
        epilog="Example:  ./run publish habit-tracker --environment production --promote-from staging",
    )(publish)
    app.command("rollback", rich_help_panel=_PANEL, epilog="Example:  ./run rollback habit-tracker")(rollback)
    app.command("apps", rich_help_panel=_PANEL, epilog="Example:  ./run apps --json")(list_all)
    app.command("export", rich_help_panel=_PANEL, epilog="Example:  ./run export habit-tracker habits.zip")(export)


def new(
    prompt: Annotated[str, typer.Argument(help="What the app should do.", show_default=False)],
    *,
    publish: Publish = False,
    json: Json = False,
) -> None:
    """Write an app from a description."""
    from overskill.cli.connection import connected
    from overskill.cli.report import show_app
    from overskill.cli.work import follow_publish, follow_turn, needs, start_new

    with connected(needs(publish=publish)) as (services, stop):
        turn = start_new(services, prompt)
        follow_turn(services, turn, stop)
        if publish:
            follow_publish(services, turn.slug, stop)
        show_app(services, turn.slug, as_json=json)


def say(
    slug: Slug,
    message: Annotated[str, typer.Argument(help="What to change.", show_default=False)],
    *,
    publish: Publish = False,
    json: Json = False,
) -> None:
    """Send a message to an app's chat and wait until it is done."""
    from overskill.cli.connection import connected
    from overskill.cli.report import show_app
    from overskill.cli.work import follow_publish, follow_turn, needs, start_turn

    with connected(needs(publish=publish)) as (services, stop):
        follow_turn(services, start_turn(services, slug, message), stop)
        if publish:
            follow_publish(services, slug, stop)
        show_app(services, slug, as_json=json)


def publish(
    slug: Slug,
    *,
    environment: Annotated[Place, typer.Option(help="Where to.")] = Place.PRODUCTION,
    promote_from: Annotated[
        Place | None,
        typer.Option(help="Move what is live there, as it is: nothing is built again.", show_default=False),
    ] = None,
    json: Json = False,
) -> None:
    """Put an app's current version on the air, at its own address."""
    from overskill.cli.connection import connected
    from overskill.cli.report import show_app
    from overskill.cli.work import follow_publish, needs

    with connected(needs(publish=True)) as (services, stop):
        follow_publish(services, slug, stop, environment=environment, promote_from=promote_from)
        show_app(services, slug, as_json=json)


def rollback(slug: Slug, *, json: Json = False) -> None:
    """Put the publish before the live one back on the air, at once."""
    from overskill.cli.connection import connected
    from overskill.cli.report import show_app
    from overskill.cli.work import put_back

    with connected() as (services, _):
        put_back(services, slug)
        show_app(services, slug, as_json=json)


def list_all(*, json: Json = False) -> None:
    """List your apps."""
    from overskill.cli.connection import connected
    from overskill.cli.report import show_apps

    with connected():
        show_apps(as_json=json)


def export(
    slug: Slug,
    out: Annotated[Path, typer.Argument(help="The zip to write.", show_default=False)],
    *,
    json: Json = False,
) -> None:
    """Take an app along: a zip that runs with plain npm and Vite."""
    from overskill.cli.connection import connected
    from overskill.cli.report import show_app
    from overskill.cli.work import write_zip

    with connected() as (services, _):
        write_zip(slug, out)
        show_app(services, slug, as_json=json)
