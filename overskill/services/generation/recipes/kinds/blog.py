"""Posts to read and a form to write them."""

import re
from collections.abc import Mapping
from typing import Any

from overskill.services.generation.recipes.brief import Brief
from overskill.services.generation.recipes.fields import field_from_notation
from overskill.services.generation.recipes.lexicon import shelf, tokens
from overskill.services.generation.recipes.making import make_app, page
from overskill.services.generation.recipes.samples import records
from overskill.services.generation.recipes.sites.facts import find_place
from overskill.services.generation.recipes.sites.knowledge import thing_of
from overskill.services.generation.recipes.sites.lists import find_lists
from overskill.services.generation.recipes.sites.phrases import find_phrase
from overskill.services.generation.recipes.spec import AppSpec, Entity, Field
from overskill.services.generation.recipes.subject import STOP_WORDS, subject_phrase
from overskill.services.generation.recipes.words import headline, low, sentence, singularize

PATTERN = (
    r"\bblogs?\b|\bwrit(e|ing) about\b|\bblogging\b|\b(write|publish|share) (my )?(posts|articles|"
    r"essays|stories)\b|\bonline magazine\b|\bmagazine (?:with|about)\b|\btravel journal\b|\bnews ?site\b"
)
WEIGHT = 3.1
_ABOUT = re.compile(
    r"\b(?:about|on) ((?:(?:my|our|the|a|an|all) )*[^,.;:!?\n]{2,70}?)(?= with\b| that\b| where\b| which\b| so\b|"
    r" and (?:i|we|with|let|add|show|a)\b| called\b| named\b| including\b|[,.;:!?\n]|$)",
    re.IGNORECASE,
)
_KIND_OF_BLOG = re.compile(r"((?:[\w'’-]+ ){1,3})(?:blog|magazine|news ?site)\b", re.IGNORECASE)
_SAID_OF_IT = re.compile(
    r"^(?:my|our|the|an?|all|personal|simple|small|new|own|little|nice|modern|minimal\w*|i|want|need|make|me|"
    r"build|create|"
    r"please|clean|beautiful|dark|online)$",
    re.IGNORECASE,
)
_CATEGORIES = re.compile(r"categor|topic|section|tag|column|series|theme")
_PARTS = re.compile(
    r"\b(posts?|comments?|categor\w+|tags?|search|newsletter|about|archive|pages?|photos?|pictures|images|dates?|"
    r"authors?|titles?|likes?|share|rss|drafts?|summary|markdown|text|contact|ratings?|home)\b",
    re.IGNORECASE,
)


def plan(brief: Brief) -> AppSpec:
    subject = blog_subject(brief.about)
    entry = _topic(brief.about, subject)
    categories = _categories(brief.about) or [str(one) for one in entry["categories"]]
    fields = _fields(tuple(categories))
    author = next(iter(find_phrase(brief.about).people), "Robin Hale")
    rows = records(
        fields, _posts(entry, categories, subject, author=author, place=brief.place or find_place(brief.about))
    )
    entity = Entity("post", "posts", "Newspaper", fields, samples=rows)
    look = {
        "names": [f"{headline(subject)} Notes", f"On {headline(subject)}", f"The {headline(subject)} Letter"],
        "hue": entry["hue"],
        "icon": entry["icon"],
        "font": "serif",
    }
    return make_app(
        brief,
        "blog",
        look,
        [page("blog", "Posts", entity)],
        entities=(entity,),
        tagline=f"Notes on {low(subject)}, in plain words.",
    )


def blog_subject(text: str) -> str:
    """ "Trips to Japan" of "a blog about my trips to Japan", "travel" of "my travel blog"."""
    told = _ABOUT.search(text)
    if told:
        phrase = re.sub(r"^(?:(?:my|our|the|an?|all) )+", "", told[1].strip(), flags=re.IGNORECASE)
        if not all(word.lower() in STOP_WORDS for word in phrase.split()):
            return phrase[:60]
    return _kind_words(text) or subject_phrase(text) or "everyday life"


def _kind_words(text: str) -> str:
    """ "Football" of "a football blog about FC Barcelona"."""
    before = _KIND_OF_BLOG.search(text)
    return " ".join(word for word in before[1].split() if not _SAID_OF_IT.match(word)) if before else ""


def _topic(text: str, subject: str) -> Mapping[str, Any]:
    if re.search(r"\bnews ?(?:site|paper|blog|page)\b", text, re.IGNORECASE):
        return shelf("blogs")["news"]
    words = tokens(f"{subject} {_kind_words(text)}")
    for entry in shelf("blogs").values():
        known = str(entry["match"]).split()
        if any(word in known or singularize(word) in known for word in words):
            return entry
    return shelf("blogs")["general"]


def _categories(text: str) -> list[str]:
    """Those that the prompt lists: "with categories recipes, tips and fails"."""
    for listed in find_lists(text, keep_all=True):
        names = [
            re.sub(r"^(?:categories|topics|sections|tags) (?:like |for )?", "", one.name, flags=re.IGNORECASE)
            for one in listed.items
        ]
        is_named = bool(_CATEGORIES.search(listed.label)) or names[0] != listed.items[0].name
        kept = [sentence(one) for one in names if is_named or not _PARTS.search(one)]
        if len(kept) > 1 and (is_named or not listed.label):
            return kept[:8]
    return []


def _fields(categories: tuple[str, ...]) -> tuple[Field, ...]:
    return (
        field_from_notation("Title!"),
        Field("category", "Category", "select", categories),
        field_from_notation("Date: date"),
        field_from_notation("Author"),
        field_from_notation("Summary: longtext"),
        field_from_notation("Text: longtext"),
    )


def _posts(
    entry: Mapping[str, Any], categories: list[str], subject: str, *, author: str, place: str
) -> list[tuple[str, str, int, str, str, str]]:
    """Title, category, days from today, author, summary, text."""

    topic = thing_of(subject)

    def told(text: str) -> str:
        where = f" in {place}" if place else ""
        return text.replace("{subject}", low(topic)).replace("{Subject}", sentence(topic)).replace("{in_place}", where)

    own = [str(one) for one in entry["categories"]]
    body = "\n".join(told(str(one)) for one in entry["body"])
    posts = []
    for index, (title, category, day, summary) in enumerate(entry["posts"]):
        kind = category if categories == own else categories[index % len(categories)]
        posts.append((told(title), kind, day, author, told(summary), f"{told(summary)}\n{body}"))
    return posts
