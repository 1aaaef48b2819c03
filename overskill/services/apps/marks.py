"""Logos with a picture: shapes that we drew, chosen by name from the closed list in marks.toml."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def marks() -> Mapping[str, str]:
    """Name -> the lines of the shape."""
    return tomllib.loads((files(__package__) / "marks.toml").read_text("utf-8"))


def mark_svg(mark: str, accent: str) -> str:
    """A square logo: the shape called `mark` in white on a field of the accent, the app's own colour."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64" role="img">'
        f'<rect width="64" height="64" rx="15" fill="{accent}"/>'
        '<g transform="translate(12.8 12.8) scale(1.6)" fill="none" stroke="#fff" stroke-width="1.9" '
        f'stroke-linecap="round" stroke-linejoin="round">{marks()[mark]}</g></svg>'
    )
