"""A place to write."""

import re
from collections.abc import Mapping
from typing import Any

from overskill.services.generation.recipes.brief import Brief
from overskill.services.generation.recipes.fields import field_from_notation
from overskill.services.generation.recipes.lexicon import shelf, tokens
from overskill.services.generation.recipes.making import make_app, page, with_fields
from overskill.services.generation.recipes.samples import records
from overskill.services.generation.recipes.sites.lists import find_lists
from overskill.services.generation.recipes.spec import AppSpec, Entity, Field
from overskill.services.generation.recipes.subject import STOP_WORDS
from overskill.services.generation.recipes.words import headline, low, sentence, singularize

PATTERN = (
    r"\bnotes? ?-?(app|taking|keeper|pad|book)\b|\btak(e|ing) (\w+ )?notes\b|\bnote-?taking\b|"
    r"\bnote(book|pad)s?\b|\bjot\b|\bscratch ?pad\b|\bwrite down\b|\b(my|our|meeting|class|lecture|"
    r"quick|sticky|study|recipe|reading|travel|song|campaign|research|private|markdown) notes\b|^(some )?notes\b|"
    r"\bnotes (for|about|on)\b|\bmemos?\b|"
    r"\bnotizen\b|\bnotas\b"
)
WEIGHT = 2.8
_ABOUT = re.compile(
    r"\bnotes? (?:for|about|on|of|from) ((?:(?:my|our|the|an?|all) )*)([^\W\d_][\w'& -]{1,40})|"
    r"\b(?:notebook|notes app|note[- ]taking app) (?:for|about|on|of) ((?:(?:my|our|the|an?|"
    r"all) )*)([^\W\d_][\w'& -]{1,40})",
    re.IGNORECASE,
)
_KIND = re.compile(r"((?:[\w'’&-]+ ){1,2})(?:notes?|notebook|notepad)\b", re.IGNORECASE)
_SUBJECT_END = re.compile(
    r"\b(?:with|that|which|and (?:i|we|let|with)|where|in|so|who|called|named|by|tagged)\b", re.IGNORECASE
)
_SAID_OF_IT = re.compile(
    r"^(?:quick|sticky|private|markdown|simple|small|my|our|the|an?|take|taking|some|keep|write|plain|short|daily)$",
    re.IGNORECASE,
)
_LISTED = re.compile(
    r"^(?:tags?|folders?|categories|notebooks|labels|sections|topics) (?:like |called )?", re.IGNORECASE
)
_NAMES_TAGS = re.compile(r"tag|folder|categor|notebook|label|section|topic")
_PARTS = re.compile(
    r"\b(tags?|folders?|search|pin\w*|markdown|titles?|text|dates?|colou?rs?|editor|preview|reminders?|"
    r"check ?lists?|categor\w+|"
    r"photos?|images|sort\w*|archive|favou?rites?|mode|body|notes?|autosave|export|labels?)\b",
    re.IGNORECASE,
)


def plan(brief: Brief) -> AppSpec:
    subject = notes_subject(brief.about)
    entry = _notebook(subject)
    topic = re.sub(r" (?:class|course|students?|lectures?|seminar|exam)$", "", subject)
    tags = tuple(_tags(brief.about) or entry["tags"])
    fields = (
        field_from_notation("Title"),
        Field("tag", "Tag", "select", tags),
        field_from_notation("Text: longtext"),
        field_from_notation("Pinned: boolean"),
        Field("updated", "Updated", "date"),
    )
    rows = records(
        fields,
        [
            (_told(str(title), topic), tags[tag % len(tags)], _told(str(text), topic), pinned, updated)
            for title, text, tag, pinned, updated in entry["rows"]
        ],
    )
    entity = Entity("note", "notes", "NotebookPen", fields, samples=rows)
    asked = [one for one in brief.fields if one.id not in {"title", "tag", "tags", "text", "pinned", "body"}]
    entity = with_fields(entity, asked if brief.only_these else [])
    names = [_told(str(name), headline(subject))[:40] for name in entry["names"]]
    return make_app(
        brief,
        "notes",
        {"names": names, "hue": "amber", "icon": "NotebookPen"},
        [page("notes", "Notes", entity)],
        entities=(entity,),
        tagline=_told(str(entry["tagline"]), subject),
    )


def _told(text: str, subject: str) -> str:
    return text.replace("{subject}", low(subject)).replace("{Subject}", sentence(subject))


def notes_subject(text: str) -> str:
    """ "Biology class" of "notes for my biology class", "meeting" of "meeting notes"."""
    found = _ABOUT.search(text)
    phrase = _SUBJECT_END.split(found[2] or found[4], maxsplit=1)[0].strip(" ,.;:") if found else ""
    if phrase and not all(word.lower() in STOP_WORDS for word in phrase.split()):
        return phrase
    before = _KIND.search(text)
    words = [word for word in before[1].split() if not _SAID_OF_IT.match(word)] if before else []
    return " ".join(word for word in words if word.lower() not in STOP_WORDS)


def _notebook(subject: str) -> Mapping[str, Any]:
    if not subject:
        return shelf("notebooks")["general"]
    words = tokens(subject)
    for entry in shelf("notebooks").values():
        known = str(entry["match"]).split()
        if any(word in known or singularize(word) in known for word in words):
            return entry
    return shelf("notebooks")["subject"]


def _tags(text: str) -> list[str]:
    """Tags and folders that the prompt lists: "with folders work, home and ideas"."""
    for listed in find_lists(text, keep_all=True):
        names = [_LISTED.sub("", one.name) for one in listed.items]
        is_named = bool(_NAMES_TAGS.search(listed.label)) or names[0] != listed.items[0].name
        kept = [sentence(one) for one in names if is_named or not _PARTS.search(one)]
        if len(kept) > 1 and is_named:
            return kept[:8]
    return []
