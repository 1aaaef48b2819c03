"""Files and folders that only their owner may read."""

import os
import tempfile
from pathlib import Path

_LARGEST_LOG = 5_000_000


def private_folder(path: Path) -> Path:
    path.mkdir(parents=True, exist_ok=True)
    path.chmod(0o700)
    return path


def write_private(path: Path, text: str) -> None:
    """Replace a file whole, readable by its owner alone; a reader sees the old text or the new one."""
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")  # mkstemp makes it 0600
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def rotate(path: Path, *, largest: int = _LARGEST_LOG) -> None:
    """Keep one earlier log, so that a log never takes more than twice its limit."""
    if path.exists() and path.stat().st_size > largest:
        path.replace(path.with_name(f"{path.name}.1"))


def last_lines(path: Path, count: int = 8) -> str:
    """The end of a log, to show in an error."""
    if not path.exists():
        return ""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - 4_000))
        lines = file.read().decode("utf-8", "replace").splitlines()
    return "\n".join([line for line in lines if line.strip()][-count:])
