"""One command for each part that `up` starts, to run them on machines of their own."""

from typing import TYPE_CHECKING, Annotated

import typer

from overskill.cli.settings import load_settings

if TYPE_CHECKING:
    from overskill.config import Settings

_PANEL = "Run one part of it"


def register(app: typer.Typer) -> None:
    app.command("web", rich_help_panel=_PANEL, epilog="Example:  ./run web")(web)
    app.command(
        "worker", rich_help_panel=_PANEL, epilog="Example:  ./run worker --queues generate --queues deploy,default,low"
    )(worker)
    app.command("bundler", rich_help_panel=_PANEL, epilog="Example:  ./run bundler")(bundler)
    app.command("edge", rich_help_panel=_PANEL, epilog="Example:  ./run edge")(edge)
    app.command("schedule", rich_help_panel=_PANEL, epilog="Example:  ./run schedule")(schedule)


def _begin() -> "Settings":
    """A part is a process that lasts: it logs."""
    from overskill import logs

    settings = load_settings()
    logs.configure(settings)
    return settings


def web() -> None:
    """Serve the site: pages, websocket and routes on one port."""
    from overskill.web import run

    run(_begin())


def worker(
    queues: Annotated[
        list[str] | None,
        typer.Option(
            help="Queues of one worker, the first ones first; repeat it for more workers.", show_default=False
        ),
    ] = None,
    *,
    with_schedule: Annotated[bool, typer.Option("--with-schedule", help="Also do what `schedule` does.")] = False,
) -> None:
    """Run jobs: turns of the chat, publishes, and what else takes time. By default one worker takes all queues."""
    from functools import partial

    from overskill import crew, worker
    from overskill.clients.jobs import QUEUES
    from overskill.jobs import schedule

    settings = _begin()
    wanted = [[name.strip() for name in names.split(",")] for names in queues or [",".join(QUEUES)]]
    if unknown := {name for names in wanted for name in names} - set(QUEUES):
        raise typer.BadParameter(f"{', '.join(sorted(unknown))}: there are only {', '.join(QUEUES)}.")
    members: list[crew.Member] = [partial(worker.run, settings, names) for names in wanted]
    if with_schedule:
        members.append(partial(schedule.run, settings))
    if len(members) == 1:
        members[0]()
    else:
        crew.run(members)


def bundler() -> None:
    """Compile apps and serve their live previews."""
    from overskill.bundler.launcher import run

    run(_begin())


def edge() -> None:
    """Serve published apps."""
    from overskill.edge.launcher import run

    run(_begin())


def schedule() -> None:
    """Do what happens on its own: put back lost work, clean up. Run exactly one."""
    from overskill.jobs.schedule import run

    run(_begin())
