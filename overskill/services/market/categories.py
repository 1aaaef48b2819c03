"""What an app is about, guessed from its words: only a first proposal, which its creator changes. Pure."""

import re
from collections import Counter

from overskill.models import Category

_MOST_KEYWORDS = 8
_SIGNS: dict[Category, str] = {
    Category.BUSINESS: "business invoice invoices client clients customer customers crm sales pipeline kanban orders "
    "inventory stock quote quotes supplier staff rota team salon appointment appointments booking bookings",
    Category.FINANCE: "budget budgets expense expenses money finance savings income spending bills debt investment "
    "mortgage loan tax currency",
    Category.HEALTH: "health workout workouts fitness exercise gym sleep medicine medication symptom symptoms weight "
    "calorie calories running yoga meditation mood period",
    Category.EDUCATION: "learn learning study flashcard flashcards quiz quizzes course courses school student students "
    "exam exams vocabulary language lesson lessons homework teacher",
    Category.FOOD: "recipe recipes meal meals cooking kitchen restaurant menu grocery groceries coffee wine baking",
    Category.TRAVEL: "travel trip trips packing itinerary flight flights hotel hiking trail trails journey places",
    Category.EVENTS: "event events wedding party guests guest rsvp conference meetup ticket tickets countdown",
    Category.GAMES: "game games puzzle chess snake tetris score player players dice cards memory sudoku arcade",
    Category.WEBSITES: "website landing portfolio blog homepage page shop store gallery studio photographer",
    Category.TOOLS: "calculator converter generator timer stopwatch editor password qr markdown json regex tool tools",
    Category.LIFESTYLE: "habit habits plant plants diary journal garden pet pets book books reading film films music "
    "home family chores wardrobe",
    Category.PRODUCTIVITY: "task tasks todo to-do list lists note notes planner calendar project projects reminder "
    "focus pomodoro tracker",
}
_MEANINGS = {word: category for category, words in _SIGNS.items() for word in words.split()}
_FILLER = frozenset(
    "a an and app application are as at be but by called can do each for from has have i if in into is it its like me "
    "my named of on or our simple so that the their them they this to track use want wants we what when where which "
    "who will with you your".split()
)


def guess_category(text: str) -> Category:
    """The category most of its words speak of; productivity where they speak of none."""
    counts = Counter(_MEANINGS[word] for word in _words(text) if word in _MEANINGS)
    return counts.most_common(1)[0][0] if counts else Category.PRODUCTIVITY


def guess_keywords(text: str) -> str:
    """Its telling words, the most frequent first, with spaces between."""
    counts = Counter(word for word in _words(text) if len(word) > 2 and word not in _FILLER)
    return " ".join(word for word, _ in counts.most_common(_MOST_KEYWORDS))


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z][a-z-]*[a-z]", text.lower()[:5000])
