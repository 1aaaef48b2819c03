"""How an app looks: from the words of the prompt, the subject, and otherwise by a stable draw."""

import re
from collections.abc import Mapping
from typing import Any

from overskill.services.generation.recipes.palette import find_colour
from overskill.services.generation.recipes.spec import Look, Theme
from overskill.services.generation.recipes.words import fingerprint

_MOODS: tuple[tuple[str, dict[str, str]], ...] = (
    (
        r"\b(minimal\w*|clean|simple|black and white|monochrome)\b",
        {"tone": "grey", "corners": "normal", "font": "sans"},
    ),
    (r"\b(playful|fun|cute|kids?|children|colou?rful|silly)\b", {"corners": "round", "font": "rounded"}),
    (
        r"\b(elegant|luxury|luxurious|classy|sophisticated|fancy|editorial|literary)\b",
        {"font": "serif", "corners": "sharp"},
    ),
    (r"\b(professional|corporate|business|serious|enterprise)\b", {"font": "sans", "corners": "sharp"}),
    (r"\b(hacker|terminal|retro|nerdy|geeky|brutalist|code)\b", {"font": "mono", "corners": "sharp"}),
    (r"\b(cozy|cosy|calm|gentle|soothing|peaceful|relaxing|soft|warm)\b", {"tone": "soft", "corners": "round"}),
)
_DARK = re.compile(r"\b(dark (mode|theme|look|design|background|ui|app|version)|in dark(?=$|[.,;!\n])|night mode)")
_LIGHT = re.compile(r"\b(light|white|bright) (mode|theme|look|design|background|ui|version)")


def choose_look(prompt: str, entry: Mapping[str, Any], *, kind: str) -> Look:
    text = prompt.lower()
    draw = fingerprint(prompt)
    mood: dict[str, str] = next((found for pattern, found in _MOODS if re.search(pattern, text)), {})
    colour = find_colour(without_theme(text))
    hue, tone = colour or (str(entry.get("hue", "indigo")), mood.get("tone") or str(entry.get("tone", "clear")))
    theme = find_theme(text) or ("dark" if tone == "deep" else "system")
    font = mood.get("font") or entry.get("font") or ("sans", "sans", "serif", "sans", "rounded")[draw % 5]
    corners = mood.get("corners") or ("normal", "round", "normal", "sharp")[draw // 7 % 4]
    layout = "sidebar" if kind in {"crm", "dashboard"} or draw // 31 % 2 else "topbar"
    return Look(hue=hue, tone=tone, theme=theme, layout=layout, font=font, corners=corners)  # type: ignore[arg-type]  # checked by the tables above


def find_theme(text: str) -> Theme | None:
    if _DARK.search(text):
        return "dark"
    return "light" if _LIGHT.search(text) else None


def without_theme(text: str) -> str:
    """Without "dark mode", whose "dark" is no shade of a colour."""
    return _LIGHT.sub(" ", _DARK.sub(" ", text))
