"""A page with nothing but a sentence, for visitors who are not in the app: a link that no longer works, for example."""

from collections.abc import Callable
from functools import wraps
from html import escape

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from overskill.errors import OverskillError
from overskill.routes.access import Endpoint

NO_STORE = {"cache-control": "no-store", "referrer-policy": "no-referrer"}
_PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>{title}</title>
<style>
  body {{ font: 16px/1.5 system-ui, sans-serif; display: grid; place-content: center; min-height: 100vh; margin: 0;
    padding: 24px; text-align: center; color-scheme: light dark }}
  h1 {{ font-size: 22px }} p {{ color: GrayText; max-width: 36em }}
</style>
<h1>{title}</h1>
<p>{text}</p>{link}
</html>"""


def plain_page(title: str, text: str, *, status: int, way_on: tuple[str, str] | None = None) -> HTMLResponse:
    """`way_on`: an address, and what the link to it says."""
    link = "" if way_on is None else f'\n<p><a href="{escape(way_on[0])}">{escape(way_on[1])}</a></p>'
    return HTMLResponse(_PAGE.format(title=escape(title), text=escape(text), link=link), status, headers=NO_STORE)


def shows_failures(title: str, way_on: tuple[str, str]) -> Callable[[Endpoint], Endpoint]:
    """For an address that browsers are sent to: a failure is a page that says how to go on."""

    def decorate(endpoint: Endpoint) -> Endpoint:
        @wraps(endpoint)
        async def answer(request: Request) -> Response:
            try:
                return await endpoint(request)
            except OverskillError as error:
                return plain_page(title, error.message, status=error.status, way_on=way_on)

        return answer

    return decorate
