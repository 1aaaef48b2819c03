"""The prompts, as data files: `{{name}}` marks what is filled in."""

import json
import re
from functools import cache
from importlib.resources import files
from typing import Any

_MARK = re.compile(r"\{\{(\w+)\}\}")


@cache
def _text(name: str) -> str:
    return (files(__package__) / name).read_text("utf-8").strip()


def prompt(name: str, /, **values: str) -> str:
    """The file `name.md` with its marks filled in. A mark without a value is a bug."""
    return _MARK.sub(lambda mark: values[mark[1]], _text(f"{name}.md"))


@cache
def tools() -> tuple[dict[str, Any], ...]:
    """The tools as the chat-completions API wants them."""
    return tuple({"type": "function", "function": tool} for tool in json.loads(_text("tools.json")))


@cache
def data(name: str) -> dict[str, Any]:
    """The file `name.json`."""
    content: dict[str, Any] = json.loads(_text(f"{name}.json"))
    return content
