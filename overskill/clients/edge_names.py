"""Where an app is at the edge: its environment and its script."""

import re

from overskill.errors import InvalidInput

ENVIRONMENTS = frozenset({"preview", "staging", "production"})
CANARY = "--canary"
LONGEST_SCRIPT = 54
_SCRIPT = re.compile(rf"[a-z0-9]([a-z0-9-]{{0,52}}[a-z0-9])?({CANARY})?")  # "preview--" before it makes a DNS label


def canary_script(script: str) -> str:
    """The second script beside an app's own, which some of its visitors get. It has no address of its own."""
    return f"{script}{CANARY}"


def check_place(environment: str, script: str) -> None:
    if environment not in ENVIRONMENTS:
        raise InvalidInput(f"There is no environment “{environment}”.", field="environment")
    if not _SCRIPT.fullmatch(script):
        raise InvalidInput(f"“{script}” can't be an app's address: use a-z, 0-9 and -, at most 54.", field="script")
