import json
import logging
import sys

from overskill import logs


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
