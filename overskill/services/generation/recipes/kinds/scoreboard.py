"""Who leads: matches of a league, rounds of a game night, points as they fall."""

import re
from collections.abc import Mapping
from typing import Any

from overskill.services.generation.recipes.brief import Brief
from overskill.services.generation.recipes.lexicon import search, shelf
from overskill.services.generation.recipes.making import make_app, page
from overskill.services.generation.recipes.named import find_count, find_names
from overskill.services.generation.recipes.samples import records
from overskill.services.generation.recipes.spec import AppSpec, Entity, Field, View
from overskill.services.generation.recipes.words import fingerprint, listing, low, pluralize, sentence

_SPORT = (
    r"(darts?|ping[- ]?pong|table[- ]tennis|tennis|padel|pickleball|badminton|squash|football|soccer|foosball|"
    r"basketball|volleyball|pool|billiards|snooker|chess|golf|mini ?golf|bowling|cornhole|fifa|hockey|handball|"
    r"fantasy( \w+)?|poker|scrabble|board ?games?|card ?games?|game|trivia|smash( bros)?|mario kart|karting|racing|"
    r"uno|hearts|rummy|"
    r"yahtzee|esports)"
)
PATTERN = (
    r"(?<!credit )(?<!test )(?<!exam )(?<!lead )(?<!mood )\bscore ?-?(boards?|keepers?|keeping|cards?|sheets?|"
    r"counters?|trackers?|tracking)\b|\bleader ?-?boards?\b|"
    r"\b(keep|keeping|track|tracking|count|record|log)( the| our| my)? (scores?|points)\b|\bstandings\b|"
    rf"\b{_SPORT} (league|ladder|ranking|rankings|scores?|strokes?|scoring|standings|tournament|championship|results|"
    rf"season|"
    r"rating|ratings|handicaps?|elo|table|winners?)\b|"
    r"\b(office|league|team|club|elo|player) (ladder|ranking|rankings|standings|league table)\b|\bladder (of|for)\b|"
    r"(\bkeep(ing)? track of )?\bwho (is |'s )?(winning|leading|won|wins)\b|\b(house|reward|team|chore|"
    r"behaviou?r) points\b|"
    r"\bhandicap (calculator|tracker|index)\b|\bwins and losses\b|\bpoints? (tally|tracker|counter)\b"
)
WEIGHT = 3.6
_VIEWS: dict[str, tuple[View, str]] = {
    "league": ("league", "Standings"),
    "rounds": ("rounds", "Scores"),
    "tally": ("tally", "Score"),
}
# What a prompt calls it says how it is counted.
_FORMS = (
    (r"\bladder\b", "ladder", "league", "rating"),
    (r"\b(ranking|rankings|elo|ratings?)\b", "ranking", "league", "rating"),
    (r"\bhandicaps?\b", "handicap", "rounds", ""),
    (r"\bleader ?-?boards?\b", "leaderboard", "", ""),
    (r"\b(score ?-?cards?|score ?-?sheets?)\b", "scorecard", "rounds", ""),
    (r"\btournament\b", "tournament", "league", "wins"),
    (r"\bchampionship\b", "championship", "league", ""),
    (r"\b(league|standings|season|table)\b", "league", "league", ""),
    (r"\bnight\b", "night", "rounds", ""),
    (r"\b(rounds|each round|per round|holes)\b", "scores", "rounds", ""),
)
# Whole rounds of eighteen holes, from which a handicap is worked out.
_HANDICAP = {"round": "round", "limit": 0, "scores": [86, 78, 98], "lowest": True}
_PLAYERS = ("Alex", "Sam", "Robin", "Noa", "Maya", "Jonas", "Priya", "Ken", "Sofia", "Omar", "Kim", "Lena")
_TEAMS = (
    "Red team",
    "Blue team",
    "Green team",
    "Yellow team",
    "Orange team",
    "Purple team",
    "White team",
    "Black team",
)
_SIDES = (
    "team",
    "house",
    "golfer",
    "bowler",
    "kid",
    "child",
    "student",
    "driver",
    "manager",
    "club",
    "country",
    "group",
)


def plan(brief: Brief) -> AppSpec:
    text = brief.about.lower()
    hits = search("scoreboards", text)
    entry = hits[0].entry if hits else shelf("scoreboards")["general"]
    form, mode, scheme = _form(text, entry)
    side = _side(text, entry)
    names = find_names(brief.about)
    entity = _sides(brief, entry, side, names, mode)
    title = _title(text, form, _what(text, entry))
    content = _content(text, entry, mode, scheme) | {"title": title}
    if form == "handicap":
        content |= _HANDICAP | {"par": _par(text)}
    content["samples"] = [] if names else _examples(content, len(entity.samples), brief.prompt)
    view, page_title = _VIEWS[mode]
    look = {"names": [title], "hue": entry["hue"], "icon": entry["icon"]}
    tagline = _tagline(content, entity)
    pages = [page(view, page_title, entity, id="score")]
    return make_app(brief, "scoreboard", look, pages, entities=(entity,), tagline=tagline, content=content)


def _what(text: str, entry: Mapping[str, Any]) -> str:
    """What is played, in the prompt's word: "Mario kart", "Uno"."""
    if "title" in entry:
        return str(entry["title"])
    words = [word.replace("-", " ") for word in str(entry["match"]).split()]
    said = [word for word in words if re.search(rf"\b{re.escape(word)}\b", text.replace("-", " "))]
    return sentence(max(said, key=len)) if said else "Scoreboard"


def _title(text: str, form: str, what: str) -> str:
    """ "House points", "Darts league", "Bowling scores"."""
    points = re.search(r"\b(?:house|team|reward|chore|class|behaviou?r) points\b", text)
    if points:
        return sentence(points[0])
    if what == "Scoreboard":
        return sentence(form) if form and form not in {"scores", "night"} else what
    return what if form and form in what.lower() else f"{what.removesuffix(' night')} {form or 'scores'}"


def _par(text: str) -> int:
    found = re.search(r"\bpar[ -]?(\d{2})\b", text)
    return int(found[1]) if found else 72


def _form(text: str, entry: Mapping[str, Any]) -> tuple[str, str, str]:
    """What it is called, how results come in, how they count."""
    mode, scheme = str(entry["mode"]), str(entry.get("scheme", "wins"))
    for pattern, form, wanted, counted in _FORMS:
        if re.search(pattern, text) and not (wanted == "league" and mode == "rounds" and form == "league"):
            return form, wanted or mode, counted or scheme
    return "", mode, scheme


def _side(text: str, entry: Mapping[str, Any]) -> str:
    named = next((one for one in _SIDES if re.search(rf"\b{pluralize(one)}\b", text)), "")
    return named or ("house" if re.search(r"\bhouse points\b", text) else str(entry.get("side", "player")))


def _sides(brief: Brief, entry: Mapping[str, Any], side: str, names: list[str], mode: str) -> Entity:
    examples = entry.get("names") or (_TEAMS if side in {"team", "house", "club", "group"} else _PLAYERS)
    usual = 2 if mode == "tally" and side in {"player", "team"} else 4
    count = find_count(brief.about) or usual
    chosen = names or [
        examples[index] if index < len(examples) else f"{sentence(side)} {index + 1}" for index in range(count)
    ]
    if names:
        chosen += [f"{sentence(side)} {index + 1}" for index in range(len(names), find_count(brief.about))]
    fields = (Field("name", "Name", "text", required=True),)
    rows = records(fields, [(name,) for name in chosen])
    return Entity(side, pluralize(side), "Users", fields, samples=rows)


def _content(text: str, entry: Mapping[str, Any], mode: str, scheme: str) -> dict[str, Any]:
    found = re.search(
        r"\b(?:first to|up to|to reach|race to|play(?:ed)? to|until)\s+(\d{1,5})\b|"
        r"\bto (\d{1,3})(?=\W*$| points| wins)",
        text,
    )
    holes = re.search(r"\b(\d{1,2})[ -]?(?:holes?|rounds|games|ends|frames)\b", text)
    lowest = bool(re.search(r"\b(lowest|fewest|least|low score) (score |points )?(wins|win)\b|\blowest\b", text))
    is_mixed = bool(entry.get("examples")) and bool(re.search(r"\b(board|family) ?games?\b|\bgame nights?\b", text))
    return {
        "mode": mode,
        "scheme": scheme,
        "draws": bool(entry.get("draws")),
        "unit": entry["unit"],
        "scores": list(entry["scores"]),
        "steps": list(entry.get("steps", [1])),
        "target": int(found[1] or found[2]) if found else (int(entry.get("target", 0)) if mode == "tally" else 0),
        "lowest": bool(entry.get("lowest")) or lowest,
        "round": entry.get("round", "round"),
        "named": is_mixed,
        "examples": list(entry["examples"]) if is_mixed else [],
        "limit": int(holes[1]) if holes else int(entry.get("limit", 0)),
        "par": 0,
    }


def _examples(content: Mapping[str, Any], count: int, seed: str) -> list[Any]:
    """Results to look at: [first, second, score, score, days ago], or the scores of a round. Newest first."""
    usual, least, most = content["scores"]
    draw = [fingerprint(seed, str(number)) for number in range(80)]
    if content["mode"] == "rounds":
        rounds = 4 if content["limit"] or content["par"] else 3
        return [[least + draw[row * count + one] % (most - least + 1) for one in range(count)] for row in range(rounds)]
    if content["mode"] == "tally":
        return []
    pairs = [(one, other) for one in range(count) for other in range(one + 1, count)]
    pairs.sort(key=lambda pair: fingerprint(seed, str(pair)))
    results = []
    for number, (one, other) in enumerate(pairs[:8]):
        lost = least + draw[number] % (most - least + 1)
        won = max(usual, lost + 1)
        first, second = (won, lost) if draw[number] // 7 % 3 else (lost, won)
        results.append([one, other, first, second, -number])
    return results


def _tagline(content: Mapping[str, Any], entity: Entity) -> str:
    names = listing([str(row["name"]) for row in entity.samples][:6])
    if len(entity.samples) > 6:
        names = f"{len(entity.samples)} {entity.plural}"
    which = "lowest" if content["lowest"] else "highest"
    how = {
        "league": "every result counts at once",
        "rounds": f"the {which} {'handicap' if content['par'] else 'total'} leads",
        "tally": f"first to {content['target']} wins" if content["target"] else "a tap for each point",
    }[str(content["mode"])]
    return f"{names}: {low(how)}."
