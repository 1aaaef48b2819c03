"""What the bundler needs before it can start: its npm packages, and the packages of generated apps prebundled."""

import contextlib
import fcntl
import hashlib
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from overskill.embedded import node
from overskill.embedded.files import private_folder
from overskill.errors import Unavailable

SOURCES = Path(__file__).resolve().parent
_VENDOR = SOURCES / "vendor"
_INSTALL_SECONDS = 300
_PREBUNDLE_SECONDS = 180


@dataclass(frozen=True, slots=True)
class Installation:
    """Where both are for the lock files of this release; another release has folders of its own."""

    tools: Path  # node_modules of the daemon and of builds
    vendor: Path  # node_modules of generated apps with TypeScript and types, and dist/: the same prebundled
    added: Path  # packages besides that were added to apps; bundler/packages says how they lie there

    @property
    def is_complete(self) -> bool:
        return self.tools.is_dir() and self.vendor.is_dir()

    def command(self, script: str, *arguments: str) -> list[str]:
        """Runs one of our scripts so that it finds its packages; needs `environment`."""
        return [str(node.node()), "--import", str(SOURCES / "resolve-packages.mjs"), str(SOURCES / script), *arguments]

    @property
    def environment(self) -> dict[str, str]:
        return {"OVERSKILL_BUNDLER_TOOLS": str(self.tools)}


def installation(home: Path) -> Installation:
    tools = _digest(SOURCES / "package.json", SOURCES / "package-lock.json")
    vendor = _digest(_VENDOR / "package.json", _VENDOR / "package-lock.json", SOURCES / "prebundle.mjs")
    folder = home.resolve() / "bundler"
    return Installation(folder / f"tools-{tools}", folder / f"vendor-{vendor}", folder / f"added-{vendor}")


def prepare(home: Path, report: Callable[[str], None]) -> None:
    """Install and prebundle what is missing. Interrupted, it begins again where nothing was finished."""
    wanted = installation(home)
    if wanted.is_complete:
        return
    with _locked(private_folder(home.resolve() / "bundler")) as folder:
        if not wanted.tools.is_dir():
            report("Installing the bundler's packages")
            with _made(wanted.tools) as made:
                _install(SOURCES, made)
        if not wanted.vendor.is_dir():
            with _made(wanted.vendor) as made:
                report("Installing the packages that apps use")
                _install(_VENDOR, made)
                report("Bundling the packages that apps use")
                prebundle = wanted.command("prebundle.mjs", str(made), str(made / "dist"))
                _run(
                    prebundle,
                    made,
                    _PREBUNDLE_SECONDS,
                    "The packages that apps use can't be bundled",
                    wanted.environment,
                )
        shutil.rmtree(folder / "downloads", ignore_errors=True)
        _remove_others(folder, wanted)


def _digest(*files: Path) -> str:
    return hashlib.sha256(b"\0".join(file.read_bytes() for file in files)).hexdigest()[:12]


@contextlib.contextmanager
def _locked(folder: Path) -> Iterator[Path]:
    """One process at a time prepares a folder; the others then find it done."""
    with (folder / "setup.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield folder


@contextlib.contextmanager
def _made(folder: Path) -> Iterator[Path]:
    """A folder that appears under its name only when it is whole."""
    unfinished = folder.with_name(f".{folder.name}")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir()
    yield unfinished
    unfinished.rename(folder)


def _install(source: Path, target: Path) -> None:
    """Exactly what the lock file says, with the types of packages, and without running any package's scripts."""
    for name in ("package.json", "package-lock.json", ".npmrc"):
        shutil.copy(source / name, target / name)
    failure = "The npm packages can't be installed. Check that the npm registry can be reached"
    downloads = {"BUN_INSTALL_CACHE_DIR": str(target.parent / "downloads")}
    by_bun = [str(node.bun()), "install", "--ignore-scripts", "--frozen-lockfile", "--no-progress"]
    by_npm = [*node.npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    try:
        _run(by_bun, target, _INSTALL_SECONDS, failure, downloads)
    except Unavailable:  # bun needs a newer processor than npm does, and knows fewer kinds of proxy
        shutil.rmtree(target / "node_modules", ignore_errors=True)
        _run(by_npm, target, _INSTALL_SECONDS, failure, {})


def _run(command: Sequence[str], folder: Path, seconds: float, failure: str, extra: Mapping[str, str]) -> None:
    try:
        subprocess.run(
            command,
            cwd=folder,
            env=os.environ | extra,
            timeout=seconds,
            check=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
    except subprocess.TimeoutExpired as error:
        raise Unavailable(f"{failure}: it took longer than {seconds:.0f} s. Try again.") from error
    except subprocess.CalledProcessError as error:
        said = error.output.decode("utf-8", "replace").strip()[-600:]
        raise Unavailable(f"{failure}, and try again. It said: {said}") from error


def _remove_others(folder: Path, wanted: Installation) -> None:
    """Earlier releases' folders."""
    for pattern in ("tools-*", "vendor-*", "added-*"):
        for found in folder.glob(pattern):
            if found not in (wanted.tools, wanted.vendor, wanted.added):
                shutil.rmtree(found, ignore_errors=True)
