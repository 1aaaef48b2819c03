"""How much of a text is different: lines that came, and lines that went."""

from difflib import SequenceMatcher
from functools import lru_cache

MOST_COMPARED = 4_000  # lines of a file: a longer one counts as all gone and all come


@lru_cache(maxsize=1024)
def count_lines(before: str, after: str) -> tuple[int, int]:
    """Lines that came, and lines that went."""
    old, new = before.splitlines(), after.splitlines()
    if not old or not new or max(len(old), len(new)) > MOST_COMPARED:
        return len(new), len(old)
    kept = sum(block.size for block in SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks())
    return len(new) - kept, len(old) - kept
