"""Commands about the Cloudflare account that serves published apps."""

from typing import TYPE_CHECKING, Annotated

import typer

from overskill.cli.settings import load_settings
from overskill.errors import InvalidInput

if TYPE_CHECKING:
    from overskill.config import Settings
    from overskill.embedded.checkup import Finding

_NAMES = ("OVERSKILL_EDGE", "CLOUDFLARE_ACCOUNT_ID", "CLOUDFLARE_API_TOKEN", "CLOUDFLARE_ZONE_ID")


def register(app: typer.Typer) -> None:
    group = typer.Typer(no_args_is_help=True)
    group.callback()(_stays_a_group)
    group.command("setup", epilog="Example:  ./run cloudflare setup")(setup)
    app.add_typer(
        group,
        name="cloudflare",
        help="Make what publishing needs in a Cloudflare account.",
        epilog="Example:  ./run cloudflare setup",
        rich_help_panel="Run OverSkill",
    )


def _stays_a_group() -> None:
    """A group of one command would become that command."""


def setup(
    *,
    with_domains: Annotated[
        bool,
        typer.Option("--with-domains", help="Take every host of the zone, so that creators can connect domains."),
    ] = False,
) -> None:
    """Make the namespaces, the dispatch worker, its routes and records; what is there already stays."""
    from overskill.clients.cloudflare.budget import ProcessCallBudget
    from overskill.clients.cloudflare.connect import connect
    from overskill.clients.cloudflare.installation import Installation
    from overskill.edge.configuration import EdgeOptions, dispatch_variables

    settings = load_settings()
    if settings.edge != "cloudflare":
        raise InvalidInput("Set OVERSKILL_EDGE=cloudflare first, with the account's settings: see .env.example.")
    api = connect(settings, ProcessCallBudget())
    variables = dispatch_variables(EdgeOptions.from_settings(settings))
    typer.echo(f"Cloudflare account {settings.cloudflare_account_id}:")
    Installation(settings, api, variables, typer.echo).run(with_domains=with_domains)
    typer.echo("Ready. What is published from now on is served by Cloudflare.")


def cloudflare_account(settings: "Settings") -> "Finding":
    """What `doctor` says: whether the token is accepted, and which rights it lacks."""
    from overskill.clients.cloudflare.budget import ProcessCallBudget
    from overskill.clients.cloudflare.connect import connect
    from overskill.clients.cloudflare.rights import check_token
    from overskill.embedded.checkup import Finding
    from overskill.errors import OverskillError

    if settings.edge != "cloudflare":
        return Finding("cloudflare", "off", "apps are served by this machine", _NAMES)
    try:
        check = check_token(connect(settings, ProcessCallBudget()), settings)
    except OverskillError as error:
        return Finding("cloudflare", "unreachable", error.message, _NAMES)
    if not check.is_accepted:
        return Finding("cloudflare", "unreachable", "the token is not accepted: make another one", _NAMES)
    if check.missing:
        lacks = "; ".join(f"{right.name} (to {right.purpose})" for right in check.missing)
        return Finding("cloudflare", "unreachable", f"the token lacks: {lacks}", _NAMES)
    return Finding("cloudflare", "configured", f"account {settings.cloudflare_account_id}", _NAMES)


def object_store(settings: "Settings") -> "Finding":
    from overskill.clients.s3_objects import S3ObjectStore
    from overskill.embedded.checkup import Finding
    from overskill.errors import OverskillError

    names = ("S3_BUCKET", "S3_ENDPOINT", "S3_REGION", "S3_ACCESS_KEY_ID", "S3_SECRET_ACCESS_KEY")
    if not settings.s3_bucket:
        folder = settings.home / "objects"
        return Finding("object store", "embedded", f"a folder: {folder}", ("OVERSKILL_HOME", "S3_BUCKET"))
    try:
        S3ObjectStore(settings).keys("doctor")
    except OverskillError as error:
        return Finding("object store", "unreachable", error.message, names)
    return Finding("object store", "configured", f"bucket {settings.s3_bucket}", names)
