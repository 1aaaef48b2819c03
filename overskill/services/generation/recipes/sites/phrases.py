"""Who or what a page is about: the phrase that names it, the proper name in it, and what is said of it."""

import re
from dataclasses import dataclass, replace

from overskill.services.generation.recipes.words import is_plural, sentence

PAGE = (
    r"(?:(?:landing|home|web|sales|launch|coming[ -]soon|info(?:rmation)?|about|fan|product|event|single|one|sign-?up|"
    r"business|company|marketing|squeeze|splash|link[ -]in[ -]bio)[ -]?)?"
    r"(?:web ?sites?|pages?|sites?|homepage|portfolio|one-?pager|microsite|invitations?|invite|flyer|poster|"
    r"petition|cv|"
    r"resume|résumé|profile|online presence|menu|prospectus|brochure|announcement|save[ -]the[ -]date)"
)
_GENERIC = frozenset(
    "a an the my our your simple small nice modern clean beautiful single one static responsive personal web "
    "landing home "
    "sales page site website new little good great cool pretty business company online professional official "
    "public launch "
    "product event info information marketing coming soon waitlist i need want make build create me please us "
    "would like "
    "to have for design us can you could generate something quick basic minimal minimalist dark light elegant "
    "colourful "
    "colorful playful fancy fun cozy cosy warm write set up with and of it is in on from at by am we're i'm get "
    "give lovely "
    "nice-looking one-page multi-page mobile friendly fast fan link bio this that is should be called named open "
    "opening "
    "hours team services prices story menu programme program schedule photos gallery contact about sign-up registration"
    " welcome welcoming invitation page-website looking for".split()
)
_TO_NOUN = r"(?:an?\b|the\b|my\b|our\b|his\b|her\b|their\b|some\b)"
_NO_SUBJECT = _GENERIC - frozenset("team services story menu gallery".split())
# "A course on watercolor", "a podcast about trains": what these are about belongs to their name.
_HAS_TOPIC = frozenset(
    "course courses class classes workshop talk lecture podcast newsletter book channel guide lessons seminar bootcamp "
    "webinar blog magazine game exhibition museum club meetup conference film documentary comic novel vlog zine "
    "show".split()
)
_TOPIC = re.compile(
    r" (?:on|about) (?!(?:mon|tues|wednes|thurs|fri|satur|sun)day|\d|the \d|january|february|march|april|may|june|july|"
    r"august|september|october|november|december)[^\W\d_][\w'’-]*(?: (?!(?:with|that|in|for|on|at|from|so|called|where|"
    r"which|who|by|is)\b|and (?:i|we|need|want)\b)[\w'’-]+){0,4}",
    re.IGNORECASE,
)
_SIZE = frozenset(
    "little small tiny nice beautiful cute cosy cozy modern great cool own very really lovely awesome wonderful "
    "amazing "
    "simple upcoming brand-new up-and-coming whole yearly annual".split()
)
_NP_END = re.compile(
    r"[,;:!?\n()\"“”]|\.(?:\s|$)|\s[-–—]\s|\b(?:with|that|which|who|whose|where|in|on|at|so|called|named|titled|"
    r"by|including|"
    r"offering|showing|featuring|selling|starting|near|based|located|every|using|turning|between|next|this|since|"
    r"around|"
    r"has|have|needs?|wants?|is|are|will|we|i|from|for|please|about|against|against|open|meeting|to|when|as|it|whether|"
    r"like|such|available|known|made|run|led|hosted|goal|after|before|because|while|without|plus|outside|through|"
    r"listing|serving|making|providing|teaching)\b"
    r"|\band (?=(?:i|we|it|need|want|make|let|show|shows|should|add|include|has|have|a|an|the|would|please|more|its|"
    r"opening|photos?|prices?|contact|what|how|where|when|who)\b)",
    re.IGNORECASE,
)
_DETERMINERS = re.compile(
    r"^(?:(?:some|all|of) )*(?:(?:the|my|our|his|her|their|your|this|that|an?) )?(?:(?:upcoming|brand new|own) )*",
    re.IGNORECASE,
)
_PERSON = r"[A-ZÀ-Þ][\w’-]+(?: (?:van|de|von|da|del|[A-ZÀ-Þ]\.|[A-ZÀ-Þ][\w’-]+)){0,2}"
_PEOPLE = rf"{_PERSON}(?:(?:, (?:and )?| and | & | \+ ){_PERSON})*"
_BY = re.compile(
    rf"\b(?:by|hosted by|run by|led by|played by|starring|featuring|speakers?:?|with (?!A |The )) ?({_PEOPLE})"
)
_PROPER = re.compile(
    r"^(?:The |the )?(?:[A-ZÀ-Þ0-9][\w'’.&-]*(?: (?:and|&|of|the|de|la|le|del|di|und|von|van|for|y|\+)(?= ))*(?: |$))+$"
)
_TAIL_NAME = re.compile(
    r"^(.*?[a-zà-ÿ]) ((?:The )?[A-ZÀ-Þ][\w'’&.-]*(?: (?:(?:of|the|and|&) )*[A-ZÀ-Þ0-9][\w'’&.-]*)*)$"
)
_OWNER = re.compile(rf"^({_PEOPLE}|[A-ZÀ-Þ][\w-]+)[’']s? (.+)$")
_NO_NAME = re.compile(
    r"^(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?|I|We|It|The|My|Our|English|German|French|Spanish|Italian|"
    r"Tailwind|React|"
    r"FAQ|RSVP|CV|DJ|AI|UX|UI|IT|SaaS|B&B|NGO|3D|VR|PR|HR|TV|YouTube|Instagram|Christmas|Easter|Halloween)$"
)


@dataclass(frozen=True, slots=True)
class Phrase:
    subject: str = ""  # "bike repair shop"
    said: str = ""  # "A book club that meets every first Tuesday at the library"
    name: str = ""  # "Bella Napoli"
    people: tuple[str, ...] = ()
    is_first_person: bool = False  # "I am a …"
    kind: str = ""  # what stands before "page": "wedding", "open-source library"


def find_phrase(text: str) -> Phrase:
    text = re.sub(r"\b(Dr|St|Mr|Mrs|Ms|Prof)\.", r"\1", re.sub(r"[\"“”«»]", "", text))
    start, is_self = _start(text)
    if start < 0:
        found = _named(_kind_before(text), "")
        return replace(found, people=found.people or _people(text))
    raw = _noun_phrase(text[start:])
    found = _named(raw, text[start + len(text[start:]) - len(text[start:].lstrip()) :])
    subject = found.subject
    modifier = _kind_before(text)
    if not subject or (modifier and not is_self and found.people):
        subject = modifier or subject
    people = found.people + tuple(one for one in _people(text) if one not in found.people)
    return replace(
        found, subject=subject, said=_said(text[start:]), people=people, is_first_person=is_self, kind=modifier
    )


_ABOUT = (
    r"(?:for|of|about|on|to (?:promote|present|advertise|announce|introduce)|promoting|announcing|presenting|"
    r"introducing|inviting people|to|against)"
)
_PROMOTING = (
    r"(?:promot(?:e|ing)|advertis(?:e|ing)|announc(?:e|ing)|present(?:ing)?|introduc(?:e|ing)|show off|launch(?:ing)?|"
    r"invite (?:people|everyone|(?:my |our )?friends|guests|the family) to|sign-?ups? (?:for|to)|tickets (?:for|to)|"
    r"tell (?:people|everyone|the world) about|registration (?:for|page for)|tour dates (?:of|for))"
)
_AS = r"(?:i am|i['’]m|i work as|(?:my|our) (?:work|services?|business|practice|job) as|myself,?)"
# What the phrase stands behind, the surest first, and whether the writer is what the page is about.
_OPENINGS: tuple[tuple[str, bool], ...] = (
    (rf"\b{_AS} (?:an?|the) (?!{PAGE})", True),
    (r"\bwe(?: are|['’]re) (?:an?|the) ", False),
    (rf"\b{PAGE}\b(?:[ -](?:\w+[ -]){{0,2}}?){_ABOUT}\s+(?!show|sell|book|collect|put|tell)", False),
    (rf"\b{_PROMOTING}\s+", False),
    (
        rf"^(?=(?:{_TO_NOUN} )?(?:[\w'’&-]+ ){{0,4}}[\w'’&-]+ (?:in|at|near|with|on|that|who|which)\b)(?!.*\b{PAGE}\b)",
        False,
    ),
    (rf"\b{PAGE}\s*[:–-]\s*", False),
    (r"\b(?:show|share|present|display)(?:s|ing)?(?: off)? (?=my |our )", False),
    (rf"\b(?:of|for|at|about) (?={_TO_NOUN} )", False),
    (r"\b(?:for|about) ", False),
)


def _start(text: str) -> tuple[int, bool]:
    """Where the phrase begins, and whether the writer is what it is about."""
    for pattern, is_self in _OPENINGS:
        for found in re.finditer(pattern, text, re.IGNORECASE):
            if _noun_phrase(text[found.end() :]):
                return found.end(), is_self
    return -1, False


def _noun_phrase(text: str) -> str:
    rest = _DETERMINERS.sub("", text.lstrip())
    phrase = _NP_END.split(rest, maxsplit=1)[0].strip(" '’.")
    words = re.sub(r"^(?:save|saving|help|support|protect|stop|rescue) (?:(?:the|our|my) )?", "", phrase).split()
    while words and words[0].lower() in _SIZE:
        words = words[1:]
    if not words or all(word.lower() in _NO_SUBJECT for word in words):
        return ""
    while words[-1].lower() in {"of", "and", "&", "or", "der", "de"}:
        words = words[:-1]
    topic = _TOPIC.match(rest, len(phrase)) if words[-1].lower() in _HAS_TOPIC else None
    return " ".join(words[:7]) + (topic[0].rstrip() if topic else "")


def _named(raw: str, text: str) -> Phrase:
    """The phrase with its proper name told apart: "the band The Wombles", "Joe's Pizza", "Anna and Tom's wedding"."""
    raw = re.sub(r"^(?:[a-zà-ÿ]+[’']s |(?:[a-zà-ÿ]+ ){1,2}(?=[A-ZÀ-Þ][\w-]+[’']s? [a-z]))", "", raw)
    owner = _OWNER.match(raw)
    if owner and owner[2][:1].islower():
        return Phrase(subject=_without_ordinal(owner[2]), name=sentence(raw), people=_split_people(owner[1]))
    if _PROPER.match(raw) and not _NO_NAME.match(raw.split()[0]):
        appositive = re.match(r"[^,.;:]*?(?:,| [-–—]|:) (?:(?:an?|the|my|our) )?(?=[a-zà-ÿ])(?!with\b|on\b|in\b)", text)
        called = _noun_phrase(text[appositive.end() :]) if appositive else ""
        people = _split_people(raw) if re.fullmatch(_PEOPLE, raw) else ()
        is_couple = bool(re.search(r" and | & | \+ ", raw)) and len(people) > 1
        return Phrase(
            subject=called,
            name=" & ".join(people) if is_couple else raw,
            people=people if is_couple or (len(raw.split()) == 1 and not called) else (),
        )
    tail = _TAIL_NAME.match(raw)
    if tail and not _NO_NAME.match(tail[2].removeprefix("The ").split()[0]):
        return Phrase(subject=tail[1], name=tail[2])
    return Phrase(subject=raw)


def _without_ordinal(text: str) -> str:
    return re.sub(r"^(?:\d+(?:st|nd|rd|th)|first|second|third|big) ", "", text)


def _kind_before(text: str) -> str:
    """ "Wedding" of "a wedding website for Anna and Tom"; also "dentist website", "my portfolio"."""
    text = re.sub(r"(?<=[a-z]) and (?=[A-ZÀ-Þ])", " & ", text)
    for found in re.finditer(rf"((?:[\w'’&-]+ ){{1,5}}){PAGE}\b", text, re.IGNORECASE):
        words = found[1].split()
        while words and words[-1].lower() in _GENERIC:
            words = words[:-1]
        kept: list[str] = []
        for word in reversed(words):
            if word.lower() in _GENERIC:
                break
            kept.insert(0, word)
        if kept:
            return " ".join(kept)
    return ""


def _people(text: str) -> tuple[str, ...]:
    found = _BY.search(text)
    return _split_people(found[1]) if found else ()


def _split_people(text: str) -> tuple[str, ...]:
    names = [one.strip() for one in re.split(r",? and |, | & | \+ ", re.sub(r"^(?:The|the) ", "", text))]
    return tuple(one for one in names if one and not _NO_NAME.match(one.split()[0]))


# Where a list, a wish or another thought begins.
_SAID_END = re.compile(
    r"[;!?\n]|\.(?!\d)|:(?!\d)|,? (?:with|including|offering|featuring|showing|listing) |\s[-–—]\s|\bplease\b|"
    r"\bwhere (?:people|visitors|customers|you)\b|,? (?:called|named|titled)\b|\bi (?:need|want|would)\b|"
    r",? (?:and|so|but) (?:i|we|it should|people|need|want|make|please|add|show|include)\b|"
    r", (?=(?:my|our|we|it|they|i|open|goal) )|,? (?:from|only|for) (?=[$€£]|\d+ ?€)|"
    r",? (?:in|using) (?:dark|light|\w+ colou?rs)",
    re.IGNORECASE,
)


def _said(text: str) -> str:
    """What stands about it in the same sentence, up to a list or a wish, as a sentence of its own."""
    rest = _SAID_END.split(text.strip(), maxsplit=1)[0].strip(" ,'\"")
    rest = re.sub(r",[^,]*\b(?:\d+|two|three|four|five|six)(?: \w+){1,2}$", "", rest)
    opened = re.match(rf"({_TO_NOUN})\s*", rest, re.IGNORECASE)
    body = rest[opened.end() :] if opened else rest
    body = re.sub(r"^[a-zà-ÿ]+['’]s ", "", body)
    body = re.sub(r"^(?:(?:little|small|tiny|own|very)\s+)+", "", body, flags=re.IGNORECASE)
    if len(body.split()) < 2 or len(body) > 140:
        return ""
    article = ""
    if opened:
        head = _NP_END.split(body, maxsplit=1)[0].split()
        is_many = bool(head) and is_plural(head[-1].lower())
        article = "The " if opened[1].lower() == "the" or is_many else "An " if body[0].lower() in "aeiou" else "A "
        article = "" if is_many or body[0].isupper() else article
    ours = re.sub(r"\bmy\b", "our", body)
    return sentence(f"{article}{ours}")
