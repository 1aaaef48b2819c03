import json
import logging
import sys

import pytest

from overskill import logs
from overskill.logs import without_secrets

FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
FORGED = "no\n2026-11-22 12:00:00,000 INFO overskill.audit: ada was made an admin"


def record(message: str = "hello %s", *arguments: object, **extra: object) -> logging.LogRecord:
    made = logging.LogRecord("overskill.jobs", logging.WARNING, __file__, 1, message, arguments, None)
    vars(made).update(extra)
    return made


def test_a_json_line_has_the_message_and_its_extras() -> None:
    line = json.loads(logs.JsonLines().format(record("took %s s", 3, task="sweep")))
    assert line["message"] == "took 3 s"
    assert line["level"] == "warning"
    assert line["task"] == "sweep"
    assert line["at"].endswith("+00:00")


def test_a_json_line_carries_the_traceback() -> None:
    made = record("it failed")
    try:
        int("three")
    except ValueError:
        made.exc_info = sys.exc_info()
    text = logs.JsonLines().format(made)
    assert "\n" not in text
    assert "ValueError: invalid literal" in json.loads(text)["error"]


def failed(text: str) -> logging.LogRecord:
    made, error = record("it failed"), RuntimeError(text)
    made.exc_info = (type(error), error, None)
    return made


def test_what_a_message_quotes_does_not_look_like_a_line_of_its_own() -> None:
    assert "\n" not in logs.TextLines(FORMAT).format(record("refused: %s", FORGED))


def test_what_an_error_says_does_not_look_like_a_line_of_its_own() -> None:
    text = logs.TextLines(FORMAT).format(failed(FORGED))
    assert "RuntimeError: no" in text
    assert [line for line in text.split("\n") if not line.startswith("    ")] == [text.split("\n")[0]]


@pytest.mark.parametrize("unseen", ["\x1b[2J", "\r", "\x00", "\u2028", "\u202e", "\x9b"])
def test_nothing_in_a_line_moves_the_cursor_of_who_reads_it(unseen: str) -> None:
    for made in (record("a %s b", unseen), failed(f"a {unseen} b")):
        text = logs.TextLines(FORMAT).format(made)
        assert unseen not in text
        assert "it failed" in text or "a \\" in text


def test_half_a_surrogate_pair_does_not_keep_a_line_from_being_written() -> None:
    made = failed("a \ud800 b")
    made.path = "\udcff"
    line = json.loads(logs.JsonLines().format(made))
    assert "a \\ud800 b" in line["error"]
    assert line["path"] == "\\udcff"


@pytest.mark.parametrize(
    ("quoted", "written"),
    [
        ("Invalid email: ada.lovelace+x@example.co.uk!", "Invalid email: ***@example.co.uk!"),
        ("No such key: sk_live_4eC39HqLyjWDarjtT1zdp7dc", "No such key: ***"),
        ("sk-or-v1-0123456789abcdef was refused", "*** was refused"),
        ("signed by whsec_0123456789abcdef", "signed by ***"),
        ("Authorization: Bearer abc.def-123456", "Authorization: Bearer ***"),
        ("ghs_16C7e42F292c6912E7710c838347Ae178B4a", "***"),
        ("GET /join?token=abc&x=1 failed", "GET /join?token=***&x=1 failed"),
        ("http://a.test/?overskill_license=e30.e30", "http://a.test/?overskill_license=***"),
        ("postgresql://overskill:pa55@localhost:5432/x", "postgresql://overskill:***@localhost:5432/x"),
        ("OVSK-7K2M-9QXA-4T0D-HW3E", "***"),
        ("@rx.event and 3 @ 4, a@b, risk_free_rate", "@rx.event and 3 @ 4, a@b, risk_free_rate"),
    ],
)
def test_secrets_and_mail_addresses_are_left_out(quoted: str, written: str) -> None:
    assert without_secrets(quoted) == written
    assert json.loads(logs.JsonLines().format(record("%s", quoted)))["message"] == written
    assert logs.TextLines("%(message)s").format(record("%s", quoted)) == written


def test_a_line_of_any_length_is_soon_looked_through() -> None:
    for part in ("a", "a@", "sk_", "bearer ", "?token=", "://a:", "a.", "OVSK-"):
        without_secrets(part * 100_000)
