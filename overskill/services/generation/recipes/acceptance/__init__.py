"""What an app of the recipes must do, as steps in a browser: for each page what it is for, and the way to it."""

from collections.abc import Callable

from overskill.clients.checker import AcceptanceCheck
from overskill.services.generation.brief import FEWEST_CHECKS
from overskill.services.generation.recipes.acceptance import play, records, sheets, sites, tools
from overskill.services.generation.recipes.acceptance.steps import At, check, click, open_, see
from overskill.services.generation.recipes.spec import AppSpec, Page, View
from overskill.services.generation.recipes.views.naming import path

_MOST_CHECKS = 5  # what is written by recipes is known to work: enough to prove it, few enough to be quick
_OF_VIEW: dict[View, Callable[[At], list[AcceptanceCheck]]] = {
    "cards": records.listed,
    "table": records.listed,
    "checklist": records.listed,
    "streaks": records.listed,
    "board": records.added,
    "calendar": records.added,
    "attendance": records.added,
    "timers": records.added,
    "notes": records.noted,
    "blog": records.posted,
    "feed": records.said,
    "expenses": records.paid,
    "documents": records.documented,
    "shop": records.sold,
    "ideas": sheets.ideas,
    "arguments": sheets.arguments,
    "comparison": sheets.comparison,
    "planner": sheets.planned,
    "needs": sheets.needed,
    "poll": sheets.voted,
    "form": sheets.asked,
    "lineup": sheets.seated,
    "quiz": play.quizzed,
    "flashcards": play.practised,
    "drill": play.drilled,
    "game": play.played,
    "league": play.league,
    "rounds": play.rounds,
    "tally": play.tallied,
    "bingo": play.dealt,
    "caller": play.called,
    "calculator": tools.calculated,
    "converter": tools.converted,
    "keypad": tools.keyed,
    "split": tools.split,
    "interval": tools.started,
    "stopwatch": tools.stopped,
    "countdown": tools.counted_down,
    "picker": tools.picked,
    "groups": tools.grouped,
    "order": tools.ordered,
    "pairs": tools.paired,
    "dice": tools.rolled,
    "coin": tools.flipped,
    "numbers": tools.drawn,
    "texttool": tools.rewritten,
    "counter": tools.counted,
    "tallies": tools.tapped,
}


def acceptance_checks(spec: AppSpec) -> tuple[AcceptanceCheck, ...]:
    """Three to five: what each page is for comes first, then the ways between them."""
    opens = check(f"{spec.name} opens", open_("/"), see(spec.name))
    if spec.kind == "landing":
        return _distinct([opens, *sites.site(spec)])
    purposes = [_OF_VIEW[page.view](At(spec, page)) for page in spec.pages if page.view in _OF_VIEW]
    first = [checks[0] for checks in purposes if checks]
    others = [one for checks in purposes for one in checks[1:]]
    ways = [_way_to(page) for page in spec.pages[1:]]
    fillers = [_address_kept(spec), _way_back(spec)]
    found = _distinct([opens, *first, *ways, *others])
    return found if len(found) >= FEWEST_CHECKS else _distinct([*found, *fillers])[:FEWEST_CHECKS]


def _distinct(checks: list[AcceptanceCheck]) -> tuple[AcceptanceCheck, ...]:
    return tuple({one.title: one for one in checks}.values())[:_MOST_CHECKS]


def _way_to(page: Page) -> AcceptanceCheck:
    return check(f"{page.title} can be reached", open_("/"), click(page.title), see(page.title))


def _address_kept(spec: AppSpec) -> AcceptanceCheck:
    last = spec.pages[-1]
    return check(f"{last.title} has an address of its own", open_(path(spec, last)), see(spec.name))


def _way_back(spec: AppSpec) -> AcceptanceCheck:
    return check("An address that does not exist leads to the start", open_("/not-here"), see(spec.name))
