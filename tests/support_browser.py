"""The browser of the browser tests: the one that is there, else Debian's package where we may install it."""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_MAC = (
    Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
    Path("/Applications/Chromium.app/Contents/MacOS/Chromium"),
)


def find_browser() -> Path | None:
    """A Chromium or Chrome on this machine."""
    for name in _NAMES:
        if found := shutil.which(name):
            return Path(found)
    return next((path for path in _MAC if path.exists()), None)


def ensure_browser(say: Callable[[str], None]) -> None:
    """Install Chromium where we may; else say which tests are skipped, and why."""
    if find_browser() is None and may_install():
        install("chromium", say)
    if find_browser() is None:
        say(
            "No Chromium or Chrome was found: the browser journeys (tests marked `browser`) are skipped. "
            "Install one, for example with: sudo apt install chromium"
        )


def ensure_sandbox(say: Callable[[str], None]) -> None:
    """Builds run inside bubblewrap where it is there; a few tests are about just that."""
    if shutil.which("bwrap") is None and may_install():
        install("bubblewrap", say)
    if shutil.which("bwrap") is None:
        say("bubblewrap was not found: the tests of the build sandbox are skipped.")


def may_install() -> bool:
    return os.geteuid() == 0 and Path("/usr/bin/apt-get").exists()


def install(package: str, say: Callable[[str], None]) -> None:
    say(f"Installing {package} from Debian's packages …")
    for arguments in (["update"], ["install", "-y", "--no-install-recommends", package]):
        subprocess.run(
            ["/usr/bin/apt-get", "-qq", *arguments],
            env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"},
            stdout=subprocess.DEVNULL,
            check=False,  # whether it is there now is asked next
        )
