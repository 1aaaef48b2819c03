"""The words the app says about itself."""

from dataclasses import replace

from overskill.services.generation.recipes.followups.steps import Asked, Step, unquoted
from overskill.services.generation.recipes.words import sentence

_HERO = {
    "headline": "headline",
    "heading": "headline",
    "title line": "headline",
    "lead": "lead",
    "intro": "lead",
    "introduction": "lead",
    "eyebrow": "eyebrow",
}


def change_text(asked: Asked) -> Step | None:
    found = asked.match(
        r"^(?:change|set|make|replace|use)\s+(?:the\s+)?(tag ?line|subtitle|slogan|description|question|"
        r"headline|heading|intro(?:duction)?|lead|eyebrow)"
        r"\s+(?:to|with|into|be|as|:)\s*(.+)$"
    ) or asked.match(
        r"^(?:the\s+)?(tag ?line|subtitle|slogan|question|headline|intro(?:duction)?)\s*(?:should be|is|:)\s*(.+)$"
    )
    if not found:
        return None
    what, text = found[1].lower().replace(" ", ""), sentence(unquoted_end(found[2]))[:160]
    key = _key(asked, what)
    if key is None:
        return None
    changed = {"tagline": text} if key == "tagline" else {"content": {**asked.spec.content, key: text}}
    return Step(f"Change the {what}", replace(asked.spec, **changed))


def _key(asked: Asked, what: str) -> str | None:
    """Where the text is kept; None when this app has no such text."""
    if asked.spec.kind == "landing":
        return _HERO.get(what, None if what == "question" else "headline")
    if what == "question":
        return what if what in asked.spec.content else None
    return None if what in _HERO else "tagline"


def unquoted_end(text: str) -> str:
    """Without quotes; a question mark or an exclamation mark at the end stays."""
    return unquoted(text) if text.strip()[-1:] in "\"'”’»" else text.strip(" \"'“‘«")
