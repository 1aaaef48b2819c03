"""How a command fails: one clear sentence and a non-zero status; only bugs show a traceback."""

import typer
from typer.core import TyperGroup

from overskill.errors import OverskillError

_FAILED = 1
_INTERRUPTED = 130  # as a shell reports Ctrl-C


class OneSentence(TyperGroup):
    def invoke(self, ctx: typer.Context) -> object:  # type: ignore[override]  # typer hands its own Context
        from overskill.embedded.stopping import Interrupted

        try:
            return super().invoke(ctx)
        except OverskillError as error:
            typer.echo(f"Error: {error.message}", err=True)
            raise typer.Exit(_FAILED) from error
        except Interrupted:
            typer.echo("Stopped.", err=True)
            raise typer.Exit(_INTERRUPTED) from None
