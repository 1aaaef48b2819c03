"""Colours from words, and the theme of an app from its look."""

import math
import re
from functools import cache
from typing import Literal

from overskill.services.generation.recipes.spec import Look
from overskill.starter import starter_files

Tone = Literal["clear", "deep", "soft", "grey"]

# name -> angle and strength in OKLCH
HUES: dict[str, tuple[float, float]] = {
    "red": (25, 0.19),
    "orange": (47, 0.165),
    "amber": (68, 0.14),
    "yellow": (88, 0.13),
    "lime": (124, 0.15),
    "green": (148, 0.14),
    "emerald": (164, 0.13),
    "teal": (188, 0.1),
    "cyan": (212, 0.11),
    "sky": (238, 0.14),
    "blue": (259, 0.19),
    "indigo": (275, 0.2),
    "violet": (292, 0.21),
    "purple": (306, 0.2),
    "fuchsia": (326, 0.21),
    "pink": (352, 0.19),
    "rose": (12, 0.18),
    "brown": (52, 0.075),
    "slate": (255, 0.045),
}
_OTHER_NAMES: dict[str, tuple[str, Tone]] = {
    "navy": ("blue", "deep"),
    "midnight": ("indigo", "deep"),
    "forest": ("green", "deep"),
    "olive": ("lime", "deep"),
    "burgundy": ("rose", "deep"),
    "maroon": ("red", "deep"),
    "wine": ("rose", "deep"),
    "plum": ("purple", "deep"),
    "chocolate": ("brown", "deep"),
    "crimson": ("red", "clear"),
    "scarlet": ("red", "clear"),
    "gold": ("amber", "clear"),
    "golden": ("amber", "clear"),
    "mustard": ("yellow", "clear"),
    "turquoise": ("teal", "clear"),
    "aqua": ("cyan", "clear"),
    "magenta": ("fuchsia", "clear"),
    "mint": ("emerald", "soft"),
    "sage": ("green", "soft"),
    "lavender": ("violet", "soft"),
    "lilac": ("purple", "soft"),
    "coral": ("orange", "soft"),
    "peach": ("orange", "soft"),
    "salmon": ("red", "soft"),
    "beige": ("brown", "soft"),
    "cream": ("amber", "soft"),
    "sand": ("brown", "soft"),
    "black": ("slate", "grey"),
    "white": ("slate", "grey"),
    "grey": ("slate", "grey"),
    "gray": ("slate", "grey"),
    "monochrome": ("slate", "grey"),
    "silver": ("slate", "grey"),
}
_COLOUR = re.compile(
    r"\b(?:(dark|deep|light|pale|soft|pastel|muted|bright|vivid|neon)[ -])?"
    rf"({'|'.join(sorted({*HUES, *_OTHER_NAMES}, key=len, reverse=True))})(?:ish)?\b|(#[0-9a-f]{{6}}|#[0-9a-f]{{3}})\b"
)
_TONES: dict[str, Tone] = {
    "dark": "deep",
    "deep": "deep",
    "light": "soft",
    "pale": "soft",
    "soft": "soft",
    "pastel": "soft",
    "muted": "soft",
}
FONTS: dict[str, str] = {
    "sans": "var(--font-text)",
    "serif": '"Iowan Old Style", "Palatino Linotype", Palatino, Georgia, ui-serif, serif',
    "rounded": 'ui-rounded, "SF Pro Rounded", "Hiragino Maru Gothic ProN", Quicksand, Nunito, system-ui, sans-serif',
    "mono": 'ui-monospace, "SF Mono", "Cascadia Code", "JetBrains Mono", Menlo, Consolas, monospace',
}
_CORNERS = {"sharp": "0.25rem", "normal": "0.625rem", "round": "1rem"}


def find_colour(text: str) -> tuple[str, Tone] | None:
    """The first colour a text names, with its tone: "dark green" is (green, deep)."""
    found = _COLOUR.search(text.lower())
    if not found:
        return None
    shade, word, code = found.groups()
    if code:
        return _nearest(code)
    hue, tone = _OTHER_NAMES.get(word, (word, "clear"))
    return hue, tone if tone == "grey" else _TONES.get(shade or "", tone)


def _nearest(code: str) -> tuple[str, Tone]:
    digits = code[1:] if len(code) == 7 else "".join(digit * 2 for digit in code[1:])
    red, green, blue = (_linear(int(digits[at : at + 2], 16) / 255) for at in (0, 2, 4))
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    middle = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    lightness = 0.2104542553 * long + 0.793617785 * middle - 0.0040720468 * short
    a = 1.9779984951 * long - 2.428592205 * middle + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * middle - 0.808675766 * short
    if math.hypot(a, b) < 0.03:
        return "slate", "grey"
    angle = math.degrees(math.atan2(b, a)) % 360
    vivid = [name for name, (_, strength) in HUES.items() if strength >= 0.1]
    name = min(vivid, key=lambda one: abs((HUES[one][0] - angle + 180) % 360 - 180))
    return name, "deep" if lightness < 0.42 else "soft" if lightness > 0.82 else "clear"


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def _oklch(lightness: float, chroma: float, hue: float) -> str:
    return f"oklch({lightness:g} {round(chroma, 3):g} {round(hue % 360):g})"


def _light(look: Look) -> dict[str, str]:
    hue, strength = HUES.get(look.hue, HUES["indigo"])
    tint = {"clear": 0.004, "deep": 0.01, "soft": 0.014, "grey": 0.0}[look.tone]
    strength = {"clear": strength, "deep": strength * 0.75, "soft": strength * 0.8, "grey": 0.0}[look.tone]
    main = {"clear": 0.54, "deep": 0.4, "soft": 0.55, "grey": 0.24}[look.tone]
    ink = _oklch(0.215, min(strength * 0.16, 0.03), hue)
    return {
        "background": _oklch(0.99 if tint < 0.01 else 0.982, tint, hue),
        "foreground": ink,
        "card": _oklch(1, 0, 0) if tint < 0.01 else _oklch(0.997, tint / 4, hue),
        "card-foreground": ink,
        "popover": _oklch(1, 0, 0),
        "popover-foreground": ink,
        "primary": _oklch(main, strength, hue),
        "primary-foreground": _oklch(0.99, min(strength * 0.05, 0.01), hue),
        "secondary": _oklch(0.955, tint + 0.006, hue),
        "secondary-foreground": _oklch(0.29, min(strength * 0.2, 0.035), hue),
        "muted": _oklch(0.962, tint + 0.003, hue),
        "muted-foreground": _oklch(0.505, min(strength * 0.12, 0.025), hue),
        "accent": _oklch(0.948, tint + strength * 0.12, hue),
        "accent-foreground": _oklch(0.38, strength * 0.62, hue),
        "border": _oklch(0.912, tint + 0.005, hue),
        "input": _oklch(0.865, tint + 0.008, hue),
        "ring": _oklch(0.62, strength * 0.9, hue),
        **_charts(hue, 0.6, 0.15, main if look.tone != "grey" else 0.45),
    }


def _dark(look: Look) -> dict[str, str]:
    hue, strength = HUES.get(look.hue, HUES["indigo"])
    tint = {"clear": 0.012, "deep": 0.04, "soft": 0.018, "grey": 0.0}[look.tone]
    base = 0.205 if look.tone == "deep" else 0.168
    strength = {"clear": strength * 0.82, "deep": strength * 0.9, "soft": strength * 0.65, "grey": 0.0}[look.tone]
    paper = _oklch(0.955, min(tint, 0.01), hue)
    return {
        "background": _oklch(base, tint, hue),
        "foreground": paper,
        "card": _oklch(base + 0.04, tint * 1.1, hue),
        "card-foreground": paper,
        "popover": _oklch(base + 0.06, tint * 1.1, hue),
        "popover-foreground": paper,
        "primary": _oklch(0.93 if look.tone == "grey" else 0.74, strength, hue),
        "primary-foreground": _oklch(0.19, min(strength * 0.25, 0.04), hue),
        "secondary": _oklch(base + 0.105, tint * 1.2, hue),
        "secondary-foreground": paper,
        "muted": _oklch(base + 0.08, tint, hue),
        "muted-foreground": _oklch(0.72, max(tint * 0.8, 0.01) if look.tone != "grey" else 0, hue),
        "accent": _oklch(base + 0.125, tint + strength * 0.2, hue),
        "accent-foreground": _oklch(0.9, strength * 0.4, hue),
        "border": _oklch(base + 0.13, tint * 1.2, hue),
        "input": _oklch(base + 0.19, tint * 1.2, hue),
        "ring": _oklch(0.7, strength, hue),
        **_charts(hue, 0.74, 0.13, 0.74),
    }


def _charts(hue: float, lightness: float, chroma: float, first: float) -> dict[str, str]:
    steps = (0, 150, 62, 285, 218)
    return {
        f"chart-{number}": _oklch(first if number == 1 else lightness, chroma, hue + step)
        for number, step in enumerate(steps, start=1)
    }


@cache
def stylesheet(look: Look) -> str:
    """The starter's index.css with the look's values."""
    css = starter_files()["src/index.css"]
    root, separator, rest = css.partition(".dark {")
    root = _set(root, _light(look) | {"radius": _CORNERS[look.corners], "font-heading": FONTS[look.font]})
    dark, end, theme = rest.partition("@theme inline {")
    return root + separator + _set(dark, _dark(look)) + end + theme


def _set(block: str, values: dict[str, str]) -> str:
    for name, value in values.items():
        block = re.sub(rf"(?<=--{name}: )[^;]+", value, block)
    return block
