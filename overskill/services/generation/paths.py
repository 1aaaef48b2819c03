"""Which paths an app's files may have. Models, recipes, people and imports all pass this one gate."""

import re
from collections.abc import Iterable

from overskill.errors import InvalidInput

LONGEST_PATH = 200
ALLOWED_EXTENSIONS = frozenset(
    {"ts", "tsx", "js", "jsx", "mjs", "cjs", "css", "json", "html", "md", "mdx", "txt", "csv", "svg", "xml"}
    | {"yaml", "yml", "toml", "graphql", "sql", "webmanifest"}
)
REFUSED_FOLDERS = frozenset({"node_modules", "dist", "build"})
_PLAIN_PART = re.compile(r"[A-Za-z0-9_@$()\[\]+ .~-]+")


class UnsafePath(InvalidInput):
    """The path is outside the app, or names something an app does not hold."""


def safe_path(path: str) -> str:
    """The path as it is stored (`src/App.tsx`). Raises UnsafePath saying what to write instead."""
    path = path.strip().removeprefix("./")
    shown = path if len(path) <= 80 else f"{path[:77]}..."
    if not path:
        raise UnsafePath("A file needs a path, for example src/App.tsx.", field="path")
    if len(path) > LONGEST_PATH:
        raise UnsafePath(f"The path {shown} is longer than {LONGEST_PATH} characters. Shorten it.", field="path")
    if path.startswith("/") or "\\" in path or ":" in path:
        raise UnsafePath(f"{shown} is not a path inside the app. Write it like src/App.tsx.", field="path")
    for part in path.split("/"):
        _check_part(part, shown)
    extension = path.rsplit("/", 1)[-1].rpartition(".")[2].lower()
    if extension not in ALLOWED_EXTENSIONS or "." not in path.rsplit("/", 1)[-1]:
        raise UnsafePath(
            f"{shown} is not a kind of file an app holds. Use .tsx, .ts, .css, .json or .svg.", field="path"
        )
    return path


def clash(path: str, others: Iterable[str]) -> str:
    """Why a file can't be beside these others. "" where it can."""
    folded = path.lower()
    for other in others:
        same = other.lower()
        if same == folded:
            return f"{path} differs only in case from {other}. Use {other}."
        if folded.startswith(f"{same}/") or same.startswith(f"{folded}/"):
            return f"{path} can't be there: {other} is a file. Choose another path."
    return ""


def _check_part(part: str, shown: str) -> None:
    if part in ("", ".", ".."):
        raise UnsafePath(f"{shown} is not a path inside the app. Write it like src/App.tsx.", field="path")
    if part.startswith("."):
        raise UnsafePath(f"{shown} is a hidden file; apps don't hold those. Choose a name without a dot.", field="path")
    if part in REFUSED_FOLDERS:
        raise UnsafePath(f"{shown} is in {part}/, which is generated. Write the source under src/.", field="path")
    if not _PLAIN_PART.fullmatch(part) or part != part.strip():
        raise UnsafePath(f"{shown} has characters a path can't have. Use letters, digits, - and _.", field="path")
