"""What workerd prints, and what is kept of it."""

from pathlib import Path

import pytest

from overskill.edge.journal import Journal


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(tmp_path / "edge.log", "key")


def test_the_apps_that_run_are_known_the_busiest_first(journal: Journal) -> None:
    for line in ("@key > 1 ns/quiet\n", "@key > 2 ns/busy\n", "@key > 3 ns/busy\n", "@key > 4 ns/done\n", "@key < 4\n"):
        journal.write(line)
    assert journal.running == ["ns/busy", "ns/quiet"]


def test_an_app_that_prints_such_a_line_accuses_nobody(journal: Journal) -> None:
    journal.write("@guess > 1 ns/innocent\n")
    assert journal.running == []


def test_noise_is_dropped_and_the_rest_kept(journal: Journal, tmp_path: Path) -> None:
    journal.write("workerd/jsg/util.c++:320: error: e = script terminated for unknown reasons\n")
    journal.write("Error: boom\n")
    journal.write("    at own.js:1:1\n")
    assert journal.last_lines == "Error: boom\n    at own.js:1:1"
    assert "script terminated" not in (tmp_path / "edge.log").read_text()


def test_a_log_that_cannot_be_written_stops_nobody(tmp_path: Path) -> None:
    (tmp_path / "in the way").write_text("")
    Journal(tmp_path / "in the way" / "edge.log", "key").write("lost\n")
