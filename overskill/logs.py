"""One shape of log lines for every process: sentences for people, or one JSON object a line for collectors."""

import logging
import re
import sys
from datetime import UTC, datetime
from types import TracebackType

import orjson

from overskill.config import Settings

_TEXT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
_TALKATIVE = ("httpx", "httpcore", "rq.worker", "alembic.runtime.migration")
_STANDARD = frozenset(logging.makeLogRecord({}).__dict__) | {"message", "asctime"}
# What ends a line, moves a terminal's cursor, or turns the direction of what follows.
_UNSEEN = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
_SECRETS = (
    (re.compile(r"\b(?:sk|rk|whsec|gh[oprsu]|github_pat)[-_][\w-]{8,}|\bOVSK(?:-\w{4}){4}"), "***"),
    (re.compile(r"(?i)\b(bearer\s+)[\w.~+/=-]{8,}"), r"\1***"),
    (re.compile(r"([?&](?:access|code|key|overskill_license|state|token)=)[^&#\s\"']+"), r"\1***"),
    (re.compile(r"(://[^\s/:@]*:)[^\s/@]+@"), r"\1***@"),
    (re.compile(r"(?<![\w.%+*-])[\w.%+-]{1,64}@(?=[\w-]{1,63}(?:\.[\w-]{1,63})+)"), "***@"),
)


def without_secrets(text: str) -> str:
    """Whatever a message quotes: keys, tokens and passwords are left out, and of a mail address all but its host."""
    for pattern, instead in _SECRETS:
        text = pattern.sub(instead, text)
    return text


class TextLines(logging.Formatter):
    """A line is a record, and what belongs to one is set in below it: nothing that is quoted looks like another."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - logging's name
        return _UNSEEN.sub(_named, without_secrets(super().formatMessage(record)))

    def formatException(self, ei: "_Raised") -> str:  # noqa: N802 - logging's name
        lines = without_secrets(super().formatException(ei)).split("\n")
        return "\n".join(f"    {_UNSEEN.sub(_named, line)}" for line in lines)


_Raised = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


def _named(unseen: re.Match[str]) -> str:
    return unseen[0].encode("unicode_escape").decode()


class JsonLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        entry: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": _written(record.getMessage()),
        }
        entry |= {name: _written(value) for name, value in vars(record).items() if name not in _STANDARD}
        if record.exc_info:
            entry["error"] = _written(self.formatException(record.exc_info))
        return orjson.dumps(entry, default=str).decode()


def _written(value: object) -> object:
    """Half a surrogate pair can't be written, and would take the whole line with it."""
    if not isinstance(value, str):
        return value
    return without_secrets(value).encode(errors="backslashreplace").decode()


def configure(settings: Settings) -> None:
    """Send everything from INFO up to stderr; the supervisor keeps it."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines() if settings.log_format == "json" else TextLines(_TEXT))
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
