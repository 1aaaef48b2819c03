"""Messages by topic: a feed, a wall, a guest book, a chat among those at the same screen."""

import re
from collections.abc import Mapping
from typing import Any

from overskill.services.generation.recipes.brief import Brief
from overskill.services.generation.recipes.fields import field_from_notation
from overskill.services.generation.recipes.lexicon import shelf, tokens
from overskill.services.generation.recipes.making import make_app, page
from overskill.services.generation.recipes.samples import records
from overskill.services.generation.recipes.sites.knowledge import thing_of
from overskill.services.generation.recipes.sites.lists import find_lists
from overskill.services.generation.recipes.spec import AppSpec, Entity, Field
from overskill.services.generation.recipes.subject import STOP_WORDS
from overskill.services.generation.recipes.words import is_plural, low, pluralize, sentence, singularize

PATTERN = (
    r"\bchat( room| app)?\b|\bwall\b(?= where| for| to)|\b(post|leave|write|"
    r"exchange) (a )?messages?\b|\bmessag(e|ing) (board|app|wall)\b|\bmessenger\b|\bforum\b|"
    r"\bsocial (network|media|app|feed)\b|\bguest ?book\b|\b(news|activity|social|community|"
    r"photo) ?feed\b|\b(a|our|my|the|live) feed\b(?!ing|back)|"
    r"\btwitter\b|\bcommunity (wall|board|page)\b|\bshout ?box\b|"
    r"\bdiscussion\b|\bbulletin board\b|"
    r"\btell (my|our|the|everyone)\b.*\b(what|how|where)\b|\bstatus updates?\b|"
    r"\bwhat (i am|i'm|we are|we're|everyone is|everybody is) (working on|doing|up to)\b|"
    r"\bneighbou?rhood (app|board|chat)\b"
)
WEIGHT = 3.0
_STATUS = re.compile(r"working on|status update|stand-?up", re.IGNORECASE)
_ABOUT = re.compile(
    r"\b(?:for|about|of|on) ((?:(?:my|our|the|an?|all|other|fellow|fans of|people who (?:like|"
    r"love)) )*)([^\W\d_][\w' -]{1,40})",
    re.IGNORECASE,
)
_KIND = re.compile(
    r"((?:[\w'’-]+ ){1,2})(?:forum|chat|feed|discussion|message board|bulletin board|wall|social network)\b",
    re.IGNORECASE,
)
_SUBJECT_END = re.compile(
    r"\b(?:with|that|which|and (?:i|we|let|with|a)|where|in|so|who|called|named|by|can|to|including|post)\b",
    re.IGNORECASE,
)
_LISTED = re.compile(
    r"^(?:channels?|topics?|categories|rooms?|sections?|tags?|threads?|boards?) (?:like |called )?", re.IGNORECASE
)
_NAMES_TOPICS = re.compile(r"channel|topic|categor|room|section|tag|thread|board|group")
_PARTS = re.compile(
    r"\b(messages?|posts?|comments?|likes?|hearts?|replies|reactions|photos?|pictures|images|videos?|profiles?|"
    r"avatars?|users?|"
    r"channels?|topics?|categories|rooms?|search|emojis?|usernames?|names?|log ?in|date|time|friends|followers|"
    r"stories|threads?)\b",
    re.IGNORECASE,
)


_WHO = frozenset(
    "owners lovers fans enthusiasts players collectors people parents makers nerds geeks beginners".split()
)


def plan(brief: Brief) -> AppSpec:
    subject = feed_subject(brief.about)
    entry = _audience(brief.about, subject)
    topics = tuple(_topics(brief.about) or entry["topics"])
    fields = (
        field_from_notation("Author!"),
        Field("topic", "Topic", "select", topics),
        Field("message", "Message", "longtext"),
        Field("date", "Date", "date"),
        Field("likes", "Likes", "number"),
        Field("liked", "Liked", "boolean"),
    )
    about = _many(subject) or "this"
    rows = records(
        fields,
        [
            (who, topics[topic % len(topics)], str(said).replace("{subject}", about), day, likes, False)
            for who, topic, said, likes, day in entry["messages"]
        ],
    )
    entity = Entity("message", "messages", "MessageCircle", fields, samples=rows)
    look = {"names": entry["names"], "hue": entry.get("hue", "teal"), "icon": "MessagesSquare"}
    return make_app(
        brief,
        "feed",
        look,
        [page("feed", str(entry["title"]), entity, id="feed")],
        entities=(entity,),
        tagline=str(entry["tagline"]).replace("{subject}", about),
        content={"prompt": entry["prompt"]},
    )


def feed_subject(text: str) -> str:
    """ "Beekeepers" of "a forum for beekeepers", "gardening" of "gardening forum"."""
    found = _ABOUT.search(text)
    phrase = _SUBJECT_END.split(found[2], maxsplit=1)[0].strip(" ,.;:") if found else ""
    if phrase and not all(word.lower() in STOP_WORDS for word in phrase.split()):
        return phrase
    before = _KIND.search(text)
    words = [word for word in before[1].split() if word.lower() not in STOP_WORDS] if before else []
    return " ".join(words)


def _audience(text: str, subject: str) -> Mapping[str, Any]:
    """Those who talk: named by the subject, else anywhere in the prompt."""
    feeds = shelf("feeds")
    if _STATUS.search(text):
        return feeds["status"]
    if re.search(r"\bguest ?book\b", text, re.IGNORECASE):
        return feeds["guestbook"]
    for words in (tokens(subject)[-1:] + tokens(subject), [] if subject else tokens(text)):
        for entry in feeds.values():
            known = str(entry["match"]).split()
            if any(word in known or singularize(word) in known for word in words):
                return entry
    return feeds["hobby"] if subject else feeds["friends"]


def _topics(text: str) -> list[str]:
    """Channels that the prompt lists: "with channels general, design and dev"."""
    for listed in find_lists(text, keep_all=True):
        names = [_LISTED.sub("", one.name) for one in listed.items]
        is_named = bool(_NAMES_TOPICS.search(listed.label)) or names[0] != listed.items[0].name
        kept = [sentence(one) for one in names if is_named or not _PARTS.search(one)]
        if len(kept) > 1 and (is_named or not listed.label):
            return kept[:10]
    return []


def _many(subject: str) -> str:
    """How people speak of it: "beekeeping" of beekeepers, otherwise as it stands."""
    subject = thing_of(subject) if subject else ""
    last = subject.split()[-1] if subject else ""
    if " " in subject and last in _WHO:
        return low(pluralize(singularize(subject.rsplit(maxsplit=1)[0])))
    if last.endswith("graphers"):
        return low(f"{subject[:-3]}y")
    if re.search(r"(?:keep|paint|garden|writ|read|run|sail|climb|cod|brew|bak|cook)ers?$", last):
        stem = re.sub(r"ers?$", "", subject)
        return low(f"{stem}{'n' if stem.endswith('run') else ''}ing")
    return low(pluralize(singularize(subject)) if is_plural(last.lower()) else subject)
