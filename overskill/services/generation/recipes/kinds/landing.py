"""A page with sections that presents someone or something."""

import re
from collections.abc import Mapping
from typing import Any

from overskill.services.generation.recipes.brief import Brief
from overskill.services.generation.recipes.lexicon import best, shelf
from overskill.services.generation.recipes.making import app_name, make_app, page
from overskill.services.generation.recipes.spec import AppSpec, Section
from overskill.services.generation.recipes.subject import subject_phrase
from overskill.services.generation.recipes.words import camel, singularize

PATTERN = (
    r"\b(landing|home|web|sales|fan|event|product|launch|coming soon|about) ?-?page\b|\bweb ?site\b|"
    r"\bsite\b|\bpage\b(?! ?(number|count|turner))|"
    r"\bopen(ing)? hours\b|\b(menu|team|services|story|prices) (of|for|and|at) (a|an|our|my|the)\b|"
    r"\bportfolio\b|\bone-?pager\b|\bpromot(e|ing|ion)\b|\bwait ?list\b|"
    r"\bcoming soon\b|\bonline presence\b|\bmicrosite\b|\bcv\b|\bresume site\b"
)
WEIGHT = 2.0
# What someone calls a section -> its kind
SECTION_WORDS: tuple[tuple[str, str], ...] = (
    (r"\bfaqs?\b|\bquestions?\b", "faq"),
    (r"\b(pricing|prices|plans|tickets|packages|rates|passes)\b", "prices"),
    (r"\b(testimonials?|reviews?|quotes|kind words|press)\b", "quotes"),
    (r"\b(team|members?|staff|people|speakers|line-?up|artists|founders|crew|band members)\b", "people"),
    (r"\b(newsletter|mailing list|sign-?up|subscribe|waitlist|early access)\b", "newsletter"),
    (
        r"\b(contact|rsvp|reservations?|bookings?|location|map|hours|visit|find us|get in touch|enquir\w+|inquir\w+)\b",
        "contact",
    ),
    (r"\b(gallery|photos?|pictures|images|work|projects|portfolio)\b", "gallery"),
    (r"\b(music|songs|tracks|albums?|releases|discography|episodes|videos|listen)\b", "tracks"),
    (
        r"\b(shows|gigs|tour|dates|concerts|schedule|programme|program|agenda|timetable|events?|menu|classes|services|courses|treatments|timeline)\b",
        "rows",
    ),
    (r"\b(about|story|history|bio|biography|mission|who we are)\b", "story"),
    (r"\b(features|benefits|offer|what we do|why|how it works|values)\b", "features"),
)


def plan(brief: Brief) -> AppSpec:
    entry = best("landings", brief.about)
    subject = subject_phrase(brief.about) or brief.noun or "good work"
    sections = [make_section(key, entry[key]) for key in entry if isinstance(entry[key], dict)]
    for wanted in asked_sections(brief.about):
        if all(section.kind != wanted.kind and section.id != wanted.id for section in sections):
            sections.insert(max(0, len(sections) - 1), wanted)
    entry = {**entry, **_variant(entry, brief.about)}
    content = {
        "hero": entry["hero"],
        "eyebrow": entry["eyebrow"],
        "headline": entry["headline"],
        "lead": entry["lead"],
        "primary": entry["primary"],
        "secondary": entry["secondary"],
        "subject": subject,
    }
    name = app_name(brief, entry)
    return make_app(
        brief,
        "landing",
        {**entry, "names": [name]},
        [page("landing", "Home")],
        tagline=str(entry["headline"]).replace("{Subject}", subject.capitalize()),
        sections=tuple(sections),
        content=content,
    )


def _variant(entry: Mapping[str, Any], text: str) -> dict[str, Any]:
    """What differs for a potter among the portfolios: icon and headline."""
    for words, icon, headline in entry.get("variants", ()):
        if re.search(rf"\b({words})", text.lower()):
            return {"icon": icon, "headline": headline}
    return {}


def make_section(key: str, data: Mapping[str, Any]) -> Section:
    content = {name: value for name, value in data.items() if name not in {"kind", "title"}}
    return Section(id=camel(key), kind=data["kind"], title=data["title"], content=content)


def asked_sections(text: str) -> list[Section]:
    """Sections named in a list: "with shows, music and a newsletter"."""
    listed = re.search(r"\b(?:with|including|sections?:?|showing)\b(.*)", text, re.IGNORECASE | re.DOTALL)
    listed = listed or re.match(r"([^.!?]{3,60}?) (?:of|for|at) (?:an?|our|my|the)\b", text, re.IGNORECASE)
    if not listed:
        return []
    found: dict[str, Section] = {}
    for part in re.split(r",|\band\b|;|\n", listed[1])[:10]:
        section = section_for(part)
        if section:
            found.setdefault(section.kind, section)
    return list(found.values())


def section_for(words: str) -> Section | None:
    """A section for what someone calls it, with texts from the first subject that has one of its kind."""
    found = next(
        ((kind, hit[0]) for pattern, kind in SECTION_WORDS if (hit := re.search(pattern, words.lower()))), None
    )
    if not found:
        return None
    kind, word = found
    title = {"faq": "Questions", "newsletter": "Newsletter", "rsvp": "RSVP"}.get(kind, word.capitalize())
    extras = shelf("landings")["extras"]
    for entry in shelf("landings").values():
        for key, data in entry.items():
            if isinstance(data, dict) and data["kind"] == kind and kind not in extras and _is_called(key, word):
                return make_section(key, {**data, "title": title})
    neutral = extras.get(kind) or shelf("landings")["band"]["shows" if kind == "rows" else "music"]
    return make_section(word, {**neutral, "title": title})


def _is_called(key: str, word: str) -> bool:
    return key == word or singularize(key) == singularize(word)
