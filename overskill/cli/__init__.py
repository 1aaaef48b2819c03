"""The commands. Each module here is one noun; each command is thin: settings in, one thing done, result shown.

Modules of commands import only typer; what a command runs is imported when it runs, so that help is fast.
"""

import sys

import typer

from overskill.cli import apps, billing, cloudflare, instance, market, parts, replays
from overskill.cli.failures import OneSentence

app = typer.Typer(
    cls=OneSentence,
    help="Describe an app in a chat; watch it being written, use it, publish it.",
    epilog="Begin with:  ./run up",
    invoke_without_command=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for module in (instance, apps, replays, billing, market, cloudflare, parts):
    module.register(app)


@app.callback()
def show_help(context: typer.Context) -> None:
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


def main() -> None:
    is_installed = not sys.argv[0].endswith("__main__.py")
    app(prog_name="overskill" if is_installed else "./run")
