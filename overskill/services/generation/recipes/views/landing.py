"""A page of sections: each is a file of its own, with its texts on top."""

from collections.abc import Mapping
from typing import Any

from overskill.services.generation.recipes.render import render
from overskill.services.generation.recipes.spec import AppSpec, Section
from overskill.services.generation.recipes.views.entities import Files
from overskill.services.generation.recipes.words import kebab, pascal

_ARTWORK = {"people", "gallery", "tracks"}


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
            "landing/header.tsx", icon=spec.icon, name=spec.name, links=spec.sections[:6]
        ),
        "src/components/site-footer.tsx": render("landing/footer.tsx", icon=spec.icon, name=spec.name),
        "src/App.tsx": render("landing/app.tsx", sections=sections),
    }
    if not any(section.kind in _ARTWORK for section in spec.sections) and spec.content["hero"] == "centered":
        del files["src/components/artwork.tsx"]
    return files


def _component(section: Section) -> str:
    name = pascal(section.id)
    return f"{name}Section" if name in {"Hero", "App", "Section", "Button", "Card", "Badge"} else name


def _hero(spec: AppSpec) -> str:
    content = spec.content
    return render(
        "landing/hero.tsx",
        icon=spec.icon,
        name=spec.name,
        hero=content["hero"],
        eyebrow=_filled(spec, content["eyebrow"]),
        headline=_filled(spec, content["headline"]),
        lead=_filled(spec, content["lead"]),
        primary=_target(spec, content["primary"]),
        secondary=_target(spec, content["secondary"]),
    )


def _target(spec: AppSpec, link: list[str]) -> dict[str, str]:
    """A button and where it goes; a section that was removed is replaced by the last one."""
    label, wanted = link
    ids = [one.id for one in spec.sections]
    if wanted in ids or not ids:
        return {"label": label, "to": wanted if wanted in ids else "top"}
    return {"label": spec.sections[-1].title, "to": ids[-1]}


def _section(spec: AppSpec, section: Section, *, tinted: bool) -> str:
    content: Mapping[str, Any] = section.content
    items = content.get("items", [])
    facts: dict[str, Any] = {
        "s": section,
        "component": _component(section),
        "name": spec.name,
        "tinted": tinted,
        "text": _filled(spec, content.get("text", "")),
        "items": items,
        "button": content.get("button", ""),
    }
    if section.kind == "features":
        facts["icons"] = ", ".join(sorted({one[0] for one in items}))
    if section.kind == "story":
        facts["facts"] = content.get("facts", [])
    if section.kind == "prices":
        facts["target"] = next((one.id for one in spec.sections if one.kind in {"contact", "newsletter"}), "top")
    if section.kind == "contact":
        facts |= {name: content.get(name, "") for name in ("address", "hours", "email", "phone")}
    return render(f"landing/{section.kind}.tsx", **facts)


def _filled(spec: AppSpec, text: str) -> str:
    subject = str(spec.content.get("subject", "what we do"))
    return (
        text.replace("{name}", spec.name)
        .replace("{subject}", subject)
        .replace("{Subject}", subject[:1].upper() + subject[1:])
    )
