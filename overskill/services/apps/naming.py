"""Names, addresses and logos of apps. Pure: no database."""

import hashlib
import re
import unicodedata
from html import escape

LONGEST_SLUG = 48
# Addresses that are ours, or that would mislead.
RESERVED_SLUGS = frozenset(
    "about admin api app apps assets auth billing blog cdn dashboard dev docs edge explore health help home library "
    "login mail market me new overskill preview pricing settings sign-in sign-up staging static status studio "
    "support www".split()
)
_ACCENTS = (
    "#6d5bf6",
    "#0ea5a4",
    "#e2604a",
    "#2f7df6",
    "#c2410c",
    "#15803d",
    "#be185d",
    "#7c3aed",
    "#0f766e",
    "#b45309",
)
_CALLED = re.compile(r"\b(?:called|named)\s+[\"“']?([A-Z0-9][\w&'’.-]*(?:\s+[A-Z0-9][\w&'’.-]*){0,3})")
_FILLER = frozenset(
    "a an the i we you me my our your to of for with and or in on that which where it is be can want wants need needs "
    "build make create write please app application website site page web simple small new nice cool some something "
    "keep track help us let lets like would who people so".split()
)


def name_from_prompt(prompt: str) -> str:
    """A short working name: what the prompt says it is called, else its telling words. Never empty."""
    if called := _CALLED.search(prompt):
        return called[1].strip(" .'’-")[:40]
    first_line = prompt.strip().split("\n", 1)[0]
    first_sentence = re.split(r"[.!?;:]\s|\s[-–—]\s|,", first_line, maxsplit=1)[0]
    words = re.findall(r"[^\W_][\w'’-]*", first_sentence)
    telling = [word for word in words if word.lower() not in _FILLER][:3]
    return " ".join(word if word.isupper() else word.capitalize() for word in telling)[:40] or "My app"


def slug_from_name(name: str) -> str:
    """A DNS label of ASCII letters, digits and single hyphens, at most 48 long. Never empty, never reserved."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST_SLUG].strip("-")
    if not slug:
        return "my-app"
    return f"{slug}-app" if slug in RESERVED_SLUGS else slug


def accent_for(seed: str) -> str:
    """One of ten accents, always the same for the same seed."""
    return _ACCENTS[hashlib.sha256(seed.encode()).digest()[0] % len(_ACCENTS)]


def logo_svg(name: str, accent: str) -> str:
    """A square logo: the initials on a field of the accent with a shape that differs from app to app."""
    words = re.findall(r"[^\W_]+", name) or ["?"]
    initials = escape((words[0][0] + (words[1][0] if len(words) > 1 else "")).upper())
    digest = hashlib.sha256(name.encode()).digest()
    x, y, radius = 8 + digest[1] % 48, 8 + digest[2] % 48, 18 + digest[3] % 18
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64" role="img">'
        f'<rect width="64" height="64" rx="15" fill="{accent}"/>'
        f'<circle cx="{x}" cy="{y}" r="{radius}" fill="#fff" opacity=".16"/>'
        '<text x="32" y="33" fill="#fff" font-family="Inter,system-ui,sans-serif" font-size="26" font-weight="650" '
        f'text-anchor="middle" dominant-baseline="central">{initials}</text></svg>'
    )
