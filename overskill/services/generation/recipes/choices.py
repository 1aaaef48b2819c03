"""Choices in the middle of a sentence: "choose fish, chicken or veggie", "size S, M or L", "tea or coffee"."""

import re

from overskill.services.generation.recipes.fields import field_from_label
from overskill.services.generation.recipes.words import plain, sentence

_ITEM = r"(?:an? |the )?(?!or\b|and\b|not\b)[\w'’&-]+(?: (?!or\b|and\b|for\b|with\b)[\w'’&-]+){0,2}"
_LIST = rf"(?P<list>{_ITEM}(?:, {_ITEM})*,? or {_ITEM})"
_NAMED = (
    r"size|colou?r|meal|menu|dish|food|main(?: course)?|starter|dessert|drink|flavou?r|diet|day|date|slot|level|team|"
    r"group|session|transport|course|workshop|activity|seat|ticket|style|shape|topping|filling|length|format|language"
)
_BEFORE = (
    rf"\b(?:the |their |his |her |your |a |an )?(?P<label>(?:[\w'’-]+ )?(?:{_NAMED})s?)"
    r"(?: choices?| preferences?| options?)?(?: of| from| between| is| are)?:? "
)
_VERB = (
    r"\b(?:(?:they|guests|people|everyone|you|who) )?(?:(?:can|to|must|should|could) )?"
    r"(?P<verb>choose|choosing|chooses|pick|picking|picks|select|prefer|prefers|preferring|either|an option of|"
    r"options of|option of|(?:a )?choice of|(?:a )?choice between|(?:whether|if) (?:they|you|people|guests) "
    r"(?:want|prefer|would like|'d like|will have|eat|choose))(?: between| from| either)? "
)
_CHOICE = re.compile(rf"(?:{_BEFORE}|{_VERB}){_LIST}(?=\s*(?:$|[,.;:!?)\n]|\band\b|\bfor\b|\bwith\b))", re.IGNORECASE)
_PAIR = re.compile(rf"{_ITEM}(?:, {_ITEM})* or {_ITEM}", re.IGNORECASE)
_DISHES = (
    r"fish|chicken|beef|lamb|pork|steak|salmon|turkey|veggie|vegetarian|vegan|veg|pasta|pizza|tofu|burgers?|salad|"
    r"risotto|soup|meat|duck|tacos?|curry"
)
# What options like these are called.
_CALLED = (
    ("Size", r"x{0,3}s|m|x{0,3}l|small|medium|large|extra large"),
    ("Meal", rf"(?:.* )?(?:{_DISHES})(?: .*)?"),
    ("Drink", r"(?:.* )?(?:tea|coffee|wine|beer|water|juice|red|white|soda|lemonade|cocktails?|champagne)"),
    ("Day", r"(?:on )?(?:mon|tues|wednes|thurs|fri|satur|sun)days?"),
    ("Time", r"mornings?|afternoons?|evenings?|nights?|noon|early|late|am|pm|\d{1,2}(?:am|pm)"),
    ("Colour", r"red|blue|green|yellow|black|white|pink|purple|orange|grey|gray|brown"),
    ("Transport", r"(?:by )?(?:bus|car|train|bike|foot|taxi|coach|plane|ferry)"),
    ("Taking part", r"yes|no|maybe|coming|not coming|attending|going|not going"),
    ("Level", r"beginners?|intermediate|advanced|easy|hard"),
)


def with_bracketed_choices(text: str, has_list_before: re.Pattern[str]) -> str:
    """The text with each choice as "Label (a, b, c)", the way in which questions with options are read."""

    def bracketed(found: re.Match[str]) -> str:
        options = _options(found["list"])
        if len(options) < 2:
            return found[0]
        label = found["label"]
        name = sentence(plain(label)) if label else called(options)
        is_inside = bool(has_list_before.search(text[: found.start()])) or not found["verb"]
        return f"{'' if is_inside else 'choose '}{name} ({', '.join(options)})"

    return _CHOICE.sub(bracketed, text)


def lone_choice(part: str) -> list[str]:
    """The options of "chicken or veggie" where a list of questions has it as one of them."""
    options = _options(part) if _PAIR.fullmatch(part) else []
    ways = {"phone", "email", "url"}  # "phone or mobile" asks for either
    return [] if any(field_from_label(one).type in ways for one in options) else options


def called(options: list[str]) -> str:
    """What the question is about, or else the options themselves: "Full time or part time?"."""
    for name, pattern in _CALLED:
        fitting = [one for one in options if re.fullmatch(pattern, one, re.IGNORECASE)]
        if len(fitting) * 2 > len(options) or (len(options) == 2 and fitting and name == "Meal"):
            return name
    return sentence(f"{options[0]} or {options[1]}?") if len(options) == 2 else "Your choice"


def _options(listed: str) -> list[str]:
    parts = re.split(r",? or |, ", listed, flags=re.IGNORECASE)
    return [re.sub(r"^(?:an?|the|either) ", "", plain(one), flags=re.IGNORECASE) for one in parts if plain(one)]
