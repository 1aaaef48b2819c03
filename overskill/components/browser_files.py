"""The .js and .jsx files beside a component's module, put where the built site imports them from.

It is what `rx.asset(name, shared=True)` does. That one finds out who calls it by reading the sources of the whole
stack: for our two hundred files it took six sevenths of the time in which the site is imported.
"""

import sys
import tempfile
from pathlib import Path

from reflex_base.constants import Dirs
from reflex_base.environment import EnvironmentVariables


def browser_file(module: str, name: str) -> str:
    """The address to import a file by; give it the `__name__` of the module beside which it lies."""
    source = _folder_of(module) / name
    place = Path(Dirs.EXTERNAL_APP_ASSETS, *module.split("."), name)
    if not source.is_file():
        raise FileNotFoundError(f"{module} has no file {name} beside it.")
    if not EnvironmentVariables.REFLEX_BACKEND_ONLY.get():
        _link(Path.cwd() / Dirs.APP_ASSETS / place, source)
    return f"$/public/{place.as_posix()}"


def browser_files(module: str) -> dict[str, str]:
    """name -> address of all files beside a module. Those that import each other have to lie together."""
    return {file.name: browser_file(module, file.name) for file in sorted(_folder_of(module).glob("*.js*"))}


def _folder_of(module: str) -> Path:
    file = sys.modules[module].__file__
    if file is None:
        raise ValueError(f"{module} has no file.")
    return Path(file).parent


def _link(place: Path, source: Path) -> None:
    """By one rename: several processes do this at the same time."""
    if place.is_symlink() and place.readlink() == source:
        return
    place.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=place.parent, prefix=".") as aside:
        fresh = Path(aside) / place.name
        fresh.symlink_to(source)
        fresh.replace(place)
