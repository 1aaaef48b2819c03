"""Commands about what models said: a turn once more, and how streams end with today's code."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer

if TYPE_CHECKING:
    from overskill.services.generation.evals import Result
    from overskill.services.generation.replaying import Replayed

_PANEL = "Look into turns"
_WIDTH = 46

Json = Annotated[bool, typer.Option("--json", help="Print one JSON object; progress goes to stderr.")]


def register(app: typer.Typer) -> None:
    app.command("replay", rich_help_panel=_PANEL, epilog="Example:  ./run replay 0b6f1c2e-…")(replay)
    app.command("evals", rich_help_panel=_PANEL, epilog="Example:  ./run evals tests/data/streams")(evals)


def replay(
    turn: Annotated[UUID, typer.Argument(help="The turn's id, as logs and ./run say --json name it.")],
    *,
    save: Annotated[Path | None, typer.Option("--save", help="Write the recording to a file, for evals.")] = None,
    as_json: Json = False,
) -> None:
    """Run what a model said in a turn through today's code, without asking any, and show which files differ."""
    from overskill.cli.connection import connected
    from overskill.db import transaction
    from overskill.embedded.parts import Role
    from overskill.services.generation.recording import read_recording
    from overskill.services.generation.replaying import replay as run

    with connected({Role.BUNDLER}) as (services, _):
        with transaction() as session:
            recording = read_recording(session, turn, services.objects)
        if save is not None:
            save.write_bytes(recording.encode())
            typer.echo(f"Saved to {save}.", err=True)
        replayed = run(recording, services.bundler, key=f"replay-{turn.hex[:12]}", shelf=services.shelf)
    typer.echo(json.dumps(_facts(replayed)) if as_json else _words(replayed))
    if replayed.differing:
        raise typer.Exit(1)


def _facts(replayed: "Replayed") -> dict[str, object]:
    return {
        "files": len(replayed.files),
        "differing": list(replayed.differing),
        "free_repairs": replayed.free_repairs,
        "error": replayed.error,
    }


def _words(replayed: "Replayed") -> str:
    lines = [f"It ended with: {replayed.error}"] if replayed.error else []
    if not replayed.differing:
        lines.append(f"The same bytes: {len(replayed.files)} files.")
        return "\n".join(lines)
    lines.append(f"{len(replayed.differing)} of {len(replayed.files)} files differ from what the turn made:")
    lines += [f"  {path}{'' if path in replayed.files else '  (gone)'}" for path in replayed.differing]
    return "\n".join(lines)


def evals(
    folder: Annotated[Path, typer.Argument(help="A folder of streams: .toml or .json.br files.")],
    *,
    only: Annotated[str, typer.Option("--only", help="Only those whose name holds this.")] = "",
    as_json: Json = False,
) -> None:
    """Run a folder of recorded streams as turns, in memory, and print how many pass each check."""
    from overskill.cli.connection import connected
    from overskill.embedded.parts import Role
    from overskill.services.generation.evals import pass_rates, run_stream
    from overskill.services.generation.streams import find_streams, read_stream

    paths = [path for path in find_streams(folder) if only in path.name]
    results = []
    with connected({Role.BUNDLER}) as (services, stop):
        for path in paths:
            if stop.is_made:
                break
            results.append(run_stream(read_stream(path), services.bundler, services.checker))
            typer.echo(_line(results[-1]), err=as_json)
    rates = pass_rates(results)
    if as_json:
        found = {rate.check: [rate.passed, rate.looked_at] for rate in rates if rate.looked_at}
        typer.echo(json.dumps({"rates": found, "streams": [_facts_of(result) for result in results]}))
    else:
        typer.echo("")
        for rate in rates:
            typer.echo(f"{rate.check:<18}{rate.passed:>4} of {rate.looked_at}")
    if not all(result.is_as_expected for result in results):
        raise typer.Exit(1)


def _facts_of(result: "Result") -> dict[str, object]:
    return {
        "name": result.stream.name,
        "expected": result.stream.expect,
        "end": result.outcome.end.value,
        "kept": result.is_kept,
        "as_expected": result.is_as_expected,
    }


def _line(result: "Result") -> str:
    mark = "ok " if result.is_as_expected else "BAD"
    kept = "kept" if result.is_kept else "last version stays"
    extra = f", {result.free_repairs} free repairs" if result.free_repairs else ""
    extra += f", {result.outcome.repairs} by the model" if result.outcome.repairs else ""
    return f"{mark} {result.stream.name:<{_WIDTH}} {result.outcome.end:<8} {kept}{extra}, {result.seconds:.1f} s"
