"""Forms as Stripe's libraries write them: `line_items[0][price_data][currency]=usd`."""

import re
from typing import Any
from urllib.parse import parse_qsl

_PART = re.compile(r"\[([^\]]*)\]")


def read_form(text: str) -> dict[str, Any]:
    """Everything in it is a text, a list or a mapping."""
    found: dict[str, Any] = {}
    for name, value in parse_qsl(text, keep_blank_values=True):
        first, _, rest = name.partition("[")
        path = [first, *_PART.findall(f"[{rest}")] if rest else [first]
        _set(found, path, value)
    return {name: _with_lists(value) for name, value in found.items()}


def _set(into: dict[str, Any], path: list[str], value: str) -> None:
    for part in path[:-1]:
        into = into.setdefault(part, {})
    last = path[-1]
    into[last or str(len(into))] = value


def _with_lists(value: Any) -> Any:  # noqa: ANN401 - JSON
    if not isinstance(value, dict):
        return value
    inner = {name: _with_lists(each) for name, each in value.items()}
    if inner and all(name.isdigit() for name in inner):
        return [inner[name] for name in sorted(inner, key=int)]
    return inner
