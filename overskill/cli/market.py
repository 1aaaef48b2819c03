"""Commands about the marketplace."""

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from overskill.config import Settings


def register(app: typer.Typer) -> None:
    app.command("seed", rich_help_panel="Run OverSkill", epilog="Example:  ./run seed --listings 1000")(seed)


def seed(
    *,
    listings: Annotated[int, typer.Option("--listings", min=1, max=1_000_000, help="How many to make.")] = 1000,
    number: Annotated[int, typer.Option("--number", help="Another number makes another marketplace.")] = 1,
    clear: Annotated[bool, typer.Option("--clear", help="Take the samples away instead.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Also where people really buy and sell.")] = False,
) -> None:
    """Fill the marketplace with samples: creators, listings, and a year of visits, sales and reviews."""
    from overskill.cli.connection import connected
    from overskill.errors import Conflict
    from overskill.services.market.explore import forget_first_page

    with connected() as (services, _):
        if services.settings.is_production and not (yes or clear):
            raise Conflict("This instance is in production: everybody would see samples. If you mean it, add --yes.")
        rows = _take_away() if clear else _make(listings, number, services.settings)
        forget_first_page(services.redis)
    typer.echo("Taken away:" if clear else "Made:")
    for table, count in rows.items():
        typer.echo(f"{count:>12,}  {table.replace('_', ' ')}")


def _make(listings: int, number: int, settings: "Settings") -> dict[str, int]:
    from sqlalchemy import text

    from overskill import db
    from overskill.models.base import utc_now
    from overskill.services.market.seeding import seed

    def tell(count: int) -> None:
        typer.echo(f"{count:,} of {listings:,} listings", err=True)

    with db.transaction() as session:
        rows = seed(
            session,
            listings,
            number=number,
            currency=settings.market_currency,
            fee=settings.market_fee,
            now=utc_now(),
            tell=tell,
        )
    with db.engine().execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        connection.execute(text("vacuum analyze"))  # or the first searches would plan for an empty marketplace
    return rows


def _take_away() -> dict[str, int]:
    from overskill import db
    from overskill.services.market.seeding import clear

    with db.transaction() as session:
        return clear(session)
