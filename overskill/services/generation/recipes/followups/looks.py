"""Colours, dark and light, corners, fonts, where the navigation is."""

import re
from dataclasses import replace
from typing import Any

from overskill.services.generation.recipes.followups.steps import Asked, Step
from overskill.services.generation.recipes.look import find_theme, without_theme
from overskill.services.generation.recipes.palette import find_colour

_SHAPES: tuple[tuple[str, str, dict[str, Any]], ...] = (
    (
        r"\b(round(er|ed)?|softer) (corners?|edges|buttons|cards)\b|\bmake it (more )?round(er|ed)?\b",
        "Round the corners",
        {"corners": "round"},
    ),
    (
        r"\b(sharp(er)?|square(r|d)?|straight) (corners?|edges|buttons|cards)\b|\bno rounded corners\b",
        "Sharpen the corners",
        {"corners": "sharp"},
    ),
    (r"\bsans[- ]?serif\b|\b(plain|modern|normal) (font|typeface|type)\b", "Use a plain typeface", {"font": "sans"}),
    (
        r"\bserif\b|\b(elegant|classic|bookish|literary) (font|typeface|type|look)\b|\bmore elegant\b",
        "Use a serif for headings",
        {"font": "serif"},
    ),
    (
        r"\b(mono(space)?d?|typewriter|code) (font|typeface|type)\b",
        "Use a monospaced type for headings",
        {"font": "mono"},
    ),
    (
        r"\bround(ed)? (font|typeface|type)\b|\b(more )?(playful|friendly|fun)\b",
        "Make it more playful",
        {"font": "rounded", "corners": "round"},
    ),
    (
        r"\bside ?(bar|nav\w*|menu)\b|\b(nav\w*|menu) (on|to|at) the (left|side)\b",
        "Put the navigation at the side",
        {"layout": "sidebar"},
    ),
    (
        r"\btop ?(bar|nav\w*|menu)\b|\b(nav\w*|menu) (on|to|at) (the )?top\b",
        "Put the navigation on top",
        {"layout": "topbar"},
    ),
    (r"\b(minimal(ist(ic)?)?|cleaner|plainer|no colou?rs?)\b", "Make it minimal", {"hue": "slate", "tone": "grey"}),
    (r"\b(pastel|softer|calmer|muted|gentler)\b", "Soften the colours", {"tone": "soft"}),
    (r"\b(brighter|bolder|more vivid|more colou?rful|vibrant)\b", "Make the colours stronger", {"tone": "clear"}),
)
_ABOUT_LOOKS = re.compile(
    (
        r"\b(make|colou?rs?|theme|palette|look|style|background|accent|brand|turn|change|switch|use|go|"
        r"want|paint|should be|design|buttons?)\b"
    ),
    re.IGNORECASE,
)


def theme(asked: Asked) -> Step | None:
    text = asked.text.lower()
    if re.search(r"\b(system|automatic|device) (theme|mode)\b|\bfollow the system\b", text):
        return Step("Follow the device: light or dark", _look(asked, theme="system"))
    wanted = find_theme(text)
    if not wanted and not find_colour(text):
        found = re.search(
            (
                r"\b(?:make|turn|switch|go|change|want|be|it)\b.*\b(dark|light)(?:er)?\b(?! (?:blue|green|red))|"
                r"^(dark|light)$"
            ),
            text,
        )
        word = (found[1] or found[2]) if found else ""
        wanted = "dark" if word == "dark" else "light" if word == "light" else None
    if not wanted or find_colour(without_theme(text)):
        return None
    return Step(f"Make {wanted} the default", _look(asked, theme=wanted))


def colour(asked: Asked) -> Step | None:
    text = without_theme(asked.text.lower())
    found = find_colour(text)
    rest = re.sub(r"[^\w]", "", text)
    if not found or not (_ABOUT_LOOKS.search(text) or len(rest) <= 14):
        return None
    if asked.match(r"^(?:add|include|create)\b.*\b(field|column|option|page|section)\b"):
        return None
    hue, tone = found
    now = asked.spec.look.tone
    if tone == "clear" and now in {"deep", "soft"} and not re.search(r"\b(bright|vivid|neon|clear|strong)", text):
        tone = now
    wanted = find_theme(asked.text)
    theme_now = asked.spec.look.theme
    chosen = wanted or ("dark" if tone == "deep" else "system" if now == "deep" and theme_now == "dark" else theme_now)
    words = {"deep": f"dark {hue}", "soft": f"soft {hue}", "grey": "black and white"}.get(tone, hue)
    return Step(f"Make it {words}", _look(asked, hue=hue, tone=tone, theme=chosen))


def shape(asked: Asked) -> Step | None:
    for pattern, what, changes in _SHAPES:
        if asked.match(pattern):
            return Step(what, _look(asked, **changes))
    return None


def _look(asked: Asked, **changes: Any) -> Any:  # noqa: ANN401  fields of Look
    return replace(asked.spec, look=replace(asked.spec.look, **changes))
