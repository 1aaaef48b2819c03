"""What a prompt is about: the noun at its head, before the words that say of, for, at or with what."""

import re
from dataclasses import dataclass

from overskill.services.generation.recipes.words import is_plural, low, plain, pluralize, singularize

_NOUN_AFTER = re.compile(
    r"\b(?:keep(?:ing)? track of|track(?:ing|s)?|manag(?:e|es|ing)|organi[sz](?:e|es|ing)|log(?:ging|"
    r"s)?|record(?:ing|s)?|"
    r"lists? of|list(?:ing)?|collect(?:ing|ion of)?|catalog(?:ue)?(?:ing| of)?|remember(?:ing)?|keep|"
    r"plan(?:ning)?|monitor(?:ing)?|"
    r"stor(?:e|ing)|sav(?:e|ing)|database of|library of|inventory of|rank(?:ing)?|rat(?:e|ing)|"
    r"count(?:ing)?|review(?:ing)?|"
    r"about|of|for|with)\s+(?:(?:all|my|our|the|your|some|different|various|a|an|of|new|old|own|everyone's|many)\s+)*"
    r"([^\W\d_][\w'&-]*(?:\s+[^\W\d_][\w'&-]*){0,2})",
    re.IGNORECASE,
)
_NOUN_BEFORE = re.compile(
    r"\b([^\W\d_][\w-]*(?:\s[^\W\d_][\w-]*)?)\s+(?:tracker|tracking|list|log|logger|logbook|manager|management|"
    r"organi[sz]er|planner|diary|"
    r"database|inventory|catalog(?:ue)?|collection|journal|library|registry|directory|app|tool|system|dashboard|"
    r"board|calendar|"
    r"blog|shop|store|site|website|page|quiz|poll|calculator|counter|monitor|archive|wishlist|index)\b",
    re.IGNORECASE,
)
_NOUN_FIRST = re.compile(
    (r"\W*(?:(?:my|our|all|the|some)\s+)*([^\W\d_][\w'&-]*(?:\s+[^\W\d_][\w'&-]*){0,2})"), re.IGNORECASE
)
STOP_WORDS = frozenset(
    "a an the my our your his her their its this that these those and or but with without for from "
    "to of in on at by as so "
    "is are be am was were do does did can could should would will i you we they he she it me us "
    "them who what when where "
    "which how why not no any some all every each more most want need make build create give help let please something "
    "someone thing things stuff app application web website site page simple small little nice "
    "good great cool beautiful "
    "pretty awesome quick easy basic online digital personal new own keep keeping track tracking "
    "tracker manage managing "
    "have has had get see show add use using like also just one two three lot lots way ways daily "
    "weekly monthly modern "
    "mobile friendly responsive dark light mode list lists log plan planner planning organize "
    "organizer write take put up out "
    "about into over off through where's i'd i'm can't don't us everyone people friends friend "
    "really very much many over "
    "hello hi hey thanks thank test lorem yes ok okay etc best favourite favorite different various "
    "random whole cute fun".split()
)
# These may name a field, but never what an app is about.
_NO_SUBJECT = STOP_WORDS | frozenset(
    "kind kinds sort sorts type types four five six seven eight nine ten place whose turn go goes gone going it's "
    "brings bring".split()
)
# "I need an app to" begins a prompt without saying what it is about,
_POLITE = (
    r"hi|hello|hey|please|can you|could you|i['’]d like(?: to)?|i would like(?: to)?|looking for|we['’]re looking for",
    r"(?:i|we)(?: really| just)? (?:want|need|am looking for|are looking for)(?: to(?: be able to)?)?",
    r"something (?:to|for|where|that|with)",
    (
        r"an? (?:\w+ )?(?:app|place|tool|site|way|page|website|form|program|thing) (?:for|to|where|that|which|with|so)"
        r"(?: (?:i|we|people|users|you|everyone) can)?"
    ),
    r"(?:to )?(?:make|build|create|design|write(?= (?:me|us)))(?: (?:me|us))?",
    r"(?:an? )?(?:rough |first |quick )?(?:sketch|draft|prototype|mock-?up|mvp|version) of",
    r"lets? (?:me|us|people|you)|helps? (?:me|us)(?: to)?",
)
# nor does what is to be done with it.
_DOING = (
    r"(?:to )?keep(?:ing)? (?:track|an? (?:list|log|record)|records|notes) of|keep an eye on|keeps? track of|keep",
    r"(?:to )?track(?:s|ing)?",
    r"which of|write down|note down|log(?:s|ging)?|(?:to )?record|remember|collect|manage|organi[sz]e",
    r"compare|see|monitor|rate|rank|review",
    r"(?:to )?list",
    (
        r"(?:an? )?(?:(?:simple|little|small|nice|complete|full|digital|personal|shared|running) )?(?:list|log|"
        r"inventory|"
        r"catalog(?:ue)?|collection|record|overview|archive|register|directory|database|diary|tracker) (?:of|for|with)"
    ),
    r"of|all|every single",
)
_POLITE_START = re.compile(rf"^\W*(?:(?:{'|'.join(_POLITE)})\s+)*", re.IGNORECASE)
_LEAD_IN = re.compile(rf"^\W*(?:(?:{'|'.join(_POLITE + _DOING)})\s+)*", re.IGNORECASE)
_LEFT_SOMEWHERE = re.compile(
    r"where (?:i|we|he|she|they)(?:['’]ve| have)? (?:left|parked|put|hid|stored|keep|kept|saw|met|locked|buried|"
    r"planted) "
    r"(?:my|our|the|a|an|his|her|their|all)?\s*([^\W\d_][\w-]*)",
    re.IGNORECASE,
)
_SAYINGS = re.compile(r"^\W*(?:things|what) (?:my|our|the) [\w' -]{2,30}? (?:says?|said)\b", re.IGNORECASE)
_WHICH = re.compile(
    r"^\W*which ([^\W\d_][\w-]*(?: [\w-]+)??) (?:is|are|was|were|has|have|costs?|to|should)\b", re.IGNORECASE
)
_HEAD_END = re.compile(
    r"[,;:.!?\n]|\s[-–—]\s|\b(?:of|for|at|with|to|in|on|from|about|by|over|since|during|where|when|how|what|using|so|"
    r"without|per|"
    r"sorted|as|is|are)\b",
    re.IGNORECASE,
)
# What comes after these is said of the noun, it is not the noun.
_SAID_OF_IT = re.compile(r"\b(?:that|which|who|i|i've|we|we've|they|he|she|you|people|everyone)\b", re.IGNORECASE)
CONTAINERS = frozenset(
    "app page site website list log board wall book diary journal calendar dashboard blog shop store quiz poll "
    "tracker planner collection library inventory archive catalog catalogue register reminder chart charts streaks "
    "generator builder maker manager organizer organiser counter finder picker scheduler organisation rota menu "
    "spreadsheet schedule".split()
)
# What is to be done stands at the front of these prompts, not what they are about.
REQUESTS = frozenset("help jot let show test tell vote convert add write sell plan pick call called".split())
_WHOSE = re.compile(r"\b[^\W\d_]+(?:['’]s|s['’])\s", re.IGNORECASE)
_LONGEST_NOUN = 3  # words: "ice cream shops"
_HOLDER = re.compile(
    r"^\W*(?:the|our|my|an?)?\s*(?:whole |entire |small |little )*(?:collection|inventory|archive|register|"
    r"catalog(?:ue)?|database|list|holdings|stock)(?: (?:of|for|at|in) (?:the|our|my|an?)\b[^:,]*)?:",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Subject:
    noun: str  # plural, "" when nothing was found
    head: str  # the phrase that begins the prompt and names it; "" when the prompt begins otherwise


def find_subject(text: str) -> Subject:
    left = _LEFT_SOMEWHERE.match(without_lead_in(text))
    if left:
        return Subject(f"{singularize(left[1].lower())} spots", f"{left[1]} spots")
    if _SAYINGS.match(without_lead_in(text)):
        return Subject("sayings", "sayings")
    which = _WHICH.match(text)
    if which:
        return Subject(_shown(which[1]), which[1])
    head = _head(text)
    noun = _noun_of(head) if head else ""
    if noun:
        return Subject(_shown(noun), head)
    return Subject(_shown(_best_noun(text)), "")


def without_politeness(text: str) -> str:
    """ "Keep track of my plants" of "I need an app where I can keep track of my plants"."""
    return _POLITE_START.sub("", text, count=1).strip()


def head_end(text: str) -> int:
    """Where the phrase ends that names the app: after "pub quiz scoreboard" of "a pub quiz scoreboard for 8 teams"."""
    start = len(text) - len(text.lstrip())
    polite = _POLITE_START.match(text)
    start = polite.end() if polite else start
    end = _HEAD_END.search(text, start + 1)
    return end.start() if end else len(text)


def without_lead_in(text: str) -> str:
    """ "My plants" of "I need an app where I can keep track of my plants"."""
    return _LEAD_IN.sub("", text, count=1).strip()


def held_by(text: str) -> bool:
    """ "The collection of our museum: object, year": neither is what a record is, the first of the list is."""
    return bool(_HOLDER.match(text))


def naming_phrase(text: str) -> str:
    """The phrase that names the app, as it stands: "home inventory" of "a home inventory for the insurance"."""
    rest = re.sub(r"^(?:an?|the|my|our) ", "", without_politeness(text), flags=re.IGNORECASE)
    return _SAID_OF_IT.split(_HEAD_END.split(rest, maxsplit=1)[0], maxsplit=1)[0].strip()


def _head(text: str) -> str:
    """ "Complaints" of "complaints of the tenants in our house", "every beer I tasted" of what goes on with a score."""
    rest = without_lead_in(text)
    phrase = _HEAD_END.split(rest, maxsplit=1)[0].strip()
    phrase = _SAID_OF_IT.split(phrase, maxsplit=1)[0].strip()
    words = phrase.lower().split()
    while words and words[-1] in CONTAINERS:  # "reading list" is about readings
        words.pop()
    named = [word for word in words if word not in _NO_SUBJECT | CONTAINERS | REQUESTS]
    if not words or len(words) > 5 or not named or words[0] in REQUESTS or words[-1] in STOP_WORDS:
        return ""
    return _WHOSE.sub("", " ".join(phrase.split()[: len(words)]))


def _best_noun(text: str) -> str:
    first = _NOUN_FIRST.match(text)
    candidates = [noun for noun in [_noun_of(first[1]) if first else ""] if noun and is_plural(noun.split()[-1])]
    for pattern in (_NOUN_AFTER, _NOUN_BEFORE):
        candidates += [_noun_of(found[1]) for found in pattern.finditer(text)]
    plurals = [noun for noun in candidates if noun and is_plural(noun.split()[-1])]
    chosen = next(iter(plurals), "") or next((noun for noun in candidates if noun), "")
    if not chosen:
        words = [
            word
            for word in re.findall(r"[^\W\d_][\w'-]+", text)
            if word.lower() not in _NO_SUBJECT and len(word) > 2 and not word.lower().endswith(("'s", "’s"))
        ]
        chosen = next((word for word in words if is_plural(word.lower())), "")
    return chosen or (_noun_of(first[1]) if first and "," in text[first.end() : first.end() + 1] else "")


def _shown(noun: str) -> str:
    return _as_plural(" ".join(low(word) for word in plain(noun)[:30].split()))


def subject_phrase(text: str) -> str:
    """What stands after the first "for" or "about": "trips to Japan" of "a blog about my trips to Japan"."""
    found = re.search(
        r"\b(?:about|on|for|of)\s+(?:(?:my|our|the|a|an|all)\s+)*([^\W\d_][\w' -]{1,40})", text, re.IGNORECASE
    )
    if not found:
        return ""
    phrase = re.split(r"\b(?:with|that|which|and|where|in|so|who|called|named|by)\b|[,.;:]", found[1], maxsplit=1)[
        0
    ].strip()
    return "" if all(word.lower() in _NO_SUBJECT for word in phrase.split()) else phrase


def _noun_of(phrase: str) -> str:
    """The noun at the head of a phrase: "vinyl records in the attic" is vinyl records."""
    kept: list[str] = []
    for word in phrase.split():
        if word.lower() in _NO_SUBJECT:
            if kept:
                break
            continue
        if word.lower().endswith(("'s", "’s", "s'", "s’")):  # whose it is, not what
            kept = []
            continue
        kept.append(word)
        if is_plural(word.lower()):
            break
    return " ".join(kept[-_LONGEST_NOUN:])


def _as_plural(noun: str) -> str:
    if not noun or not re.search(r"[a-z]", noun):
        return noun
    return noun if is_plural(noun.rsplit(maxsplit=1)[-1]) else pluralize(singularize(noun))
