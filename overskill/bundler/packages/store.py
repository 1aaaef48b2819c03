"""Where packages lie that were added to apps; README.md says how."""

import contextlib
import fcntl
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Collection, Iterator, Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from overskill.bundler.packages.contents import Found, lock_entries, tidy
from overskill.bundler.packages.installing import fetch_packages
from overskill.bundler.setup import Installation
from overskill.clients.daemon import Daemon
from overskill.clients.package_store import Caps, Check, Member, PackageSet
from overskill.clients.registry import NpmRegistry, Release
from overskill.embedded.files import private_folder, write_private
from overskill.errors import InvalidInput, LimitReached, Unavailable

_FACTS = "set.json"  # its time is when the set was last used
_REMOVED = ".removed-"
_KEY = 32  # characters of a digest


class SharedPackageStore:
    """On this machine's disk, for all its processes."""

    def __init__(self, installed: Installation, registry: NpmRegistry, daemon: Daemon | None = None) -> None:
        self._installed = installed
        self._registry = registry
        self._daemon = daemon  # None: what a set weighs stays unknown

    def find(self, wanted: Mapping[str, str]) -> PackageSet | None:
        try:
            with self._using(fcntl.LOCK_SH):
                digest = (self._folder / "index" / key_of(wanted)).read_text("ascii")
                facts = self._folder / "sets" / digest / _FACTS
                found = _set_of(json.loads(facts.read_text("utf-8")))
                os.utime(facts)  # it was used now
                return found
        except FileNotFoundError:
            return None

    def unused(self, since: datetime) -> list[PackageSet]:
        for left in self._folder.glob(f"{_REMOVED}*"):
            shutil.rmtree(left, ignore_errors=True)  # of a removal that was interrupted
        found = [facts for facts in self._folder.glob(f"sets/*/{_FACTS}") if facts.stat().st_mtime < since.timestamp()]
        return [_set_of(json.loads(facts.read_text("utf-8"))) for facts in found]

    def remove(self, wanted: Mapping[str, str], *, unused_since: datetime) -> bool:
        entry = self._folder / "index" / key_of(wanted)
        with self._alone(), self._using(fcntl.LOCK_EX):
            if not entry.is_file():
                return False
            made = self._folder / "sets" / entry.read_text("ascii")
            if (made / _FACTS).stat().st_mtime >= unused_since.timestamp():
                return False
            entry.unlink()
            removed = made.rename(self._folder / f"{_REMOVED}{made.name}")
        shutil.rmtree(removed, ignore_errors=True)
        return True

    def install(self, releases: Collection[Release], caps: Caps, check: Check) -> PackageSet:
        wanted = {release.name: release.version for release in sorted(releases, key=lambda one: one.name)}
        with self._alone():
            found = self.find(wanted)
            if found is None:
                found = self._made(wanted, releases, caps, check)
            return found

    @property
    def _folder(self) -> Path:
        return self._installed.added

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        """One install at a time: the next one often finds that what it wants is there."""
        prepare_folder(self._installed)
        with (self._folder / "install.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    @contextlib.contextmanager
    def _using(self, mode: int) -> Iterator[None]:
        """Who looks for a set shares this; who removes one has it alone, so that nobody is given what goes."""
        with (self._folder / "use.lock").open("a") as lock:
            fcntl.flock(lock, mode)
            yield

    def _made(self, wanted: Mapping[str, str], releases: Collection[Release], caps: Caps, check: Check) -> PackageSet:
        digest = _digest(f"{one.name}@{one.version} {one.integrity}" for one in releases)
        target = self._folder / "sets" / digest
        shutil.rmtree(target, ignore_errors=True)  # of an attempt that was interrupted
        with tempfile.TemporaryDirectory(prefix=".making-", dir=self._folder, ignore_cleanup_errors=True) as name:
            making = Path(name) / digest
            making.mkdir()
            downloads = self._folder / "downloads"
            fetch_packages(releases, making, downloads=downloads, caps=caps, registry=self._registry)
            found = tidy(making, self._installed.vendor, wanted)
            _check_contents(found, releases, caps)
            entries = lock_entries(making, found)
            _check_integrity(entries, releases)
            check([one.member for one in found])
            shutil.rmtree(making / "home")
            making.rename(target)
        made = PackageSet(wanted, tuple(one.member for one in found), datetime.now(UTC), lock=entries)
        try:
            made = self._weighed(made, digest)
        except InvalidInput:
            shutil.rmtree(target)
            raise
        write_private(target / _FACTS, json.dumps(asdict(made), default=datetime.isoformat))
        write_private(self._folder / "index" / key_of(wanted), digest)
        return made

    def _weighed(self, made: PackageSet, digest: str) -> PackageSet:
        """With what its packages weigh in a preview. Raises InvalidInput for what can't be in one."""
        if self._daemon is None:
            return made
        try:
            answer = self._daemon.call("bundle_packages", {"digest": digest, "specifiers": sorted(made.wanted)})
        except Unavailable:
            return made  # it is bundled when an app is opened that has it
        return PackageSet(made.wanted, made.members, made.added, answer["sizes"], made.lock)


def prepare_folder(installed: Installation) -> Path:
    """Packages that are added find those that apps have anyway as Node would: in a folder above their own."""
    folder = private_folder(installed.added)
    for name in ("index", "sets", "downloads"):
        (folder / name).mkdir(exist_ok=True)
    with contextlib.suppress(FileExistsError):
        (folder / "node_modules").symlink_to(installed.vendor / "node_modules")
    return folder


def key_of(wanted: Mapping[str, str]) -> str:
    """What a set is found by. core/added-packages.mjs works out the same."""
    return _digest(f"{name}@{version}" for name, version in wanted.items())


def _digest(lines: Collection[str] | Iterator[str]) -> str:
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()[:_KEY]


def _check_contents(found: list[Found], releases: Collection[Release], caps: Caps) -> None:
    there = {one.place: one.version for one in found}
    missing = [one.name for one in releases if there.get(f"node_modules/{one.name}") != one.version]
    if missing:
        raise Unavailable(f"{', '.join(missing)} can't be installed: the registry has it, but did not send it.")
    if len(found) > caps.most:
        raise LimitReached(
            f"That brings along {len(found)} packages; {caps.most} are the most. "
            "Use a smaller one, or write it yourself."
        )
    size = sum(one.size for one in found)
    if size > caps.megabytes * 1024 * 1024:
        raise LimitReached(
            f"That takes {size / 1024 / 1024:.0f} MB; {caps.megabytes} MB are the most. "
            "Use a smaller package, or write it yourself."
        )


def _check_integrity(entries: Mapping[str, Mapping[str, object]], releases: Collection[Release]) -> None:
    """What was fetched is what was judged."""
    for one in releases:
        fetched = str(entries[f"node_modules/{one.name}"].get("integrity", ""))
        if one.integrity.startswith("sha512-") and fetched != one.integrity:
            raise Unavailable(f"{one.name} {one.version} was changed while it was fetched. Try again in a minute.")


def _set_of(facts: Mapping[str, Any]) -> PackageSet:
    return PackageSet(
        wanted=facts["wanted"],
        members=tuple(Member(**member) for member in facts["members"]),
        added=datetime.fromisoformat(facts["added"]),
        weights=facts["weights"],
        lock=facts["lock"],
    )
