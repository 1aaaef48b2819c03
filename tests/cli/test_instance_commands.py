"""Commands about the instance, without one that runs."""

import json
import socket
from pathlib import Path

import pytest

from overskill.config import settings
from tests.cli.conftest import CommandLine
from tests.model_server import ModelServer


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each command reads its settings anew, from an environment that has only a data folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("OVERSKILL_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("OVERSKILL_SECRET_KEY", "x" * 32)  # so that it is put back afterwards
    settings.cache_clear()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_without_a_command_the_help_names_what_to_begin_with(run: CommandLine) -> None:
    result = run()
    assert result.exit_code == 0
    assert "./run up" in result.stdout


def test_settings_that_can_not_be_used_are_explained(run: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OVERSKILL_WEB_PORT", "3001")
    result = run("doctor")
    assert result.exit_code == 1
    assert "must be three different ports" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_setting_that_is_no_number_is_named(run: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OVERSKILL_WEB_PORT", "three thousand")
    assert "OVERSKILL_WEB_PORT" in run("doctor").stderr


def test_up_names_the_setting_of_a_port_that_is_taken(run: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        monkeypatch.setenv("OVERSKILL_WEB_PORT", str(port))
        result = run("up")
    assert result.exit_code == 1
    assert f"Port {port} (OVERSKILL_WEB_PORT) is taken" in result.stderr


def test_doctor_lists_parts_that_do_not_run_and_is_content(run: CommandLine) -> None:
    result = run("doctor")
    assert result.exit_code == 0
    for part in ("database", "queue", "workers", "bundler", "edge", "web", "model", "mail", "object store"):
        assert part in result.stdout


def test_doctor_fails_for_a_configured_server_that_does_not_answer(
    run: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"postgresql://nobody@127.0.0.1:{free_port()}/none")
    result = run("doctor", "--json")
    report = json.loads(result.stdout)
    assert result.exit_code == 1
    assert not report["ok"]
    database = next(part for part in report["parts"] if part["name"] == "database")
    assert database["state"] == "unreachable"
    assert database["settings"] == ["DATABASE_URL"]


def test_doctor_asks_a_configured_queue(run: CommandLine, valkey: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REDIS_URL", valkey)
    report = json.loads(run("doctor", "--json").stdout)
    assert next(part for part in report["parts"] if part["name"] == "queue and bells")["state"] == "configured"


def test_doctor_asks_a_configured_model(run: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AI_BASE_URL", f"http://127.0.0.1:{free_port()}/v1")
    monkeypatch.setenv("AI_MODEL", "any")
    report = json.loads(run("doctor", "--json").stdout)
    assert next(part for part in report["parts"] if part["name"] == "model")["state"] == "unreachable"


def test_doctor_names_the_models_that_their_provider_does_not_list(
    run: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ModelServer(lambda _: []) as server:
        server.listed = [{"id": "qwen3-coder", "context_length": 128_000}]
        monkeypatch.setenv("AI_BASE_URL", server.url)
        monkeypatch.setenv("AI_MODEL", "qwen3-coder")
        monkeypatch.setenv("AI_MODELS_QUICK", "qwen3-codr")
        report = json.loads(run("doctor", "--json").stdout)
    model = next(part for part in report["parts"] if part["name"] == "model")
    assert model["state"] == "configured"
    assert model["detail"] == (
        "server:qwen3-coder (128k context); server:qwen3-codr: server lists no model called qwen3-codr. "
        "Did you mean qwen3-coder?"
    )


def test_a_worker_of_an_unknown_queue_is_refused(run: CommandLine) -> None:
    result = run("worker", "--queues", "generate,dinner")
    assert result.exit_code == 2
    assert "dinner" in result.stderr


@pytest.mark.slow
def test_owner_link_starts_what_it_needs_and_stops_it_again(run: CommandLine, tmp_path: Path) -> None:
    result = run("owner-link")
    assert result.exit_code == 0, result.stderr
    assert "/auth/owner?token=" in result.stdout
    assert not (tmp_path / "home" / "postgres" / "data" / "postmaster.pid").exists()


@pytest.mark.slow
def test_migrate_names_the_revision(run: CommandLine) -> None:
    assert "The database is at " in run("migrate").stdout
