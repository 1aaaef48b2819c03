"""For `overskill doctor`: whether apps are tried in a browser here, and how it is locked in."""

import os

from overskill.checker.chromium import find_chromium
from overskill.config import Settings
from overskill.embedded.checkup import Finding
from overskill.embedded.isolation import can_isolate
from overskill.errors import Unavailable

_SETTINGS = ("OVERSKILL_CHROMIUM", "OVERSKILL_BROWSER_CHECKS")


def look_for_browser(settings: Settings) -> Finding:
    """A missing browser is not an error: apps are then built and linted, but not opened."""
    try:
        program = find_chromium(settings)
    except Unavailable as error:
        is_wanted = bool(settings.chromium) and settings.browser_checks == "auto"
        return Finding("browser checks", "unreachable" if is_wanted else "off", error.message, _SETTINGS)
    if can_isolate():
        return Finding("browser checks", "configured", f"{program}, inside bubblewrap", _SETTINGS)
    if os.geteuid() != 0:
        return Finding("browser checks", "configured", f"{program}, in its own sandbox", _SETTINGS)
    if settings.is_production:
        detail = f"{program} has no sandbox as root: install bubblewrap, or run OverSkill as another user"
        return Finding("browser checks", "unreachable", detail, _SETTINGS)
    detail = f"{program}, without any sandbox: it runs as root and bubblewrap does not work here"
    return Finding("browser checks", "configured", detail, _SETTINGS)
