"""Commands about credits: what somebody has, and giving them more."""

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Annotated

import typer

from overskill.errors import InvalidInput, NotFound

if TYPE_CHECKING:
    from sqlmodel import Session

    from overskill.models import User

_MOST_AT_ONCE = 1_000_000

Email = Annotated[str, typer.Argument(help="Whose own team it is about.", show_default=False)]


def register(app: typer.Typer) -> None:
    group = typer.Typer(no_args_is_help=True)
    group.command("show", epilog="Example:  ./run credits show ada@example.com")(show)
    group.command("grant", epilog='Example:  ./run credits grant ada@example.com 500 --reason "Thank you"')(grant)
    app.add_typer(
        group,
        name="credits",
        help="Show somebody's credits, or give them more.",
        epilog="Example:  ./run credits show ada@example.com",
        rich_help_panel="Run OverSkill",
    )


def show(email: Email) -> None:
    """What is left of somebody's credits, and what was used this month."""
    from overskill.cli.connection import connected
    from overskill.db import transaction
    from overskill.services.apps import own_team
    from overskill.services.billing.amounts import Tariff, credit_figure
    from overskill.services.billing.credit_ledger import balance

    with connected() as (services, _), transaction() as session:
        tariff = Tariff.of(services.settings)
        has = balance(session, own_team(session, _account(session, email).id), tariff)
    budget = "no limit" if has.monthly_budget is None else credit_figure(has.monthly_budget)
    typer.echo(f"Free, today      {credit_figure(has.daily)} of {credit_figure(tariff.daily)}")
    typer.echo(f"Bought or given  {credit_figure(has.bought)}")
    typer.echo(f"Used this month  {credit_figure(has.used_this_month)} (budget: {budget})")


def grant(
    email: Email,
    amount: Annotated[
        str, typer.Argument(help="How many credits. After --, one below zero takes them back.", show_default=False)
    ],
    reason: Annotated[str, typer.Option("--reason", help="Shown to them in their list.")] = "",
) -> None:
    """Give credits to somebody's own team. They stay until they are used."""
    from overskill.cli.connection import connected
    from overskill.db import transaction
    from overskill.services.accounts.audit import record
    from overskill.services.apps import own_team
    from overskill.services.billing import credit_ledger
    from overskill.services.billing.amounts import CREDIT, Tariff, credit_words

    wanted = _credits(amount)
    with connected() as (services, _), transaction() as session:
        user = _account(session, email)
        team_id = own_team(session, user.id)
        moved = credit_ledger.grant(session, team_id, wanted, reason=reason)
        details = {"reason": reason, "asked": wanted / CREDIT, "moved": moved / CREDIT}
        record(session, "credits.grant", None, subject=f"team:{team_id}", details=details)
        has = credit_ledger.balance(session, team_id, Tariff.of(services.settings))
    verb = "got" if moved >= 0 else "gave back"
    typer.echo(f"{user.email} {verb} {credit_words(abs(moved), places=3)}, and has {credit_words(has.total)} now.")


def _account(session: "Session", email: str) -> "User":
    from overskill.services.accounts.users import find_user

    user = find_user(session, email)
    if user is None:
        raise NotFound(f"Nobody here has the email {email}.")
    return user


def _credits(text: str) -> int:
    """In thousandths."""
    try:
        amount = Decimal(text)
    except InvalidOperation:
        raise InvalidInput(f"{text} is no number of credits. Try 500, or 0.5.") from None
    if not amount.is_finite() or not 0 < abs(amount) <= _MOST_AT_ONCE or amount != round(amount, 3):
        raise InvalidInput(f"Give between 0.001 and {_MOST_AT_ONCE:,} credits at once.")
    return int(amount * 1000)
