"""When, where, for how much: what a prompt says of these, in its own words."""

import re
from dataclasses import dataclass

from overskill.services.generation.recipes.words import sentence

_MONTHS = "january february march april may june july august september october november december".split()
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_SHORT_DAY = r"(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:days?)?"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_DAYS = rf"{_DAY}(?: ?(?:-|–|to|and) ?{_DAY})?"
_CLOCK = r"\d{1,2}(?:[:.]\d{2})?(?: ?(?:[ap]\.?m\b\.?|o'clock|uhr\b|h\b))?"
_EXACT = r"(?:\d{1,2}:\d{2}(?: ?[ap]m\b)?|\d{1,2}(?:[.]\d{2})? ?(?:[ap]\.?m\b\.?|o'clock|uhr\b)|noon|midnight)"
_DATE = re.compile(
    rf"\b(?:{WEEKDAY},? )?(?:the )?(?:{_MONTH} {_DAYS}(?!:)|{_DAYS}(?: of)? {_MONTH}\b)(?:,? \d{{4}})?"
    rf"|\b\d{{1,2}}[./]\d{{1,2}}[./]\d{{2,4}}|\b\d{{4}}-\d\d-\d\d"
    rf"|\b(?:next|this|coming) (?:{WEEKDAY}|weekend|week|month|year|spring|summer|autumn|fall|winter)\b"
    rf"|(?<=\bon ){WEEKDAY}(?: (?:morning|afternoon|evening|night))?\b(?!s)|\btomorrow\b|\btonight\b"
    rf"|(?<=\bin )(?:{_MONTH}|spring|summer|autumn|winter)(?: \d{{4}})?(?= |[.,;!]|$)",
    re.IGNORECASE,
)
_TIME = re.compile(
    rf"(?:\b(?:at|from) )?\b(?:{_CLOCK} ?(?:-|–|to|until|till) ?{_EXACT}|{_EXACT}(?: ?(?:-|–|to|until|"
    rf"till) ?{_CLOCK})?)"
    rf"|\bfrom \d{{1,2}}(?: to | until | till ?|-|–)\d{{1,2}}\b|\bat \d{{1,2}}\b(?=$|[.,;!?]| (?:in|on|at|with|for)\b)",
    re.IGNORECASE,
)
_RHYTHM = re.compile(
    rf"\b(?:every|each) (?:(?:other|first|second|third|fourth|last|1st|2nd|3rd|single) )?"
    rf"(?:{WEEKDAY}(?: (?:and|&) {WEEKDAY})?(?: (?:morning|afternoon|evening|night)s?)?|week(?:end)?|month|day|"
    r"morning|evening|night|year|two weeks|summer)(?: of the month)?\b"
    rf"|(?:(?<=\bon )|(?<=, )){WEEKDAY}s(?:(?:,| and| &) {WEEKDAY}s)*(?: (?:morning|afternoon|evening|night)s?)?",
    re.IGNORECASE,
)
_HOURS = re.compile(
    rf"\b(?:{_SHORT_DAY}(?: ?(?:-|–|to|through|till|until|and|&) ?{_SHORT_DAY})?|daily|every day|weekdays|weekends)"
    rf",?:? (?:from |at |between )?{_CLOCK} ?(?:-|–|to|until|till|and) ?{_CLOCK}",
    re.IGNORECASE,
)
_OPEN = re.compile(
    rf"\bopen (?:(?:daily|every day|from|all day|all year|24/7)\b,? ?)?(?:{_SHORT_DAY} ?(?:-|–|to|through|"
    rf"and) ?{_SHORT_DAY})?"
    rf"(?:,? ?(?:from )?{_CLOCK} ?(?:-|–|to|until|till) ?{_CLOCK})?",
    re.IGNORECASE,
)
_MONEY = (
    r"(?:(?:US)?[$€£] ?\d[\d.,]*\d|(?:US)?[$€£] ?\d|"
    r"\d[\d.,]* ?(?:€|£|\$|euros?\b|dollars?\b|pounds?\b|bucks\b|eur\b|usd\b|gbp\b|chf\b|kr\b))"
)
_PRICE = re.compile(
    rf"(?:\b(?:from|starting at|starting from|only|around|about|up to) )?{_MONEY}(?:k\b)?"
    r"(?: ?(?:per|an?|each|every|/) ?(?:\w+)?)?(?: for (?:a|an|one) \w+)?",
    re.IGNORECASE,
)
_CAPITALS = r"[A-ZÀ-Þ][\w'’.-]*(?: (?:(?:de|la|le|el|del|di|the|of|am|upon) )*[A-ZÀ-Þ0-9][\w'’-]*)*"
_IN = re.compile(
    rf"\b(?:in|near|around|outside)(?: the)? ((?:downtown |central |north(?:ern)? |south(?:ern)? |east(?:ern)? |"
    rf"west(?:ern)? "
    rf"|old |inner )*{_CAPITALS}(?:, {_CAPITALS})?)"
)
_FROM = re.compile(rf"\bfrom ({_CAPITALS})")
_AT = re.compile(
    rf"\bat (\d+ {_CAPITALS}(?:, {_CAPITALS})?|{_CAPITALS}|(?:the|our|my) (?!end|moment|same|top|bottom|side|"
    rf"weekend|beginning)"
    r"[a-z][\w'’-]*(?: (?!on\b|at\b|in\b|with\b|for\b|and\b|where\b|from\b|every\b)[\w'’-]+){0,3})"
)
_SOMEWHERE = re.compile(
    r"\bin ((?:the|our|my) (?!morning|evening|afternoon|summer|winter|spring|autumn|future|browser|middle|header|"
    r"footer|"
    r"style|end|first|same|background|hero|top|world|sections?|menu|beginning|form|city for|process)"
    r"[a-z][\w'’-]*(?: (?:of|behind|next to|near) [\w'’ -]{3,24}| [a-z]+(?=$|[.,;!?]))?)"
)
_NO_PLACE = re.compile(
    rf"^(?:{_MONTH}|{WEEKDAY}s?|English|German|French|Spanish|Italian|React|Tailwind|TypeScript|HTML|CSS|I|We|"
    r"Christmas|Easter|Halloween)\b",
    re.IGNORECASE,
)
_GOAL = re.compile(
    rf"\b(?:goal(?: of| is|:)?|raise|raising|collect(?:ing)?|target(?: of|:)?|reach|need|save)(?: up to)? "
    rf"({_MONEY}k?|\d[\d.,]*k?(?= (?:signatures?|supporters?|people|names|trees|members|euros?|dollars?|pounds?)))"
    rf"|\b(\d[\d.,]*k?) (?:signatures|supporters)\b",
    re.IGNORECASE,
)
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"(?<!\w)\+?\d[\d ()/-]{6,}\d(?!\w)")

_COUNTED = re.compile(
    r"\b(?:since|founded in|established(?: in)?|est\.?) (?:19|20)\d\d\b|"
    r"\b(?:for )?(?:about |over |up to |more than |max(?:imum|\.)? )?\d{1,6}\+? (?:years?(?: of experience| old)?|"
    r"people|guests|places|"
    r"seats|rooms|members|students|kids|children|km|miles|players|tables|dogs|cats|animals|countries|languages|"
    r"teams|acres|hours?|"
    r"days?|weeks?|minutes?|months?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Facts:
    date: str = ""  # "Saturday June 3"
    time: str = ""  # "3pm"
    rhythm: str = ""  # "Every first Tuesday"
    hours: tuple[str, ...] = ()
    place: str = ""  # "Leeds", "the library"
    price: str = ""  # "from $20"
    goal: str = ""  # "500", "$10,000"
    email: str = ""
    phone: str = ""

    @property
    def when(self) -> str:
        return ", ".join(part for part in (self.date or self.rhythm, self.time) if part)

    @property
    def address(self) -> str:
        """A town gets a street that is plainly an example; a named place is the address itself."""
        if not self.place:
            return ""
        is_town = self.place[0].isupper() and not re.search(
            r"\d|\b(?:park|hall|school|street|road|lane|square|house|centre|center|library|church|club|hotel|bar|farm|"
            r"beach|stadium|garden|cafe|café|museum|university)\b",
            self.place,
            re.IGNORECASE,
        )
        return f"14 Mill Lane, {self.place}" if is_town else sentence(self.place)

    @property
    def currency(self) -> str:
        text = f"{self.price} {self.goal}".lower()
        return "€" if re.search(r"€|eur", text) else "£" if re.search(r"£|pound|gbp", text) else "$"


def find_facts(text: str) -> Facts:
    hours = tuple(_tidy(found[0]) for found in _HOURS.finditer(text))
    opened = _OPEN.search(text)
    if not hours and opened and opened[0].lower().strip() not in {"open", "open from"}:
        hours = (_tidy(opened[0]),)
    rest = _HOURS.sub(" ", text)
    date = _DATE.search(rest)
    time = _TIME.search(_DATE.sub(" ", rest))
    rhythm = _RHYTHM.search(rest)
    goal = _GOAL.search(text)
    price = _PRICE.search(text)
    is_goal = bool(goal and price and goal.start() <= price.start() < goal.end())
    email, phone = _EMAIL.search(text), _PHONE.search(_DATE.sub(" ", text))
    return Facts(
        date=_tidy(date[0].removeprefix("the ")) if date else "",
        time=re.sub(r"^(?:at|from) ", "", time[0].strip(), flags=re.IGNORECASE) if time and not hours else "",
        rhythm=_tidy(rhythm[0]) if rhythm else "",
        hours=hours,
        place=find_place(text),
        price=price[0].strip(" .,") if price and not is_goal else "",
        goal=(goal[1] or goal[2]).strip(" .,") if goal else "",
        email=email[0] if email else "",
        phone=phone[0].strip() if phone else "",
    )


def find_place(text: str) -> str:
    for pattern in (_IN, _AT, _SOMEWHERE, _FROM):
        for found in pattern.finditer(text):
            place = re.sub(r"\s+(?:on|for|with|at|every)$", "", found[1].strip(" .,'’"))
            place = re.split(rf" (?:on|every) |,? (?={WEEKDAY})", place, maxsplit=1, flags=re.IGNORECASE)[0]
            if place and not _NO_PLACE.match(place) and not place.isdigit():
                return re.sub(r"^my\b", "our", place)
    return ""


def counted_in(text: str) -> list[str]:
    """ "10 years of experience", "since 1987", "up to 30 guests"."""
    return [found[0] for found in _COUNTED.finditer(text)]


def calendar_day(date: str) -> dict[str, int]:
    """Month, day and perhaps year of "Saturday June 14, 2026"; empty when it has no month."""
    named = re.search(rf"\b({_MONTH})", date, re.IGNORECASE)
    day = re.search(r"\b(\d{1,2})(?:st|nd|rd|th)?\b(?!\d)", date)
    year = re.search(r"\b(20\d\d)\b", date)
    month = 0
    if named:
        month = 1 + next(index for index, one in enumerate(_MONTHS) if one.startswith(named[1].lower().strip(".")[:3]))
    if not month or not day or not 1 <= int(day[1]) <= 31:
        return {}
    return {"month": month, "day": int(day[1])} | ({"year": int(year[1])} if year else {})


def _tidy(text: str) -> str:
    words = re.sub(r"\s+", " ", text).strip(" .,:")
    words = re.sub(
        rf"\b(?:{_SHORT_DAY}|{_MONTH})(?![a-z])",
        lambda found: found[0] if found[0] == "may" and not re.search(r"\d", words) else sentence(found[0]),
        words,
        flags=re.IGNORECASE,
    )
    return sentence(words)
