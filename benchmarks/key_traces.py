"""What Chromium's main thread did for each key, read from a trace."""

import asyncio
import bisect
from collections.abc import Awaitable, Sequence
from dataclasses import dataclass
from typing import Any

from playwright.async_api import Page

_CATEGORIES = ["devtools.timeline", "disabled-by-default-devtools.timeline"]
_AFTERMATH_US = 125_000

Event = dict[str, Any]


@dataclass(frozen=True)
class KeyCost:
    """Milliseconds of the main thread, in time on a processor: not those in which others had it."""

    seen: float  # from the key until the frame that shows it is handed over
    all: float  # of every task that began within 125 ms


async def traced(page: Page, doing: Awaitable[None]) -> list[Event]:
    session = await page.context.new_cdp_session(page)
    events: list[Event] = []
    is_complete = asyncio.Event()
    session.on("Tracing.dataCollected", lambda told: events.extend(told["value"]))
    session.on("Tracing.tracingComplete", lambda _: is_complete.set())
    await session.send(
        "Tracing.start",
        {"transferMode": "ReportEvents", "traceConfig": {"includedCategories": _CATEGORIES}},
    )
    await doing
    await session.send("Tracing.end")
    await is_complete.wait()
    await session.detach()
    return events


def key_costs(events: Sequence[Event]) -> list[KeyCost]:
    """Of each key that a frame followed. Only the page that is typed in has keys."""
    keys = sorted((event for event in events if _is_key(event)), key=lambda event: event["ts"])
    if not keys:
        return []
    thread = (keys[0]["pid"], keys[0]["tid"])
    ours = sorted((event for event in events if (event["pid"], event["tid"]) == thread), key=lambda event: event["ts"])
    tasks = [event for event in ours if event["name"] == "RunTask" and "tdur" in event]
    commits = [event["ts"] for event in ours if event["name"] == "Commit"]
    starts = [task["ts"] for task in tasks]

    costs = []
    for key in keys:
        shown = bisect.bisect_right(commits, key["ts"])
        first = bisect.bisect_right(starts, key["ts"]) - 1
        if shown == len(commits) or first < 0:
            continue
        last = bisect.bisect_right(starts, commits[shown])
        end = bisect.bisect_right(starts, key["ts"] + _AFTERMATH_US)
        costs.append(KeyCost(_milliseconds(tasks[first:last]), _milliseconds(tasks[first : max(last, end)])))
    return costs


def _is_key(event: Event) -> bool:
    return bool(event["name"] == "EventDispatch" and event["args"]["data"]["type"] == "keydown")


def _milliseconds(tasks: Sequence[Event]) -> float:
    return float(sum(task["tdur"] for task in tasks)) / 1_000
