"""Data people attach: CSV and JSON, checked. A model is given a sample; the app gets all of it."""

import csv
import io
import json
import re
from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Any

from overskill.errors import InvalidInput
from overskill.models import AttachmentKind
from overskill.services.attachments.reading import Reading, extension_of, plain_name
from overskill.services.attachments.texts import clean, clipped, decode
from overskill.services.figures import count_words, size_words

LARGEST_IN_APP = 512 * 1024  # as services/generation/staging.py takes a file
MOST_COLUMNS = 200
_SAMPLE_ROWS = 5
_LONGEST_VALUE = 120  # characters of a sample's value
_SAMPLE_CHARACTERS = 6_000
_DEEPEST = 60
_NUMBER = re.compile(r"-?(0|[1-9]\d{0,14})(\.\d{1,15})?")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?")
_TOO_LARGE = (
    "With {size} it is too large for a file of the app ({most}), so the app gets no more than this sample: "
    "attach a part of it to have real rows in the app."
)
Row = Mapping[str, Any]


def read_data(name: str, content: bytes) -> Reading:
    """Raises InvalidInput, saying what is wrong and where."""
    text = clean(decode(name, content))
    return _read_json(name, text) if extension_of(name) in ("json", "geojson") else _read_csv(name, text)


def _read_csv(name: str, text: str) -> Reading:
    columns, rows = _rows_of(name, text)
    types = {column: _type_of([row[column] for row in rows]) for column in columns}
    typed = [{column: _typed(row[column], types[column]) for column in columns} for row in rows]
    size = f"{count_words(len(rows), 'row')}, {count_words(len(columns), 'column')}"
    described = "\n".join(f"- {column}: {kind}" for column, kind in types.items())
    as_json = _rows_as_json(typed)
    stem = plain_name(name)
    choices = [(f"src/data/{stem}.json", as_json), (f"src/data/{stem}.csv", text)]
    return _reading(f"A table: {size}.", f"Columns:\n{described}", typed[:_SAMPLE_ROWS], choices)


def _rows_of(name: str, text: str) -> tuple[list[str], list[dict[str, str]]]:
    """The names of the columns and what is in them."""
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
        lines = [line for line in reader if any(value.strip() for value in line)]
    except csv.Error as error:
        raise InvalidInput(f"{name} is not proper CSV: {error}. Export it again, then attach that.") from error
    if len(lines) < 2:
        raise InvalidInput(f"{name} has no rows under its header.")
    columns = _columns(lines[0])
    if len(columns) > MOST_COLUMNS:
        raise InvalidInput(f"{name} has {len(columns)} columns; at most {MOST_COLUMNS} can be used.")
    wrong = next((number for number, line in enumerate(lines, start=1) if len(line) > len(columns)), None)
    if wrong is not None:
        raise InvalidInput(
            f"Row {wrong} of {name} has {len(lines[wrong - 1])} values, but there are {len(columns)} columns. "
            "Put values with commas in quotes, then attach it again."
        )
    padded = [[*line, *[""] * (len(columns) - len(line))] for line in lines[1:]]
    return columns, [dict(zip(columns, (value.strip() for value in line), strict=True)) for line in padded]


def _delimiter(text: str) -> str:
    first = text.lstrip("\n").partition("\n")[0]
    return max(",;\t|", key=first.count)


def _columns(header: Sequence[str]) -> list[str]:
    columns: list[str] = []
    for number, title in enumerate(header, start=1):
        wanted = title.strip()[:80] or f"column {number}"
        columns.append(wanted if wanted not in columns else f"{wanted} {number}")
    return columns


def _type_of(values: Sequence[str]) -> str:
    filled = [value for value in values if value]
    if not filled:
        return "empty"
    for kind, fits in (("number", _NUMBER.fullmatch), ("date", _DATE.fullmatch), ("true or false", _truth)):
        if all(fits(value) for value in filled):
            return kind if len(filled) == len(values) else f"{kind}, sometimes empty"
    return "text"


def _truth(value: str) -> bool:
    return value.lower() in ("true", "false")


def _typed(value: str, kind: str) -> str | int | float | bool | None:
    if not value and kind != "text":
        return None
    if kind.startswith("number"):
        return float(value) if "." in value else int(value)
    return value.lower() == "true" if kind.startswith("true") else value


def _rows_as_json(rows: Sequence[Row]) -> str:
    lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    return f"[\n{lines}\n]\n"


def _read_json(name: str, text: str) -> Reading:
    try:
        value = json.loads(text, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        raise InvalidInput(
            f"{name} is not proper JSON: {error.msg} in line {error.lineno}. Correct it, then attach it again."
        ) from error
    except (RecursionError, ValueError) as error:
        raise InvalidInput(f"{name} is JSON that can't be used: {_why(error)}. Export it again.") from error
    if _depth(value) > _DEEPEST:
        raise InvalidInput(f"{name} is nested more than {_DEEPEST} levels deep, which can't be used.")
    choices = [(f"src/data/{plain_name(name)}.json", text.strip() + "\n")]
    if isinstance(value, list):
        note = f"JSON: a list of {count_words(len(value), 'entry').replace('entrys', 'entries')}."
        return _reading(note, _members(value), value[:_SAMPLE_ROWS], choices)
    if isinstance(value, dict):
        note = f"JSON: an object with {count_words(len(value), 'member')}."
        members = "\n".join(f"- {key}: {_json_type(inner)}" for key, inner in islice(value.items(), MOST_COLUMNS))
        return _reading(note, f"Members:\n{members}", [_shortened(value)], choices)
    raise InvalidInput(f"{name} holds a single value. Attach a list or an object.")


def _refuse_constant(word: str) -> None:
    raise ValueError(f"{word} is no JSON")


def _why(error: Exception) -> str:
    return "it is nested too deeply" if isinstance(error, RecursionError) else str(error)


def _depth(value: object) -> int:
    """Without recursion, so that depth itself does no harm."""
    deepest, level = 0, [value]
    while level:
        deepest += 1
        level = [
            inner
            for outer in level
            if isinstance(outer, (dict, list))
            for inner in (outer.values() if isinstance(outer, dict) else outer)
        ]
    return deepest


def _members(entries: Sequence[object]) -> str:
    found: dict[str, set[str]] = {}
    for entry in entries[:1_000]:
        if isinstance(entry, dict):
            for key, value in entry.items():
                found.setdefault(key, set()).add(_json_type(value))
    lines = [f"- {key}: {' or '.join(sorted(kinds))}" for key, kinds in islice(found.items(), MOST_COLUMNS)]
    return "Members:\n" + "\n".join(lines) if lines else ""


def _json_type(value: object) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "true or false"
        case int() | float():
            return "number"
        case str():
            return "date" if _DATE.fullmatch(value) else "text"
        case list():
            return f"list of {len(value)}"
        case _:
            return "object"


def _reading(note: str, described: str, sample: Sequence[Any], choices: Sequence[tuple[str, str]]) -> Reading:
    """The first of the choices that an app can hold becomes its file."""
    shown = "\n".join(json.dumps(_shortened(row), ensure_ascii=False) for row in sample)
    text = f"{described}\nIts beginning:\n{clipped(shown, _SAMPLE_CHARACTERS)}".strip()
    for path, content in choices:
        if len(content.encode()) <= LARGEST_IN_APP:
            media_type = "application/json" if path.endswith(".json") else "text/csv"
            return Reading(AttachmentKind.DATA, media_type, content.encode(), note, text, [path])
    whole = choices[-1][1].encode()
    too_large = _TOO_LARGE.format(size=size_words(len(whole)), most=size_words(LARGEST_IN_APP))
    return Reading(AttachmentKind.DATA, "text/plain", whole, f"{note} {too_large}", text)


def _shortened(value: object) -> object:
    """A value of a sample, so that one long text or list does not fill it."""
    match value:
        case str() if len(value) > _LONGEST_VALUE:
            return f"{value[:_LONGEST_VALUE]}…"
        case dict():
            return {key: _shortened(inner) for key, inner in islice(value.items(), MOST_COLUMNS)}
        case list():
            return [*(_shortened(inner) for inner in value[:3]), *(["…"] if len(value) > 3 else [])]
        case _:
            return value
