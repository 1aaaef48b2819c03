"""TypeScript over many generated apps at once, with the types of the packages that apps really get."""

import fcntl
import hashlib
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from overskill.bundler.setup import Installation
from overskill.embedded import node
from tests.services.recipes.program import write_program
from tests.support_bundler import SHARED_HOME

_COMPILER = Path(__file__).parent / "compiler"


def type_errors(apps: Mapping[str, Mapping[str, str]], installed: Installation) -> list[str]:
    """What tsc says about apps (name -> what each has beyond the starter), with nothing unused allowed."""
    compiler = _compiler()
    with tempfile.TemporaryDirectory(dir=compiler) as name:
        folder = Path(name)
        (folder / "node_modules").symlink_to(installed.vendor / "node_modules")
        write_program(folder, apps)
        tsc = compiler / "node_modules/typescript/bin/tsc"
        command = [str(node.node()), str(tsc), "--noEmit", "--pretty", "false", "-p", str(folder)]
        ran = subprocess.run(
            command, capture_output=True, text=True, timeout=240, check=False, stdin=subprocess.DEVNULL
        )
    return [line.replace(f"{folder.name}/", "") for line in (ran.stdout + ran.stderr).splitlines() if line.strip()]


def _compiler() -> Path:
    """Installed once for all runs on this machine."""
    digest = hashlib.sha256((_COMPILER / "package-lock.json").read_bytes()).hexdigest()[:12]
    folder = SHARED_HOME / f"type-check-{digest}"
    SHARED_HOME.mkdir(mode=0o700, exist_ok=True)
    with (SHARED_HOME / "type-check.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "node_modules").is_dir():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            for source in ("package.json", "package-lock.json", ".npmrc"):
                shutil.copy(_COMPILER / source, folder)
            npm = [*map(str, node.npm()), "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
            subprocess.run(npm, cwd=folder, check=True, capture_output=True, stdin=subprocess.DEVNULL)
    return folder
