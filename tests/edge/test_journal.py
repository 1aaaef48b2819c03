"""What workerd prints, and what is kept of it."""

from pathlib import Path

import pytest

from overskill.clients.edge_usage import Counts, UsageTotals
from overskill.edge.journal import Journal
from overskill.edge.usage import Tally


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(tmp_path / "edge.log", "key", Tally())


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
    Journal(tmp_path / "in the way" / "edge.log", "key", Tally()).write("lost\n")


def test_visits_add_up_and_are_not_in_the_log(tmp_path: Path) -> None:
    tally = Tally()
    journal = Journal(tmp_path / "edge.log", "key", tally)
    for line in ("@key + production/shop 2 1 300 4 1 0 50 1\n", "@key + production/shop 1 0 0 0 0 0 0 0\n"):
        journal.write(line)
    stable = Counts(requests=3, errors=1, bytes=300, milliseconds=4)
    assert tally.take() == {("production", "shop"): UsageTotals(stable, Counts(requests=1, bytes=50, milliseconds=1))}
    assert tally.take() == {}
    assert not (tmp_path / "edge.log").exists()


def test_what_an_app_threw_is_kept_and_only_the_latest(tmp_path: Path) -> None:
    tally = Tally()
    journal = Journal(tmp_path / "edge.log", "key", tally)
    for line in (
        '@key ! ns/shop "Error: first"\n',
        '@key ! ns/shop "Error: \\"second\\""\n',
        '@guess ! ns/shop "no"\n',
    ):
        journal.write(line)
    assert tally.take_failures() == {"ns/shop": 'Error: "second"'}
    assert tally.take_failures() == {}


def test_half_a_letter_that_an_app_threw_can_be_kept_anywhere(tmp_path: Path) -> None:
    tally = Tally()
    Journal(tmp_path / "edge.log", "key", tally).write('@key ! ns/shop "Error: \\ud83d"\n')
    assert tally.take_failures() == {"ns/shop": "Error: ?"}


def test_who_ran_last_is_suspected_when_nobody_runs(journal: Journal) -> None:
    assert journal.suspects == []
    for line in ("@key > 1 ns/first\n", "@key > 2 ns/last\n", "@key < 1\n", "@key < 2\n"):
        journal.write(line)
    assert journal.suspects == ["ns/last"]
