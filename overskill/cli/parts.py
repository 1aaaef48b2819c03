"""One command for each part that `up` starts, to run them on machines of their own."""

from typing import Annotated

import typer

from overskill.cli.settings import load_settings

_PANEL = "Run one part of it"


def register(app: typer.Typer) -> None:
    app.command("web", rich_help_panel=_PANEL, epilog="Example:  ./run web")(web)
    app.command("worker", rich_help_panel=_PANEL, epilog="Example:  ./run worker --queues generate")(worker)
    app.command("bundler", rich_help_panel=_PANEL, epilog="Example:  ./run bundler")(bundler)
    app.command("edge", rich_help_panel=_PANEL, epilog="Example:  ./run edge")(edge)
    app.command("schedule", rich_help_panel=_PANEL, epilog="Example:  ./run schedule")(schedule)


def web() -> None:
    """Serve the site: pages, websocket and routes on one port."""
    from overskill.web import run

    run(load_settings())


def worker(
    queues: Annotated[str, typer.Option(help="Queues to take jobs from, the first ones first.")] = (
        "generate,deploy,default,low"
    ),
) -> None:
    """Run jobs: turns of the chat, publishes, and what else takes time."""
    from overskill.worker import run

    run(load_settings(), [name.strip() for name in queues.split(",") if name.strip()])


def bundler() -> None:
    """Compile apps and serve their live previews."""
    from overskill.bundler.launcher import run

    run(load_settings())


def edge() -> None:
    """Serve published apps."""
    from overskill.edge.launcher import run

    run(load_settings())


def schedule() -> None:
    """Do what happens on its own: put back lost work, clean up. Run exactly one."""
    from overskill.jobs.schedule import run

    run(load_settings())
