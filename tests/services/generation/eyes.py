"""A type checker and a browser that know the few mistakes of our streams by sight, and take no time."""

from collections.abc import Callable, Mapping, Sequence
from uuid import UUID

from overskill.clients.bundler import Asset, Bundle, Diagnostic
from overskill.clients.checker import AcceptanceCheck, BrowserReport, Problem

_APP = "src/App.tsx"
_WRONG_TYPES = {
    "line.price": "Property 'price' does not exist.",
    "const total: string": "Type 'number' is not assignable to type 'string'.",
}
_PROBLEMS = {
    "return null;": Problem("blank", "Nothing is shown."),
    "return <></>;": Problem("blank", "Nothing is shown."),
    'JSON.parse("': Problem("crash", "The app ends with an error."),
    "while (Date.now() > 0)": Problem("slow", "The page hangs: a script runs without end."),
    "setCount(count + 1);\n  return": Problem("crash", "Too many re-renders."),
}


class Eyes:
    """Implements Checker, and what a LocalBundler builds and inspects with."""

    @staticmethod
    def inspect(files: Mapping[str, str]) -> tuple[Diagnostic, ...]:
        return tuple(
            Diagnostic(_APP, message, 1, code="type") for sign, message in _WRONG_TYPES.items() if sign in files[_APP]
        )

    @staticmethod
    def build(files: Mapping[str, str], *, app_id: UUID | None = None) -> Bundle:
        return Bundle({"/app": Asset(files[_APP].encode(), "text/plain")}, 0, 0.0)

    def check(
        self,
        bundle: Bundle,
        checks: Sequence[AcceptanceCheck],
        *,
        routes: Sequence[str] = ("/",),
        should_stop: Callable[[], bool] = lambda: False,
    ) -> BrowserReport:
        app = bundle.assets["/app"].content.decode()
        return BrowserReport(problems=tuple(problem for sign, problem in _PROBLEMS.items() if sign in app))
