"""From a spec to the files of an app: one module a view."""

from html import escape

from overskill.services.generation.recipes.palette import stylesheet
from overskill.services.generation.recipes.spec import AppSpec
from overskill.services.generation.recipes.views import (
    attendance,
    bingo,
    blog,
    board,
    calculator,
    calendar,
    compare,
    counter,
    documents,
    expenses,
    feed,
    flashcards,
    form,
    game,
    ideas,
    insights,
    landing,
    lineup,
    lists,
    notes,
    picker,
    planner,
    poll,
    quiz,
    scoreboard,
    shell,
    shop,
    split,
    texttool,
    timer,
)
from overskill.services.generation.recipes.views.entities import Files
from overskill.starter import starter_files

_WRITERS = {
    "cards": lists.write,
    "table": lists.write,
    "checklist": lists.write,
    "streaks": lists.write,
    "board": board.write,
    "calendar": calendar.write,
    "insights": insights.write,
    "notes": notes.write,
    "quiz": quiz.write,
    "poll": poll.write,
    "calculator": calculator.write,
    "converter": calculator.write,
    "keypad": calculator.write,
    "split": split.write,
    "expenses": expenses.write,
    "documents": documents.write,
    "attendance": attendance.write,
    "comparison": compare.write,
    "arguments": compare.write,
    "ideas": ideas.write,
    "flashcards": flashcards.write,
    "drill": flashcards.write,
    "game": game.write,
    "league": scoreboard.write,
    "rounds": scoreboard.write,
    "tally": scoreboard.write,
    "shop": shop.write,
    "blog": blog.write,
    "feed": feed.write,
    "interval": timer.write,
    "stopwatch": timer.write,
    "timers": timer.write,
    "countdown": timer.write,
    "picker": picker.write,
    "groups": picker.write,
    "order": picker.write,
    "pairs": picker.write,
    "dice": picker.write,
    "coin": picker.write,
    "numbers": picker.write,
    "texttool": texttool.write,
    "bingo": bingo.write,
    "caller": bingo.write,
    "lineup": lineup.write,
    "counter": counter.write,
    "history": counter.write,
    "tallies": counter.write,
    "form": form.write,
    "answers": form.write,
    "planner": planner.write,
    "needs": planner.write,
}
_ROUTES = {"shop": shop.ROUTE, "blog": blog.ROUTE, "documents": documents.ROUTE}


def write_app(spec: AppSpec) -> Files:
    """What the app has beyond the starter, in the order in which it is best written: what is used comes first."""
    files: Files = {"src/index.css": stylesheet(spec.look)}
    files |= _starter_changes(spec)
    if spec.kind == "landing":
        return files | landing.write(spec)
    for page in spec.pages:
        files |= _WRITERS[page.view](spec, page)
    routes = [_ROUTES[page.view] for page in spec.pages if page.view in _ROUTES]
    frame = shell.write(spec, routes)
    return _leaves_first(files) | frame


def _starter_changes(spec: AppSpec) -> Files:
    starter = starter_files()
    title = escape(spec.name)
    files = {"index.html": starter["index.html"].replace("<title>New app</title>", f"<title>{title}</title>")}
    if spec.look.theme != "system":
        theme = starter["src/lib/theme.ts"]
        files["src/lib/theme.ts"] = theme.replace(
            'const DEFAULT_THEME: Theme = "system";', f'const DEFAULT_THEME: Theme = "{spec.look.theme}";'
        )
    return files


def _leaves_first(files: Files) -> Files:
    order = ("src/index.css", "index.html", "src/lib/theme", "src/data/", "src/lib/", "src/components/", "src/pages/")

    def rank(path: str) -> tuple[int, int]:
        place = next((index for index, start in enumerate(order) if path.startswith(start)), len(order))
        return place, list(files).index(path)

    return {path: files[path] for path in sorted(files, key=rank)}
