"""Makes what is deployed of a builder elsewhere, from this release of the bundler.

    python -m overskill.bundler.remote.package lambda build.zip      a function with all its packages
    python -m overskill.bundler.remote.package workflow FOLDER       what the repository for builds holds
    python -m overskill.bundler.remote.package container FOLDER      a folder for docker build

Once for each release: a builder of another one would not make the same bytes. README.md says how each is set up.
"""

import json
import platform
import shutil
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

from overskill.bundler.release import release
from overskill.bundler.setup import SOURCES, Installation, installation, prepare
from overskill.config import settings
from overskill.errors import InvalidInput

REMOTE = SOURCES / "remote"
LARGEST_FUNCTION = 250 * 1024 * 1024  # unpacked; docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
_SOURCES = (
    *("package.json", "package-lock.json", "prebundle.mjs", "resolve-packages.mjs"),
    *("vendor/package.json", "vendor/package-lock.json"),
    *("core/*.mjs", "production/*.mjs", "remote/*.mjs", "remote/install.sh"),
)
_RUN = {".cjs", ".css", ".js", ".json", ".mjs", ".node"}  # of packages only what runs or is bundled
_NEVER_RUN = {
    "@esbuild",
    "@oxfmt",
    "@oxlint",
    "@types",
    "@typescript",
    "esbuild",
    "oxfmt",
    "oxlint",
    "typescript",
    "ws",
}
_READ = {"icons.json", "stylesheets.json", "vendor.json"}  # of the prebundled packages
_RELEASE = "release.json"
_DATE = (2026, 1, 1, 0, 0, 0)


def sources() -> Iterator[tuple[str, Path]]:
    """Of the bundler what builds need: where it goes, and where it is."""
    for pattern in _SOURCES:
        for path in sorted(SOURCES.glob(pattern)):
            yield f"bundler/{path.relative_to(SOURCES).as_posix()}", path


def release_file() -> bytes:
    """What a builder says of itself in each answer."""
    return json.dumps({"release": release()}).encode()


def packages(installed: Installation) -> Iterator[tuple[str, Path]]:
    """Of what is installed the part that builds read."""
    for label, root in (("tools", installed.tools), ("vendor", installed.vendor)):
        yield f"{label}/package.json", root / "package.json"
        for path in sorted((root / "node_modules").rglob("*")):
            within = path.relative_to(root)
            if path.suffix in _RUN and path.is_file() and within.parts[1] not in _NEVER_RUN:
                yield f"{label}/{within.as_posix()}", path
    for name in sorted(_READ):
        yield f"vendor/dist/{name}", installed.vendor / "dist" / name


def package_function(installed: Installation, target: Path) -> int:
    """Writes the zip of a Lambda function. Returns its size unpacked, in bytes."""
    total = 0
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo(_RELEASE, date_time=_DATE), release_file())
        for name, path in (*sources(), *packages(installed)):
            content = path.read_bytes()
            entry = zipfile.ZipInfo(name, date_time=_DATE)
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED)
            total += len(content)
    if total > LARGEST_FUNCTION:
        raise InvalidInput(f"The function would have {total:,} bytes; Lambda takes {LARGEST_FUNCTION:,}.")
    return total


def package_folder(target: Path, extra: Path, name: str) -> None:
    """Writes our sources and one file more; the packages are installed where it is used."""
    for place, path in (*sources(), (name, extra)):
        (target / place).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target / place)
    (target / _RELEASE).write_bytes(release_file())


def main(kind: str, target: Path) -> None:
    match kind:
        case "lambda":
            if (platform.system(), platform.machine()) != ("Linux", "x86_64"):
                raise InvalidInput("Packages with native parts are those of this machine: run it on Linux, x86-64.")
            home = settings().home.expanduser().resolve()
            prepare(home, print)
            size = package_function(installation(home), target)
            print(f"{target}: {target.stat().st_size / 1e6:.0f} MB, unpacked {size / 1e6:.0f} MB")  # noqa: T201
        case "workflow":
            package_folder(target, REMOTE / "workflow.yml", ".github/workflows/build.yml")
        case "container":
            package_folder(target, REMOTE / "Dockerfile", "Dockerfile")
        case _:
            raise InvalidInput(f"“{kind}” is none of lambda, workflow, container.")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
