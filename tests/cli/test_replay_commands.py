"""A recorded turn once more, and folders of streams, from the command line."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from overskill import db
from overskill.container import Container
from overskill.models import App, Generation
from overskill.services.generation import request_turn
from overskill.services.generation.recording import Recording, checksums, keep_recording
from overskill.services.generation.streams import read_stream
from overskill.starter import starter_files
from tests.cli.conftest import CommandLine
from tests.factories import make_app, make_user

STREAMS = Path(__file__).parents[1] / "data" / "streams"
ODD = "0b6f1c2e-0000-4000-8000-000000000000"
BAD = """
about = "It says that it works."
prompt = "a timer"
expect = "works"
[[answer]]
[[answer.part]]
say = "I can't do that."
"""


@pytest.fixture
def turn(services: Container) -> Generation:
    with db.transaction() as session:
        app = make_app(session, make_user(session), files=starter_files())
        return request_turn(session, session.get_one(App, app.id), app.creator_id, "a timer", intake=services.intake)


@pytest.fixture
def keep(services: Container, turn: Generation) -> Callable[..., None]:
    """Keep a recording of a turn that wrote what a stream writes, and whatever `result` says."""

    def put(**changed: str) -> None:
        stream = read_stream(STREAMS / "good-thoughts.toml")
        inputs = {"prompt": stream.prompt, "app_name": "Timer", "files": dict(stream.files), "history": []}
        inputs |= {"is_first": True, "brief": {}, "plan": [], "completed": []}
        calls = [dict(call) for call in stream.calls]
        phases = [{"phase": "write", "feedback": [], "is_again": False, "completed": [], "calls": calls}]
        assert stream.whole is not None
        (app,) = stream.whole["src/App.tsx"]
        result = checksums({**stream.files, "src/App.tsx": app} | changed)
        recording = Recording(inputs, phases, result)
        with db.transaction() as session:
            keep_recording(session, turn.id, recording, services.objects, days=1)

    return put


def test_a_turn_that_is_the_same_today_says_so(
    connected_run: CommandLine, turn: Generation, keep: Callable[..., None]
) -> None:
    keep()
    ran = connected_run("replay", str(turn.id))
    assert (ran.exit_code, ran.stdout) == (0, f"The same bytes: {len(starter_files())} files.\n")


def test_files_that_differ_today_are_named(
    connected_run: CommandLine, turn: Generation, keep: Callable[..., None]
) -> None:
    keep(**{"src/App.tsx": "other\n", "src/gone.ts": "gone\n"})
    ran = connected_run("replay", str(turn.id))
    assert ran.exit_code == 1
    assert "  src/App.tsx\n" in ran.stdout
    assert "  src/gone.ts  (gone)\n" in ran.stdout


def test_a_replay_prints_one_json_object(
    connected_run: CommandLine, turn: Generation, keep: Callable[..., None]
) -> None:
    keep(**{"src/App.tsx": "other\n"})
    told = json.loads(connected_run("replay", str(turn.id), "--json").stdout)
    assert told == {"files": len(starter_files()), "differing": ["src/App.tsx"], "free_repairs": 0, "error": ""}


def test_a_turn_that_was_never_recorded_says_so(connected_run: CommandLine) -> None:
    ran = connected_run("replay", ODD)
    assert (ran.exit_code, ran.stderr) == (
        1,
        "Error: There is no recording of that turn: it expired, or recordings are off.\n",
    )


def test_a_saved_recording_is_a_stream_for_evals(
    connected_run: CommandLine, turn: Generation, keep: Callable[..., None], tmp_path: Path
) -> None:
    keep()
    saved = connected_run("replay", str(turn.id), "--save", str(tmp_path / "timer.json.br"))
    assert saved.exit_code == 0
    ran = connected_run("evals", str(tmp_path))
    assert ran.exit_code == 0
    assert ran.stdout.startswith("ok  timer ")


def test_evals_print_each_stream_and_the_pass_rates(connected_run: CommandLine) -> None:
    ran = connected_run("evals", str(STREAMS), "--only", "follow-edit")
    assert ran.exit_code == 0
    assert "ok  follow-edit " in ran.stdout
    assert "as expected          2 of 2\n" in ran.stdout
    assert "changed the app      2 of 2\n" in ran.stdout


def test_a_stream_that_ends_otherwise_fails_the_run(connected_run: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "liar.toml").write_text(BAD)
    ran = connected_run("evals", str(tmp_path))
    assert ran.exit_code == 1
    assert ran.stdout.startswith("BAD liar ")


def test_evals_print_one_json_object(connected_run: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "liar.toml").write_text(BAD)
    ran = connected_run("evals", str(tmp_path), "--json")
    assert json.loads(ran.stdout) == {
        "rates": {"as expected": [0, 1], "changed the app": [0, 1]},
        "streams": [{"name": "liar", "expected": "works", "end": "failed", "kept": False, "as_expected": False}],
    }


def test_a_folder_without_streams_is_refused(connected_run: CommandLine, tmp_path: Path) -> None:
    ran = connected_run("evals", str(tmp_path))
    assert ran.exit_code == 1
    assert "holds no streams" in ran.stderr
