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
  button {{ font: inherit; font-weight: 600; padding: 12px 20px; border: 0; border-radius: 8px; background: #5b46e5;
    color: #fff; cursor: pointer }}
</style>
<h1>{title}</h1>
<p>{text}</p>{link}
</html>"""


def plain_page(
    title: str, text: str, *, status: int, way_on: tuple[str, str] | None = None, posts: str = ""
) -> HTMLResponse:
    """`way_on`: an address, and what the link to it says. `posts`: what a button says that posts to this address."""
    link = "" if way_on is None else f'\n<p><a href="{escape(way_on[0])}">{escape(way_on[1])}</a></p>'
    if posts:
        link = f'\n<form method="post"><button>{escape(posts)}</button></form>{link}'
    # A form of a page that names no referrer is posted with the origin "null", which is nobody's.
    headers = {**NO_STORE, "referrer-policy": "same-origin"} if posts else NO_STORE
    return HTMLResponse(_PAGE.format(title=escape(title), text=escape(text), link=link), status, headers=headers)


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
