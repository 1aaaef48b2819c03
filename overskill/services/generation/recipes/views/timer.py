"""Steps in turn, a stopwatch, timers side by side, the days until an event: time kept by the clock, not by counting."""

from typing import Any

from overskill.services.generation.recipes.render import render
from overskill.services.generation.recipes.spec import AppSpec, Entity, Page
from overskill.services.generation.recipes.views.entities import Files, code, shared_files
from overskill.services.generation.recipes.views.naming import component, page_file
from overskill.services.generation.recipes.words import pluralize, sentence


def write(spec: AppSpec, page: Page) -> Files:
    facts: dict[str, Any] = {"page": page, "component": component(page), "tagline": spec.tagline}
    return {"interval": _interval, "stopwatch": _stopwatch, "timers": _timers, "countdown": _countdown}[page.view](
        spec, page, facts
    )


def _interval(spec: AppSpec, page: Page, facts: dict[str, Any]) -> Files:
    content = spec.content
    mode = content["mode"]
    lengths = {name: _shown(name, seconds, mode) for name, seconds in content["lengths"].items()}
    one = str(content.get("one", "step"))
    facts |= {"mode": mode, "title": content["title"], "one": one}
    used = [name for name in lengths if name != "warn"]
    plan = {"defaults": lengths, "used": ", ".join(used), "steps": content.get("steps", []), **facts}
    files = {
        "src/lib/run.ts": render("timer/run.ts"),
        "src/lib/plan.ts": render("timer/plan.ts", **plan),
        "src/lib/use-run.ts": render("timer/use-run.ts", name=spec.name, mode=mode),
        "src/components/ring.tsx": render("timer/ring.tsx"),
        "src/components/number-control.tsx": render("calculator/number-control.tsx"),
        "src/components/step-bar.tsx": render("timer/step-bar.tsx"),
        "src/components/dial.tsx": render("timer/dial.tsx", warn="warn" in lengths),
        "src/components/lengths.tsx": render(
            "timer/lengths.tsx",
            presets=content.get("presets", []),
            controls=[_control(name, mode, one, longest=lengths["work"]) for name in lengths],
        ),
        page_file(page): render(
            "timer/interval-page.tsx",
            e=code(spec.entity(page.entity)),
            warn="warn" in lengths,
            goes_on=not content.get("waits", False),
            **facts,
        ),
    }
    if mode == "steps":
        files["src/components/part-list.tsx"] = render("timer/part-list.tsx", one=one, many=pluralize(one))
    return _sounding() | _logged(spec.entity(page.entity)) | files


def _logged(session: Entity) -> Files:
    return shared_files(session) | {"src/components/week.tsx": render("timer/week.tsx", e=code(session))}


def _sounding() -> Files:
    return {
        "src/lib/chime.ts": render("timer/chime.ts"),
        "src/components/mute-button.tsx": render("timer/mute-button.tsx"),
    } | _clocks()


def _clocks() -> Files:
    return {
        "src/lib/clock.ts": render("timer/clock.ts"),
        "src/lib/use-now.ts": render("timer/use-now.ts"),
        "src/lib/use-key.ts": render("timer/use-key.ts"),
    }


def _stopwatch(spec: AppSpec, page: Page, facts: dict[str, Any]) -> Files:
    return (
        _clocks()
        | _logged(spec.entity(page.entity))
        | {
            "src/lib/stopwatch.ts": render("timer/stopwatch.ts"),
            "src/components/lap-list.tsx": render("timer/lap-list.tsx"),
            page_file(page): render("timer/stopwatch-page.tsx", e=code(spec.entity(page.entity)), what="Run", **facts),
        }
    )


def _timers(spec: AppSpec, page: Page, facts: dict[str, Any]) -> Files:
    entity = spec.entity(page.entity)
    e = code(entity)
    in_turn = bool(spec.content.get("inTurn"))
    return (
        _sounding()
        | shared_files(entity)
        | {
            "src/lib/side-by-side.ts": render("timer/side-by-side.ts"),
            f"src/components/{e.file}-card.tsx": render("timer/timer-card.tsx", e=e, in_turn=in_turn),
            page_file(page): render("timer/timers-page.tsx", e=e, in_turn=in_turn, **facts),
        }
    )


def _countdown(spec: AppSpec, page: Page, facts: dict[str, Any]) -> Files:
    content = spec.content
    return {
        "src/lib/use-now.ts": render("timer/use-now.ts"),
        "src/lib/event.ts": render(
            "timer/event.ts",
            title=content["title"],
            days=content["days"],
            yearly=content["yearly"],
            time=content["time"],
            clock=content["time"] or "00:00",
        ),
        "src/components/event-dialog.tsx": render("timer/event-dialog.tsx"),
        page_file(page): render("timer/countdown-page.tsx", **facts),
    }


def _shown(name: str, seconds: int, mode: str) -> int | float:
    """Minutes where people think in minutes."""
    if name in {"rounds", "ready", "warn"} or mode == "steps":
        return seconds
    return seconds // 60 if seconds % 60 == 0 else round(seconds / 60, 2)


def _control(name: str, mode: str, one: str, *, longest: float) -> dict[str, Any]:
    is_short = mode == "steps"
    unit = "s" if is_short else "min"
    most = max(600 if is_short else 180, round(longest * 1.5))
    ranges: dict[str, tuple[str, float, float, float, str]] = {
        "work": (f"Each {one}" if is_short else "Focus" if mode == "pomodoro" else "Length", 1, most, 1, unit),
        "rest": ("Rest in between" if is_short else "Break", 0 if is_short else 1, 120 if is_short else 60, 1, unit),
        "long": ("Long break", 1, 90, 1, "min"),
        "rounds": ("Rounds", 1, 50 if is_short else 12, 1, ""),
        "ready": ("To get ready", 0, 60, 1, "s"),
        "warn": ("Say so before the end", 0, 300, 5, "s"),
    }
    label, lowest, highest, step, after = ranges[name]
    whole = f"rounds: Math.min({highest}, Math.round(rounds))" if name == "rounds" else name
    return {
        "id": name,
        "label": sentence(label),
        "min": lowest,
        "max": highest,
        "step": step,
        "after": after,
        "change": whole,
    }
