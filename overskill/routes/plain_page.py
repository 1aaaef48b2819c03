"""A page with nothing but a sentence, for visitors who are not in the app: a link that no longer works, for example."""

from html import escape

from starlette.responses import HTMLResponse

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
