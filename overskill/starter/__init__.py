"""The files every generated app begins with. They are also a plain npm + Vite project, so an export just runs."""

from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

STARTER_FOLDER = Path(__file__).parent / "app"

# A turn may not touch these: without them neither the preview nor an exported app starts.
PROTECTED = frozenset({"src/main.tsx", "tsconfig.json", "vite.config.ts"})


@cache
def _read_all() -> dict[str, str]:
    return dict(_walk(files(__package__) / "app", ""))


def _walk(folder: Traversable, prefix: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        path = f"{prefix}{entry.name}"
        if entry.is_dir():
            if entry.name not in {"node_modules", "__pycache__"}:
                found += _walk(entry, f"{path}/")
        else:
            found.append((path, entry.read_text("utf-8")))
    return found


def starter_files() -> dict[str, str]:
    """Path -> text, a copy of one's own."""
    return dict(_read_all())
