"""A board of notes with votes: a retro, a brainstorm, a SWOT analysis, a suggestion box."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from overskill.services.generation.recipes.brief import Brief
from overskill.services.generation.recipes.fields import field_from_notation
from overskill.services.generation.recipes.lexicon import search, shelf
from overskill.services.generation.recipes.making import make_app, page
from overskill.services.generation.recipes.phrases import lists_in, parts_of, title_of
from overskill.services.generation.recipes.samples import fill_samples, records
from overskill.services.generation.recipes.spec import AppSpec, Entity, Field, SampleValue
from overskill.services.generation.recipes.subject import subject_phrase
from overskill.services.generation.recipes.words import headline, plain, pluralize, sentence

_RETRO_ENDS = r"(?=\s*(?:$|[,.:;(]|board|meeting|session|app|tool|page|wall|at|for|after|of|with|in|where|that|and))"
PATTERN = (
    rf"\bretrospectives?\b|\b(?:sprint|team|agile|project|weekly|monthly|scrum|our|a|an?) retros?\b{_RETRO_ENDS}|"
    rf"^\W*retro\b{_RETRO_ENDS}|\bwhat went (?:well|badly|wrong)\b|\bwent well\b|"
    r"\bbrain ?storm(?:ing)?\b|\bmoodboards?\b|\b(?:ideas?|mood|inspiration|vision|kudos|feedback|appreciation|praise|"
    r"sticky(?: notes?)?|post-?its?|(?:wins|worries|hopes|fears|likes|wishes)(?: and \w+)?) (?:board|wall)\b|"
    r"\b(?:suggestions?|ideas?) box(?:es)?\b|\bfeature (?:requests?|voting|wishes)\b(?![^.;:]{0,40}\bvot)|"
    r"(?:\b(?:wish ?)?list of )?\b(?:suggestions?|ideas|requests|questions|topics|features)\b[^.;:]{0,40}"
    r"\b(?:up-?)?vot(?:e|es|ing|ed)\b|"
    r"\bup-?vot(?:e|es|ing) (?:ideas|suggestions|requests|questions|topics)\b|"
    r"\bswot\b|\bpest(?:le|el)\b|\beisenhower\b|\bkwl\b|\bstart,? (?:and )?stop\b|\bmad,? sad\b|"
    r"\brose,? (?:bud|thorn)\b|\b(?:4|four) ?ls\b|\bsail ?boat retro|\bstarfish retro|\blean coffee\b"
)
WEIGHT = 3.6
_NO_COLUMN = re.compile(
    r"\b(votes?|voting|up-?votes?|timers?|minutes?|comments?|anonymous(?:ly)?|dark|mode|sort\w*|cards?|names?|authors?|"
    r"drag|colou?rs?|people|we can|everyone|columns?|export|undo)\b",
    re.IGNORECASE,
)
_COLUMNS = re.compile(
    r"\b(?:columns?|topics?|sections?|areas?|groups|categories|quadrants|lanes)"
    r"(?: for| called| named| are| like|:)*:?\s+(?P<list>[^.;:!?\n]{3,160})",
    re.IGNORECASE,
)
_PAIR = re.compile(r"\b(?P<list>\w+(?:, \w+)*,? and \w+) (?:wall|board)\b", re.IGNORECASE)
_AUTHOR = re.compile(r"\bauthors?\b|\bwho (?:said|wrote|posted|suggested)\b|\bwith (?:their )?names?\b", re.IGNORECASE)
_NO_STYLE = re.compile(r"\bretro\b", re.IGNORECASE)  # it is no look here
_MOST_COLUMNS = 6
_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "ten": 10}


def plan(brief: Brief) -> AppSpec:
    text = brief.about
    hits = search("boards", text)
    entry = hits[0].entry if hits else shelf("boards")["brainstorm"]
    asked = _asked_columns(text)
    columns = asked or tuple(entry["columns"])
    layout = _layout(entry, text, asked=bool(asked))
    entity = _notes(brief, entry, columns, layout)
    title = _title(text, entry)
    content: dict[str, Any] = {
        "title": title,
        "layout": layout,
        "minutes": _minutes(text),
        "votesEach": _votes_each(text),
        "hasVotes": not re.search(r"\b(?:without|no) vot(?:es|ing)\b", text, re.IGNORECASE),
    }
    return make_app(
        replace(brief, prompt=_NO_STYLE.sub("retrospective", brief.prompt)),
        "retro",
        {**entry, "names": [headline(title)[:40]]},
        [page("ideas", str(entry["title"])[:30], entity, id="board")],
        entities=(entity,),
        content=content,
        tagline=_tagline(text, entry, columns, asked=bool(asked)),
    )


def _asked_columns(text: str) -> tuple[str, ...]:
    """The columns that the prompt lists: after a colon, after "columns", or before "wall"."""
    found = [parts for _, parts in lists_in(text)]
    found += [parts_of(one["list"]) for pattern in (_COLUMNS, _PAIR) for one in pattern.finditer(text)]
    for parts in found:
        kept = list(dict.fromkeys(sentence(plain(one)) for one in parts if not _NO_COLUMN.search(one)))
        if len(kept) >= 2:
            return tuple(one[:28] for one in kept[:_MOST_COLUMNS])
    return ()


def _layout(entry: Mapping[str, Any], text: str, *, asked: bool) -> str:
    usual = str(entry.get("layout", "columns"))
    return "columns" if asked or re.search(r"\b(?:columns|topics)\b", text, re.IGNORECASE) else usual


def _notes(brief: Brief, entry: Mapping[str, Any], columns: tuple[str, ...], layout: str) -> Entity:
    is_list = layout == "list"
    singular = str(entry.get("entity", "note")) if is_list else "note"
    fields = [
        field_from_notation(f"{sentence(singular)}!"),
        Field("column", "Status" if is_list else "Column", "select", columns),
        field_from_notation("Votes: number"),
    ]
    if is_list:
        fields.append(field_from_notation("Details: longtext"))
    if _AUTHOR.search(brief.about):
        fields.append(field_from_notation("Author: text"))
    known = [row for row in entry["notes"] if row[0] in columns]
    if not known:  # columns that nobody knows: the first explains itself
        known = [(columns[0], "An example: write your own below, then move or delete this one", 1)]
    rows: list[tuple[SampleValue, ...]] = [(text, column, votes) for column, text, votes in known]
    rows = [(*row, "") for row in rows] if is_list else rows
    samples = records(fields[: 4 if is_list else 3], rows)
    return fill_samples(Entity(singular, pluralize(singular), "StickyNote", tuple(fields), samples=samples))


def _title(text: str, entry: Mapping[str, Any]) -> str:
    """The prompt's words for it when they are few, else what such a board is called."""
    said = re.sub(r"\b(?:app|tool|website|page)\b ?", "", title_of(text), flags=re.IGNORECASE)
    said = re.split(r"\bwithout\b", said, maxsplit=1)[0].strip()
    said = re.sub(r"\b(?:swot|kwl|pestle|pestel)\b", lambda found: found[0].upper(), said, flags=re.IGNORECASE)
    return said if 2 <= len(said.split()) <= 6 else str(entry["title"])


def _tagline(text: str, entry: Mapping[str, Any], columns: tuple[str, ...], *, asked: bool) -> str:
    subject = subject_phrase(text)
    if asked:
        return f"{', '.join(columns)}{f': {subject}' if subject and len(subject) < 40 else ''}."
    return str(entry["tagline"])


def _minutes(text: str) -> int:
    found = re.search(r"\b(\d{1,2})[- ]?(?:minutes?|min)\b", text, re.IGNORECASE)
    if found:
        return int(found[1])
    return 5 if re.search(r"\btimers?\b|\btime-?box", text, re.IGNORECASE) else 0


def _votes_each(text: str) -> int:
    """ "Three votes each"; 0 when there is no limit."""
    numbers = rf"(\d{{1,2}}|{'|'.join(_NUMBERS)})"
    found = re.search(rf"\b{numbers} votes? (?:each|per person|per head|a person|for everyone)\b", text, re.IGNORECASE)
    return (_NUMBERS.get(found[1].lower()) or int(found[1])) if found else 0
