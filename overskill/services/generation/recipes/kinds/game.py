"""Small games, each a template of its own; for a game that is not there, the nearest."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from overskill.services.generation.recipes.brief import Brief
from overskill.services.generation.recipes.kinds.flashcards import deck_rows
from overskill.services.generation.recipes.lexicon import search, shelf
from overskill.services.generation.recipes.making import make_app, page
from overskill.services.generation.recipes.named import find_audience, find_names, find_range, find_seconds
from overskill.services.generation.recipes.samples import records
from overskill.services.generation.recipes.spec import AppSpec, Entity, Field
from overskill.services.generation.recipes.words import listing, sentence, singularize


@dataclass(frozen=True, slots=True)
class Game:
    title: str
    named: str  # how it is asked for by name
    near: str  # other games for which it stands in
    tagline: str
    icon: str
    hue: str


GAMES: dict[str, Game] = {
    "tic-tac-toe": Game(
        "Tic-tac-toe",
        r"\btic[- ]?tac[- ]?toe\b|\bnoughts and crosses\b|\bxo game\b",
        r"\b(chess|checkers|draughts|connect (four|4)|four in a row|othello|reversi|gomoku|go game|battleships?|ludo|"
        r"strategy|board|two[- ]players?|2[- ]players?|two people|take turns)\b",
        "Three in a row, against a friend or the computer.",
        "Grid3x3",
        "indigo",
    ),
    "hangman": Game(
        "Guess the word",
        r"\bhang ?man\b|\bguess(ing)? (the |a )?words?\b|\bword[- ]guess\w*|\bguess the (animal|fruit|country|"
        r"food)\b(?! quiz)",
        r"\b(wordle|crossword|word search|scrabble|anagrams?|boggle|spelling( bee)?|words?|letters?|charades|"
        r"pictionary)\b",
        "Find the word, letter by letter, before the drawing is done.",
        "SpellCheck",
        "rose",
    ),
    "guess-number": Game(
        "Guess the number",
        r"\bnumber[- ]guess\w*|\bguess(ing)? (the |a |my )?(secret )?number\b|\bhigher (or )?lower\b",
        r"\b(guessing|mastermind|bulls and cows|numbers?)\b",
        "Higher or lower: find it in as few guesses as you can.",
        "Hash",
        "teal",
    ),
    "snake": Game(
        "Snake",
        r"\bsnake(?= game\b| clone\b|\W*$)|\b(game of|classic|retro|nokia|play) snake\b",
        r"\b(tetris|pong|breakout|arkanoid|pac-?man|space invaders|flappy( bird)?|frogger|platformer|mario|asteroids|"
        r"arcade|"
        r"retro|racing|runner|jumping|dino|crossy|maze|doodle jump)\b",
        "Eat, grow, and don't bite yourself.",
        "Worm",
        "green",
    ),
    "2048": Game(
        "2048",
        r"\b2048\b",
        r"\b(sudoku|puzzle|match[- ]?(3|three)|candy crush|bejeweled|threes|sliding|jigsaw|merge|block|logic|math|"
        r"strategy)\b",
        "Slide the tiles, join what is equal, reach 2048.",
        "LayoutGrid",
        "amber",
    ),
    "rock-paper-scissors": Game(
        "Rock, paper, scissors",
        r"\brock[-, ]*paper[-, ]*(and )?scissors?\b|\brps\b",
        r"\b(coin|cards?|card|blackjack|poker|dice|war|duel|luck)\b",
        "Best of five against the computer.",
        "Scissors",
        "violet",
    ),
    "minesweeper": Game(
        "Minesweeper",
        r"\bmine ?sweeper\b",
        r"\b(mines|bombs?|solitaire)\b",
        "Open every safe field; the numbers tell where the mines are.",
        "Bomb",
        "slate",
    ),
    "reaction": Game(
        "Reaction time",
        r"\breaction[- ]?(time|speed|tests?|games?|timer)\b|\breflex(es)?( test| game)?\b",
        r"\b(speed|fast|quick draw|reflex)\b",
        "Press the moment it turns green. Five rounds, and your average.",
        "Zap",
        "sky",
    ),
    "typing": Game(
        "Typing test",
        r"\btyping (test|game|speed|practi[cs]e|trainer|tutor|race|drill|app)\b|\b(wpm|words per minute)\b|"
        r"\btype fast(er)?\b",
        r"\b(typing|keyboard|typer)\b",
        "How fast, and how right.",
        "Keyboard",
        "indigo",
    ),
    "whack": Game(
        "Whack-a-mole",
        r"\bwhack[- ]?an?[- ]?\w+\b|\baim (trainer|training|test|game)\b",
        r"\b(shoot\w*|aim|target|balloon|bubbles?|popping|catch\w*|tap|hitting|fruit ninja|duck hunt|zombies?|"
        r"monsters?)\b",
        "Hit them as they show up.",
        "Target",
        "orange",
    ),
    "clicker": Game(
        "Clicker",
        r"\b(\w+ )?clicker( game)?\b|\bclick(er|ing) game\b|\bidle game\b|\bincremental game\b",
        r"\b(idle|tycoon|incremental|farm(ing)?|click\w*|simulator|pet|tamagotchi|city|empire)\b",
        "Click, buy what clicks for you, watch it grow.",
        "MousePointerClick",
        "fuchsia",
    ),
    "memory": Game(
        "Memory",
        r"\b(memory|concentration) (game|match\w*|cards?( game)?|test|trainer|training|pairs)\b|"
        r"\bmatching (pairs|cards?|game)\b|"
        r"\b(pairs|card matching) game\b|\bfind the pairs\b|\bgame of memory\b|^\W*memory\W*$",
        r"\b(simon|pairs|match|brain|matching|kids?|children|toddlers?|simple)\b",
        "Turn two cards at a time and find the pairs.",
        "Brain",
        "violet",
    ),
}
# "Game night", "game shop": these are no games.
_NO_GAME = (
    r"(?! ?(?:nights?|shops?|stores?|studios?|collection|librar(?:y|ies)|plans?|planners?|trackers?|logs?|design\w*|"
    r"clubs?|"
    r"days?|reviews?|schedules?|ideas?|scores?|rooms?|caf[eé]|developers?|development|jam|prices?|wish ?list|backlog|"
    r"sessions?|results?|stats|statistics|rankings?|tournaments?|leagues?|team|blog|news|community|meetup|event|"
    r"master|company|rentals?|swap|inventory|picker|chooser|nerds?|drive|about my))"
)
_NO_VERB = r"(?!(?:who|what|which|where|when|how|of|for|to|our|on|and|track|log|keep|vote|plan|list|sell|rent|rate)\b)"
# Games that are asked for by name without the word.
_FAMOUS = (
    r"\b(?:wordle|tetris|sudoku|pac-?man|flappy bird|breakout|space invaders|connect (?:four|4)|solitaire|simon says|"
    r"crossword|word search|checkers|battleships?|blackjack|frogger|candy crush)(?= clone\b| game\b| app\b|\W*$)"
)
_ARITHMETIC = (
    r"(?!.*\b(?:maths?|arithmetic|addition|subtraction|multiplication|division|times tables?) (?:\w+ )?games?\b)"
)
_ASKED = (
    rf"(?:^{_ARITHMETIC}"
    r"\W*(?:please )?(?:(?:make|build|create|code|write|design|give|program)(?: me| us)? |"
    r"(?:i|we)(?:'d| would)? (?:want|need|like) (?:to (?:make|build|create|play|have) )?|let'?s play )?"
    rf"(?:an? |the |some |my )?(?!board\b|video\b)(?:{_NO_VERB}[\w'-]+ ){{0,4}}?games?\b{_NO_GAME}(?! (?:i|we|my)\b))"
)
_OTHER_KIND = r"(?!.*\b(?:quiz|trivia|score ?(?:board|keeper|card)s?|keep score|leader ?board|flash ?cards?)\b)"
PATTERN = rf"(?:{'|'.join(game.named for game in GAMES.values())}|{_FAMOUS}){_OTHER_KIND}|{_ASKED}{_OTHER_KIND}"
WEIGHT = 3.5
_NO_NAMES = frozenset("kids kid children simple puzzle toddlers arcade words word numbers pairs turns".split())
_PICTURED = frozenset({"memory", "whack", "clicker"})


def plan(brief: Brief) -> AppSpec:
    text = brief.about.lower()
    key, is_exact = _which(text)
    game = GAMES[key]
    hits = search("games", text)
    theme = hits[0].entry if hits else shelf("games")["animals" if key == "whack" else "general"]
    about = hits[0].word.replace("-", " ") if hits else ""
    content = _options(key, text, theme, brief) | {"game": key, "title": _title(key, game, text, about)}
    if not is_exact:
        content["reply"] = _instead(text, game)
    look = {"names": [content["title"]], "hue": game.hue, "icon": game.icon, "font": "rounded"}
    pages = [page("game", "Play")]
    entities: tuple[Entity, ...] = ()
    if key == "hangman":
        fields = (Field("word", "Word", "text", required=True), Field("hint", "Hint", "text"))
        rows = _foreign_words(text) or theme["words"]
        entities = (Entity("word", "words", "SpellCheck", fields, samples=records(fields, rows)),)
        pages = [page("game", "Play", entities[0]), page("table", "Words", entities[0])]
    tagline = _tagline(key, game, content, brief)
    return make_app(brief, "game", look, pages, entities=entities, tagline=tagline, content=content)


def _foreign_words(text: str) -> list[tuple[str, str]]:
    """The words of a language that is named, if it is written with our letters; the hint is the English word."""
    named = next((hit.entry for hit in search("decks", text) if "words" in hit.entry), None)
    rows = deck_rows(named) if named else []
    letters = {letter for word, _ in rows for letter in word if letter.isalpha()}
    return rows if all(unicodedata.name(letter).startswith("LATIN") for letter in letters) else []


def _which(text: str) -> tuple[str, bool]:
    """The game that is meant, and whether it was named."""
    for key, game in GAMES.items():
        if re.search(game.named, text):
            return key, True
    for key, game in GAMES.items():
        if re.search(game.near, text):
            return key, False
    return "memory", False


def _instead(text: str, game: Game) -> str:
    """What the chat says when the game that was asked for is not among those there are."""
    wanted = re.search(game.near, text)
    is_named = wanted and wanted[0] not in {
        "kids",
        "kid",
        "children",
        "simple",
        "puzzle",
        "toddlers",
        "arcade",
        "words",
    }
    if wanted and is_named:
        return f"I can't build {wanted[0]} without a model, so this is the nearest game I know: {game.title.lower()}."
    names = ", ".join(one.title.lower() for one in list(GAMES.values())[:-1])
    return (
        f"You named no game I know, so I chose {game.title.lower()}. I can also build {names}: name one in a new app."
    )


def _title(key: str, game: Game, text: str, about: str) -> str:
    """`about`: the prompt's word for the theme, "" when it has none."""
    if key == "whack":
        found = re.search(r"whack[- ]?an?[- ]?(\w+)", text)
        return f"Whack-a-{found[1]}" if found else "Catch them"
    if key == "clicker":
        found = re.search(r"\b(?!an? |the |simple )(\w+) clicker", text)
        thing = found[1] if found else singularize(about)
        return f"{sentence(thing)} clicker" if thing else game.title
    title = "Hangman" if re.search(r"hang ?man", text) else game.title
    return f"{title}: {about}" if about and key in {"memory", "hangman"} else title


def _options(key: str, text: str, theme: Mapping[str, Any], brief: Brief) -> dict[str, Any]:
    seconds, limits = find_seconds(text), find_range(text)
    rounds = re.search(r"\bbest of (\d{1,2}|three|five|seven)\b|\bfirst to (\d{1,2})\b", text)
    pairs = re.search(r"\b(\d{1,2}) pairs\b", text)
    number = {"three": 3, "five": 5, "seven": 7}
    wins = 3
    if rounds:
        of = number.get(rounds[1]) or int(rounds[1] or 0)
        wins = of // 2 + 1 if of else int(rounds[2])
    return {
        "pictures": list(theme["pictures"]) if key in _PICTURED else [],
        "pairs": min(max(int(pairs[1]), 3), 12) if pairs else 8,
        "seconds": seconds or (60 if key == "typing" else 30),
        "lowest": limits[0] if limits else 1,
        "highest": limits[1] if limits else 100,
        "wins": wins,
        "names": find_names(brief.about)[:2],
    }


def _tagline(key: str, game: Game, content: dict[str, Any], brief: Brief) -> str:
    audience = find_audience(brief.about)
    if key == "tic-tac-toe" and len(content["names"]) == 2:
        return f"{listing(content['names'])}: three in a row wins."
    tagline = {
        "guess-number": f"Between {content['lowest']} and {content['highest']}: find it in as few guesses as you can.",
        "rock-paper-scissors": f"Against the computer; {content['wins']} wins take the match.",
        "typing": f"{content['seconds']} seconds: how fast, and how right.",
        "whack": f"{content['seconds']} seconds: hit them as they show up.",
    }.get(key, game.tagline)
    return f"Made for {audience}. {tagline}" if audience else tagline
