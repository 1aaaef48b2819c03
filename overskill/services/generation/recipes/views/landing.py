"""A page of sections: each is a file of its own, with its texts on top."""

import re
from collections.abc import Mapping
from typing import Any

from overskill.services.generation.recipes.render import render
from overskill.services.generation.recipes.sites.wording import filled
from overskill.services.generation.recipes.spec import AppSpec, Section
from overskill.services.generation.recipes.views.entities import Files
from overskill.services.generation.recipes.words import kebab, pascal

_ARTWORK = {"people", "gallery", "tracks"}
_LINKS_IN_HEADER = 5
_MONEY = re.compile(r"[$€£]\s?\d|\d\s?(?:€|£|euro|dollar)|^Free$")
# What the form of a contact section asks besides name, email and message: [id, label, type, options]
_FORMS: dict[str, list[list[Any]]] = {
    "rsvp": [
        ["answer", "Will you come?", "choice", ["Yes, gladly", "Sorry, I can't"]],
        ["people", "How many are you?", "number", []],
    ],
    "signup": [["people", "How many are you?", "number", []]],
    "table": [
        ["date", "Date", "date", []],
        ["time", "Time", "time", []],
        ["people", "How many are you?", "number", []],
    ],
    "stay": [
        ["from", "Arrival", "date", []],
        ["until", "Departure", "date", []],
        ["people", "How many are you?", "number", []],
    ],
    "appointment": [["wish", "What for?", "choice", []], ["date", "Which day?", "date", []]],
    "order": [["wish", "What would you like?", "choice", []], ["date", "For which day?", "date", []]],
}
# What a template gets of its section's content as it is, and what stands in where that is missing
_PICKED: dict[str, dict[str, Any]] = {
    "story": {"facts": []},
    "map": {"address": "14 Mill Lane"},
    "countdown": {"year": 0, "month": 0, "day": 0, "days": 0},
    "support": {"mode": "sign", "goal": 100, "count": 0},
    "note": {"points": []},
}
_ICONS = {
    "instagram": "Camera",
    "youtube": "Video",
    "mail": "Mail",
    "github": "CodeXml",
    "spotify": "Music",
    "shop": "Store",
    "blog": "Newspaper",
    "podcast": "Mic",
    "whatsapp": "MessageCircle",
}


def write(spec: AppSpec) -> Files:
    sections = [{"component": _component(one), "file": kebab(one.id)} for one in spec.sections]
    files = {
        "src/components/artwork.tsx": render("parts/artwork.tsx"),
        "src/components/scroll-link.tsx": render("landing/scroll-link.tsx"),
        "src/components/section.tsx": render("landing/section.tsx"),
        "src/sections/hero.tsx": _hero(spec),
    }
    tinted = False
    for section in spec.sections:
        tinted = not tinted and section.kind != "newsletter"
        files[f"src/sections/{kebab(section.id)}.tsx"] = _section(spec, section, tinted=tinted)
    files |= {
        "src/components/site-header.tsx": render(
            "landing/header.tsx", icon=spec.icon, name=spec.name, links=spec.sections[:_LINKS_IN_HEADER]
        ),
        "src/components/site-footer.tsx": render("landing/footer.tsx", icon=spec.icon, name=spec.name),
        "src/App.tsx": render("landing/app.tsx", sections=sections),
    }
    if not any(section.kind in _ARTWORK for section in spec.sections) and spec.content["hero"] == "centered":
        del files["src/components/artwork.tsx"]
    return files


def _component(section: Section) -> str:
    name = pascal(section.id)
    return f"{name}Section" if name in {"Hero", "App", "Section", "Button", "Card", "Badge", "Map"} else name


def _hero(spec: AppSpec) -> str:
    content = spec.content
    texts = {key: filled(str(content[key]), content, spec.name) for key in ("eyebrow", "headline", "lead")}
    return render(
        "landing/hero.tsx",
        icon=spec.icon,
        name=spec.name,
        hero=content["hero"],
        chips=content.get("chips", []),
        primary=_target(spec, content["primary"], otherwise=-1),
        secondary=_target(spec, content["secondary"], otherwise=0),
        **texts,
    )


def _target(spec: AppSpec, link: list[str], *, otherwise: int) -> dict[str, str]:
    """A button and where it goes; without a label it is called as its section."""
    label, wanted = link
    ids = [one.id for one in spec.sections]
    if not ids:
        return {"label": label, "to": "top"}
    section = spec.sections[ids.index(wanted) if wanted in ids else otherwise]
    return {"label": label if label and section.id == wanted else section.title, "to": section.id}


def _section(spec: AppSpec, section: Section, *, tinted: bool) -> str:
    content: Mapping[str, Any] = _filled(section.content, spec)
    items = content.get("items", [])
    facts: dict[str, Any] = {
        "s": section,
        "component": _component(section),
        "name": spec.name,
        "icon": spec.icon,
        "tinted": tinted,
        "text": content.get("text", ""),
        "items": items,
        "button": content.get("button", ""),
    }
    facts |= _kind_facts(spec, section.kind, content)
    return render(f"landing/{section.kind}.tsx", **facts)


def _kind_facts(spec: AppSpec, kind: str, content: Mapping[str, Any]) -> dict[str, Any]:
    """What only the template of this kind needs."""
    items = content.get("items", [])
    facts = {name: content.get(name, missing) for name, missing in _PICKED.get(kind, {}).items()}
    match kind:
        case "rows":
            facts["priced"] = any(_MONEY.search(one[2]) for one in items)
            facts["timed"] = any(one[2] for one in items)
        case "features":
            facts["icons"] = ", ".join(sorted({one[0] for one in items}))
        case "prices":
            ways = (one.id for one in spec.sections if one.kind in {"contact", "newsletter"})
            facts["target"] = next(ways, "top")
        case "contact":
            facts |= _contact_facts(spec, content)
        case "links":
            links = [[_ICONS.get(one.lower(), "Link2"), one] for one in items]
            facts |= {"items": links, "icons": ", ".join(sorted({one[0] for one in links}))}
        case _:
            pass
    return facts


def _contact_facts(spec: AppSpec, content: Mapping[str, Any]) -> dict[str, Any]:
    hours = content.get("hours") or []
    are_hours = any(re.search(r"\d.*(?:\bto\b|-|–).*\d|24/7", one) for one in hours)
    return {
        **{name: content.get(name, "") for name in ("address", "email", "phone")},
        "hours": hours,
        "hours_label": "Opening hours" if are_hours and content.get("address") else "When",
        "asks": _asks(spec, str(content.get("form", ""))),
    }


def _asks(spec: AppSpec, form: str) -> list[dict[str, Any]]:
    """The fields of a form; what one can wish for are the things that the page offers by name."""
    offered = next((one for one in spec.sections if one.id in {"offers", "programme", "activities"}), None)
    at = 1 if offered and offered.kind == "features" else 0
    names = [_filled(one, spec)[at] for one in offered.content.get("items", [])] if offered else []
    asks = []
    for key, label, kind, options in _FORMS.get(form, ()):
        choices = options or (names if key == "wish" else [])
        if kind != "choice" or choices:
            asks.append({"id": key, "label": label, "type": kind, "options": choices})
    return asks


def _filled(value: object, spec: AppSpec) -> Any:  # noqa: ANN401  of the shape of `value`
    """Every text with the words of the subject in place."""
    match value:
        case str():
            return filled(value, spec.content, spec.name)
        case list() | tuple():
            return [_filled(one, spec) for one in value]
        case Mapping():
            return {key: _filled(one, spec) for key, one in value.items()}
        case _:
            return value
