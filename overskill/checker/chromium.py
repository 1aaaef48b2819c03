"""The browser that apps are tried in: any Chromium or Chrome of this machine."""

from pathlib import Path
from shutil import which

from overskill.config import Settings
from overskill.errors import Unavailable

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome-headless-shell", "chrome")
_PLACES = (
    Path("/usr/lib/chromium/chromium"),
    Path("/opt/google/chrome/chrome"),
    Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
    Path("/Applications/Chromium.app/Contents/MacOS/Chromium"),
)
_HOW_TO = "Install one (on Debian or Ubuntu: sudo apt install chromium), or name it in OVERSKILL_CHROMIUM."


def find_chromium(settings: Settings) -> Path:
    """Raises Unavailable, saying why and what to do, where there is none or it is not wanted."""
    if settings.browser_checks == "off":
        raise Unavailable("Apps are not tried in a browser on this instance: OVERSKILL_BROWSER_CHECKS is off.")
    if settings.chromium:
        named = which(settings.chromium)
        if named is None:
            raise Unavailable(f"OVERSKILL_CHROMIUM names {settings.chromium}, which is not a program. {_HOW_TO}")
        return Path(named).absolute()
    if (found := next((place for name in _NAMES if (place := which(name))), None)) is not None:
        return Path(found)
    if (usual := next((place for place in _PLACES if place.exists()), None)) is not None:
        return usual
    raise Unavailable(f"There is no Chromium or Chrome on this machine, so apps are not tried in a browser. {_HOW_TO}")
