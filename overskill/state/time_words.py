"""Times in words, for pages that show when something happened."""

from datetime import datetime, timedelta

_STEPS = (
    (timedelta(minutes=1), timedelta(0), "just now"),
    (timedelta(hours=1), timedelta(minutes=1), "minute"),
    (timedelta(days=1), timedelta(hours=1), "hour"),
    (timedelta(days=30), timedelta(days=1), "day"),
)


def ago(when: datetime, now: datetime) -> str:
    """ "just now", "1 minute ago", "3 days ago"; from a month on the date: "4 Mar 2026"."""
    passed = now - when
    for below, unit, word in _STEPS:
        if passed < below:
            if not unit:
                return word
            count = passed // unit
            return f"{count} {word}{'' if count == 1 else 's'} ago"
    return f"{when.day} {when:%b %Y}"
