"""The rules of the games and the standings of a league, run as the app runs them."""

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from overskill.embedded import node
from tests.services.recipes.turns import started


@pytest.fixture
def run(tmp_path: Path) -> Any:
    def evaluated(prompt: str, path: str, script: str) -> Any:
        """What `script` returns, which sees what the file of the app exports as `game`."""
        text = started(prompt).files[path]
        assert not re.search(r"^import (?!type )", text, re.MULTILINE)
        (tmp_path / "rules.ts").write_text(text)
        source = f"import * as game from './rules.ts';\nconsole.log(JSON.stringify((() => {{ {script} }})()));"
        (tmp_path / "run.ts").write_text(source)
        command = [str(node.node()), "--no-warnings", "--experimental-strip-types", str(tmp_path / "run.ts")]
        done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=20, cwd=tmp_path)
        return json.loads(done.stdout)

    return evaluated


def test_the_strong_computer_never_loses_at_tic_tac_toe(run: Any) -> None:
    script = """
      function lost(board, turn) {
        if (game.winningLine(board)) return turn === "O";
        if (game.isFull(board)) return false;
        if (turn === "O") return lost(game.place(board, game.computerMove(board, "O", true), "O"), "X");
        return board.some((square, index) => square === "" && lost(game.place(board, index, "X"), "O"));
      }
      return lost(game.EMPTY, "X");
    """
    assert run("tic tac toe", "src/lib/tic-tac-toe.ts", script) is False


def test_each_tile_is_joined_once_in_a_move_of_2048(run: Any) -> None:
    script = """
      const fields = [2, 2, 2, 2, ...Array(12).fill(0)];
      const after = game.slide({ fields, score: 0 }, "left");
      return [after.fields.slice(0, 2), after.score, after.fields.filter(Boolean).length];
    """
    assert run("2048", "src/lib/tiles.ts", script) == [[4, 4], 8, 3]


def test_nothing_moves_and_no_tile_is_added_when_2048_is_stuck_that_way(run: Any) -> None:
    script = """
      const before = { fields: [2, 4, 2, 4, ...Array(12).fill(0)], score: 0 };
      return [game.slide(before, "left") === before, game.isStuck(before)];
    """
    assert run("2048", "src/lib/tiles.ts", script) == [True, False]


def test_the_snake_grows_by_what_it_eats_and_ends_at_the_wall(run: Any) -> None:
    script = """
      let now = { ...game.newGame(), food: { x: 9, y: 8 } };
      now = game.step(now);
      const grown = now.snake.length;
      now = { ...now, food: { x: 0, y: 0 } };
      while (!now.isOver) now = game.step(now);
      return [grown, now.snake[0].x];
    """
    assert run("snake game", "src/lib/snake.ts", script) == [4, 16]


def test_the_snake_can_not_turn_back_into_itself(run: Any) -> None:
    assert run("snake game", "src/lib/snake.ts", "return game.turn(game.newGame(), 'left').turns") == []


def test_the_first_step_on_a_minefield_is_safe_and_opens_what_is_around(run: Any) -> None:
    script = """
      const level = game.LEVELS.easy;
      return Array.from({ length: 50 }, (_, index) => {
        const first = index % 64;
        const field = game.open(game.layMines(game.closedField(level), level, first), level, first);
        return !game.hasExploded(field) && field.filter((cell) => cell.isOpen).length >= 4
          && field.filter((cell) => cell.isMine).length === level.mines;
      }).every(Boolean);
    """
    assert run("minesweeper", "src/lib/minefield.ts", script) is True


def test_accents_and_spaces_of_a_word_need_not_be_guessed(run: Any) -> None:
    assert run("hangman", "src/lib/hangman.ts", "return game.isSolved('São Tomé', [...'SAOTME'])") is True


_PEOPLE = '[{ id: "a", name: "Anna" }, { id: "b", name: "Ben" }, { id: "c", name: "Carl" }]'


def test_results_against_someone_who_left_do_not_count(run: Any) -> None:
    script = f"""
      const results = [
        {{ home: "a", away: "b", homeScore: 3, awayScore: 1 }},
        {{ home: "c", away: "gone", homeScore: 3, awayScore: 0 }},
        {{ home: "b", away: "a", homeScore: 3, awayScore: 2 }},
        {{ home: "a", away: "b", homeScore: 3, awayScore: 0 }},
      ];
      return game.standingsOf({_PEOPLE}, results).map((one) => [one.name, one.won, one.lost, one.difference]);
    """
    assert run("keep score for our darts league", "src/lib/standings.ts", script) == [
        ["Anna", 2, 1, 4],
        ["Ben", 1, 2, -4],
        ["Carl", 0, 0, 0],
    ]


def test_beating_the_stronger_gains_more_rating(run: Any) -> None:
    script = f"""
      const won = (home, away) => ({{ home, away, homeScore: 11, awayScore: 5 }});
      const ratings = (results) => Object.fromEntries(
        game.standingsOf({_PEOPLE}, results).map((one) => [one.id, one.rating]));
      const before = ratings([won("a", "b"), won("a", "b")]);
      const after = ratings([won("c", "a"), won("a", "b"), won("a", "b")]);
      return [before.a > 1000, after.c - 1000 > 16];
    """
    assert run("ping pong ladder at the office", "src/lib/standings.ts", script) == [True, True]


def test_the_lowest_total_leads_at_golf(run: Any) -> None:
    script = f"""
      const rounds = [{{ title: "Hole 1", scores: {{ a: 5, b: 3, c: 4 }} }}];
      return game.totalsOf({_PEOPLE}, rounds).map((one) => [one.name, one.total, one.wins]);
    """
    prompt = "golf score card for Anna, Ben and Carl"
    assert run(prompt, "src/lib/totals.ts", script) == [["Ben", 3, 1], ["Carl", 4, 0], ["Anna", 5, 0]]


def test_a_handicap_is_the_average_of_the_best_eight_over_par(run: Any) -> None:
    script = """
      const rounds = Array.from({ length: 10 }, (_, index) => ({ title: "", scores: { a: 80 + index } }));
      return game.totalsOf([{ id: "a", name: "Anna" }], rounds)[0].handicap;
    """
    assert run("golf handicap tracker", "src/lib/totals.ts", script) == 11.5
